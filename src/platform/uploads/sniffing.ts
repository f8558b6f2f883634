import { readFile } from 'node:fs/promises'
import { fileTypeFromBuffer } from 'file-type'

/** Other names of what we know under one. */
const sameAs: Readonly<Record<string, string>> = { apng: 'png', heif: 'heic', jpeg: 'jpg' }

/** Types that are text themselves. */
const writtenTypes: ReadonlySet<string> = new Set(['xml', 'rtf', 'ps', 'eps'])

/**
 * The type of a file by its bytes alone: `jpg`, `docx`, `txt` for any text; the name of another type where there is one,
 * undefined where not. What is text from its beginning to its end is text, whatever signature its first letters happen to be.
 */
export async function sniffContent(path: string): Promise<string | undefined> {
  const bytes = await readFile(path)
  const found = (await fileTypeFromBuffer(bytes))?.ext
  if (found === 'pdf' || isLatePdf(bytes)) return 'pdf'
  if (found !== undefined && writtenTypes.has(found)) return found
  if (isText(bytes) || (found === undefined && isUtf16(bytes))) return 'txt'
  if (found === undefined) return undefined
  return found === 'cfb' ? sniffOfficeFile(bytes) : (sameAs[found] ?? found)
}

const HEADER_WITHIN_BYTES = 1024

/** Mail programs and scanners put bytes before the header of a PDF, and readers skip them; its end shows what it is. */
function isLatePdf(bytes: Buffer): boolean {
  const isHeaded = bytes.subarray(0, HEADER_WITHIN_BYTES).includes('%PDF-')
  return isHeaded && bytes.subarray(-HEADER_WITHIN_BYTES).includes('%%EOF')
}

/** Files of the old Office look alike outside; inside, the stream with the text or the tables has a fixed name. */
function sniffOfficeFile(bytes: Buffer): string {
  const holds = (name: string) => bytes.includes(Buffer.from(`${name}\0`, 'utf16le'))
  if (holds('WordDocument')) return 'doc'
  return holds('Workbook') || holds('Book') ? 'xls' : 'cfb'
}

const UTF_16 = new Set(['fffe', 'feff'])
const isUtf16 = (bytes: Buffer) => UTF_16.has(bytes.toString('hex', 0, 2))

/** No text holds control characters other than tabulators, line and page breaks, in whatever eight-bit encoding. */
function isText(bytes: Buffer): boolean {
  return !bytes.some((byte) => byte < 0x20 && (byte < 0x09 || byte > 0x0d))
}
