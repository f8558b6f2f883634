import { createHash, randomInt } from 'node:crypto'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const LENGTH = 54

/** A token that cannot be guessed: 54 letters and digits from a secure source. It is shown once and never stored. */
export function newToken(): string {
  return Array.from({ length: LENGTH }, () => alphabet[randomInt(alphabet.length)]).join('')
}

/** What is stored of a token. It needs no key: nobody can try all tokens. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
