import { chooseDisposition } from './links.ts'

/** `Content-Disposition` of a file: pictures are shown, everything else is saved under its own name (RFC 6266, 5987). */
export function contentDisposition(mime: string, originalName: string): string {
  if (chooseDisposition(mime) === 'inline') return 'inline'
  const ascii = originalName.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const plain = `attachment; filename="${ascii}"`
  return ascii === originalName ? plain : `${plain}; filename*=UTF-8''${encodeExtended(originalName)}`
}

/** Everything that RFC 5987 does not list as plain is written in per cent; lone surrogates become U+FFFD. */
function encodeExtended(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
