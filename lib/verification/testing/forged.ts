import { randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { deriveSecret, digestOf, newSalt, newTokenId, type SecretString, secretString } from '#lib/tokens/secret'
import { client } from '#lib/verification/testing/http'
import type { Opened } from '#lib/verification/testing/opened'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** A text with the checksum that its beginning has: what somebody makes who knows how secrets are made, and no secret. */
function withChecksum(beginning: string): string {
  let rest = crc32(beginning)
  let digits = ''
  for (let place = 0; place < 6; place++, rest = Math.floor(rest / 62)) digits = ALPHABET.charAt(rest % 62) + digits
  return beginning + digits
}

const flipped = (character: string) =>
  character === character.toUpperCase() ? character.toLowerCase() : character.toUpperCase()

/** A secret in which every character occurs that people mistake for another. */
function rich(make: () => SecretString): string {
  for (;;) {
    const text = make().reveal()
    if ([/0/, /O/, /l/, /1/, /I/].every((each) => each.test(text.slice(24)))) return text
  }
}

/** What is presented in place of a good secret, by what was done to it: no form of ours, told without a look-up. */
export const MALFORMED: Readonly<Record<string, (secret: string) => string>> = {
  nothing: () => '',
  'the last character cut': (secret) => secret.slice(0, -1),
  'the first character cut': (secret) => secret.slice(1),
  'one character more': (secret) => `${secret}0`,
  'twice the same': (secret) => secret + secret,
  'a zero typed as O': (secret) => secret.replace(/(?<=.{24,})0/, () => 'O'),
  'an O typed as zero': (secret) => secret.replace(/(?<=.{24,})O/, () => '0'),
  'an l typed as 1': (secret) => secret.replace(/(?<=.{24,})l/, () => '1'),
  'a 1 typed as I': (secret) => secret.replace(/(?<=.{24,})1/, () => 'I'),
  'the case of one letter flipped': (secret) => secret.replace(/(?<=.{24,})[A-Za-z]/, flipped),
  'the case of all flipped': (secret) => secret.replace(/[A-Za-z]/g, flipped),
  'two neighbours swapped': (secret) => secret.replace(/(?<=.{24,})(.)(?!\1)(.)/, '$2$1'),
  'a wrong checksum': (secret) => secret.slice(0, -6) + (secret.endsWith('000000') ? '000001' : '000000'),
  'no checksum': (secret) => secret.slice(0, -6),
  "another kind's code": (secret) => secret.replace('_org_', '_pat_'),
  'a kind that there is not': (secret) => withChecksum(secret.slice(0, -6).replace('_org_', '_adm_')),
  'a prefix that is not accepted': (secret) => withChecksum(`x${secret.slice(0, -6)}`),
  'a prefix in capitals': (secret) => withChecksum(secret.slice(0, -6).replace('tok', 'TOK')),
  'no prefix': (secret) => withChecksum(secret.slice(3, -6)),
  'hyphens for underscores': (secret) => withChecksum(secret.slice(0, -6).replaceAll('_', '-')),
  'a Cyrillic letter that looks alike': (secret) => secret.replace('o', '\u043e'),
  'full width throughout': (secret) =>
    secret.replace(/[0-9A-Za-z]/g, (character) => String.fromCodePoint(character.charCodeAt(0) + 0xfee0)),
  'a joiner within': (secret) => `${secret.slice(0, 30)}\u200d${secret.slice(30)}`,
  'a byte order mark before': (secret) => `\ufeff${secret}`,
  'a blank before': (secret) => ` ${secret}`,
  'a blank after': (secret) => `${secret} `,
  'a line break after': (secret) => `${secret}\n`,
  'a NUL after': (secret) => `${secret}\0`,
  'an unbreakable space after': (secret) => `${secret}\u00a0`,
  'in quotation marks': (secret) => `"${secret}"`,
  'with its scheme': (secret) => `Bearer ${secret}`,
  'as people see it': (secret) => `${secret.slice(0, 25)}••••••${secret.slice(-4)}`,
}

/** The right form and checksum, and not the secret: told like an id that does not exist. */
export const FORGED: Readonly<Record<string, (secret: string) => string>> = {
  'an id that there is not': (secret) => withChecksum(secret.slice(0, -6).replace(/[^_]{16}(?=_)/, newTokenId())),
  'another secret under the same id': (secret) =>
    withChecksum(secret.slice(0, 25) + randomBytes(40).toString('hex').slice(0, 43)),
  "another kind's code for the same id": (secret) => withChecksum(secret.slice(0, -6).replace('_org_', '_svc_')),
  'another accepted prefix': (secret) => withChecksum(secret.slice(0, -6).replace('tok', 'old')),
  'an id of a neighbour': (secret) =>
    withChecksum(secret.slice(0, 23) + (secret.charAt(23) === 'a' ? 'b' : 'a') + secret.slice(24, -6)),
}

/** What becomes of secrets that are mistyped, forged or of what is gone; and that old prefixes go on working. */
export function forgedContract(open: () => Promise<Opened>) {
  describe('secrets that are no good', () => {
    test('each is told as what it is, at verify, and alike, as no credential, at me', async () => {
      const world = await open()
      const { verify, baseUrl, organizations: at, sql } = world
      const id = await world.addToken({ organizationId: at.alder })
      await world.mint(id)
      const key = () => randomBytes(16).toString('base64url')
      const secret = rich(() => deriveSecret({ prefix: 'tok', kind: 'organization', id, key: key(), salt: newSalt() }))
      await sql`update token_secrets set digest = ${digestOf(secretString(secret))} where token_id = ${id}`
      expect(await verify(secret)).toMatchObject({ active: true, tokenId: id })

      const me = async (text: string) =>
        (
          await client(baseUrl, null)
            .me({ authorization: `Bearer ${text}` })
            .catch(() => null)
        )?.status
      const told = async (cases: typeof MALFORMED) => {
        const answers: [string, unknown][] = []
        for (const [name, change] of Object.entries(cases)) {
          const text = change(secret)
          expect(text, name).not.toBe(secret)
          answers.push([name, await verify(text)])
          // Blanks around a header's value are not of the value (RFC 9110, 5.5).
          if (text.trim() !== secret && /^[\x21-\x7e]+$/.test(text)) expect(await me(text), name).toBe(401)
        }
        return answers
      }
      const all = (cases: typeof MALFORMED, reason: string) =>
        Object.keys(cases).map((name) => [name, { active: false, reason }])
      expect(await told(MALFORMED)).toEqual(all(MALFORMED, 'malformed'))
      expect(await told(FORGED)).toEqual(all(FORGED, 'not_found'))
      expect(await verify(secret)).toMatchObject({ active: true, tokenId: id })
    })

    test('what is gone is told by its reason at verify, and alike at me', async () => {
      const { verify, baseUrl, ready, mint, addToken, sql, organizations: at } = await open()
      const retired = await ready({ organizationId: at.alder })
      const unrevealed = await addToken({ organizationId: at.alder })
      const neverMinted = await mint(unrevealed)
      const deleted = await ready({ organizationId: at.alder })
      const closed = await ready({ organizationId: at.birch })
      await sql`delete from token_secrets where token_id in (${unrevealed}, ${deleted.id})`
      await sql`update tokens set deleted_at = now() where id = ${deleted.id}`
      await sql`update organizations set closed_at = now() where slug = 'birch'`
      const presented: [SecretString, string][] = [
        [await mint(retired.id, { retiresAt: new Date() }), 'secret_retired'],
        [neverMinted, 'not_found'],
        [deleted.secret, 'not_found'],
        [closed.secret, 'revoked'],
      ]
      for (const [secret, reason] of presented) {
        expect(await verify(secret)).toEqual({ active: false, reason })
        const answered = await client(baseUrl, secret).me()
        expect(answered.status, reason).toBe(401)
        expect(JSON.parse(answered.text)).toMatchObject({
          code: 'invalid_token',
          detail: 'This token is no good here.',
        })
      }
    })

    test('a secret of an older prefix that is still accepted works', async () => {
      const { verify, addToken, mint, organizations: at } = await open()
      const id = await addToken({ organizationId: at.alder })
      const secret = await mint(id, { prefix: 'old' })
      expect(secret.reveal()).toMatch(/^old_org_/)
      expect(await verify(secret)).toMatchObject({ active: true, tokenId: id })
    })
  })
}
