import { readFile } from 'node:fs/promises'
import { fileTypeFromBuffer } from 'file-type'
import { isText, isWideText } from './text-rules.ts'

/** Other names of what we know under one. */
const sameAs: Readonly<Record<string, string>> = { apng: 'png', heif: 'heic', jpeg: 'jpg' }

/** Types that are text themselves. */
const writtenTypes: ReadonlySet<string> = new Set(['xml', 'rtf', 'ps', 'eps'])

/**
 * The types of a file by its bytes alone, the likeliest first: `jpg`, `docx`, `txt` for any text; the name of another type
 * where there is one, none where not. What is text from its beginning to its end is text, whatever signature its first
 * letters happen to be; what a program can read besides, such as RTF, is both.
 */
export async function sniffContent(path: string): Promise<readonly string[]> {
  const bytes = await readFile(path)
  const found = (await fileTypeFromBuffer(bytes))?.ext
  if (isPdf(bytes, found)) return ['pdf']
  const isWritten = isText(bytes) || ((found === undefined || writtenTypes.has(found)) && isWideText(bytes))
  if (found === 'pdf') return isWritten ? ['pdf', 'txt'] : ['pdf']
  if (isWritten) return found !== undefined && writtenTypes.has(found) ? [found, 'txt'] : ['txt']
  if (found === undefined) return []
  return [found === 'cfb' ? sniffOfficeFile(bytes) : (sameAs[found] ?? found)]
}

const HEADER_WITHIN_BYTES = 1024
/** What every PDF consists of; a text that only speaks of PDFs has none. */
const pdfObject = /(?:^|\s)\d{1,10}\s+\d{1,10}\s+obj\b/

/**
 * Mail programs and scanners put bytes before the header of a PDF and behind its end, and readers skip them. What begins
 * like another type counts as a PDF only when it ends like one.
 */
function isPdf(bytes: Buffer, found: string | undefined): boolean {
  if (!bytes.subarray(0, HEADER_WITHIN_BYTES).includes('%PDF-')) return false
  const isEnded = bytes.subarray(-HEADER_WITHIN_BYTES).includes('%%EOF')
  const isOther = found !== undefined && found !== 'pdf'
  return (isEnded || !isOther) && pdfObject.test(bytes.toString('latin1'))
}

/** Files of the old Office look alike outside; inside, the stream with the text or the tables has a fixed name. */
function sniffOfficeFile(bytes: Buffer): string {
  const holds = (name: string) => bytes.includes(Buffer.from(`${name}\0`, 'utf16le'))
  if (holds('WordDocument')) return 'doc'
  return holds('Workbook') || holds('Book') ? 'xls' : 'cfb'
}
