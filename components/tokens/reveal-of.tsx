import type { TokenView } from '#lib/tokens/view'

/** The dialog in which a secret is handed over; `rotation` as it waits when the dialog opens. */
export type GeneratedState = {
  readonly kind: 'generated'
  readonly token: TokenView
  readonly created: boolean
  readonly rotation: TokenView['rotation']
}

/** The handing over of a token's secret; `created` where it follows the making of the token or a rotation. */
export const revealOf = (token: TokenView, created: boolean): GeneratedState => ({
  kind: 'generated',
  token,
  created,
  rotation: token.rotation,
})

/** Whether the next reveal mints a secret: the first one, or the new one of a rotation. */
export const mints = ({ tail, rotation }: TokenView) => tail === null || rotation !== null
