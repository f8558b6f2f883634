import { isUtf8 } from 'node:buffer'

const escapes = /(?:%[0-9a-f]{2})+/gi

/**
 * Whether the escaped bytes of a URL are text, and thereby whole characters: a letter of an eight-bit encoding and half a
 * character are not. A percent sign that escapes nothing stands for itself.
 */
export function isTextUrl(url: string): boolean {
  if (!/%[89a-f]/i.test(url)) return true
  for (const [run] of url.matchAll(escapes)) {
    if (!isUtf8(Buffer.from(run.replaceAll('%', ''), 'hex'))) return false
  }
  return true
}
