import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileTypeFromFile } from 'file-type'

/** Other names of what we know under one. */
const sameAs: Readonly<Record<string, string>> = { apng: 'png', heif: 'heic', jpeg: 'jpg' }

/**
 * The type of a file by its bytes alone: `jpg`, `docx`, `txt` for any text; the name of another type where there is one,
 * undefined where not.
 */
export async function sniffContent(path: string): Promise<string | undefined> {
  const found = await fileTypeFromFile(path)
  if (found === undefined) return (await isText(path)) ? 'txt' : undefined
  return found.ext === 'cfb' ? sniffOfficeFile(await readFile(path)) : (sameAs[found.ext] ?? found.ext)
}

/** Files of the old Office look alike outside; inside, the stream with the text or the tables has a fixed name. */
function sniffOfficeFile(bytes: Buffer): string {
  const holds = (name: string) => bytes.includes(Buffer.from(`${name}\0`, 'utf16le'))
  if (holds('WordDocument')) return 'doc'
  return holds('Workbook') || holds('Book') ? 'xls' : 'cfb'
}

const UTF_16 = new Set(['fffe', 'feff'])

/** No text holds control characters other than tabulators, line and page breaks, in whatever eight-bit encoding. */
async function isText(path: string): Promise<boolean> {
  let isFirst = true
  for await (const chunk of createReadStream(path)) {
    const bytes = chunk as Buffer
    if (isFirst && UTF_16.has(bytes.subarray(0, 2).toString('hex'))) return true
    isFirst = false
    if (bytes.some((byte) => byte < 0x20 && (byte < 0x09 || byte > 0x0d))) return false
  }
  return true
}
