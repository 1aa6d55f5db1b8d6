// What the journeys use of it: the package brings no types.
declare module 'oidc-provider' {
  import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'

  type Context = { readonly oidc: { readonly client: { clientId: string }; readonly account: { accountId: string } } }
  type Claims = Readonly<Record<string, string>> & { readonly sub: string }

  export class Grant {
    constructor(of: { clientId: string; accountId: string })
    addOIDCScope(scope: string): void
    save(): Promise<string>
  }

  type Configuration = {
    readonly clients: readonly Readonly<Record<string, unknown>>[]
    readonly cookies: { readonly keys: readonly string[] }
    readonly claims: Readonly<Record<string, readonly string[]>>
    readonly conformIdTokenClaims: boolean
    readonly features: { readonly devInteractions: { readonly enabled: boolean } }
    readonly interactions: { url(ctx: unknown, interaction: { readonly uid: string }): string }
    findAccount(ctx: unknown, id: string): { readonly accountId: string; claims(): Claims }
    loadExistingGrant(ctx: Context): Promise<Grant>
  }

  type Result =
    | { readonly login: { readonly accountId: string; readonly ts?: number } }
    | { readonly error: string; readonly error_description: string }

  export default class Provider {
    constructor(issuer: string, configuration: Configuration)
    readonly Grant: typeof Grant
    callback(): RequestListener
    interactionFinished(request: IncomingMessage, response: ServerResponse, result: Result): Promise<void>
    on(event: 'server_error', listener: (ctx: unknown, error: Error) => void): void
  }
}
