import { createHash, createHmac, randomInt } from 'node:crypto'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const LENGTH = 54

/** A token that cannot be guessed: 54 letters and digits from a secure source. It is shown once and never stored. */
export function newToken(): string {
  return Array.from({ length: LENGTH }, () => alphabet[randomInt(alphabet.length)]).join('')
}

/**
 * The token of the nth request of a session. It follows from the session's own token, which is not stored either: a payer who
 * closed the page in the middle is given the token of the request again, and nobody else can work it out.
 */
export function requestToken(sessionToken: string, n: number): string {
  const bytes = createHmac('sha512', sessionToken).update(`payment request ${n}`).digest('hex')
  const base = BigInt(alphabet.length)
  let rest = BigInt(`0x${bytes}`)
  return Array.from({ length: LENGTH }, () => {
    const letter = alphabet[Number(rest % base)]
    rest /= base
    return letter
  }).join('')
}

/** What is stored of a token. It needs no key: nobody can try all tokens. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
