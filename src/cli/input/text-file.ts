import { isUtf8 } from 'node:buffer'
import { readFileSync } from 'node:fs'
import { UsageError } from '../failures.ts'

/**
 * The text of a file that a command is given, without a byte order mark; `-` reads standard input. A file that is not there
 * or not in UTF-8 is refused by its name.
 */
export function readText(path: string): string {
  const bytes = readBytes(path)
  if (!isUtf8(bytes)) throw new UsageError(`${path === '-' ? 'Standard input' : path} is not text in UTF-8.`)
  return bytes.toString('utf8').replace(/^\uFEFF/, '')
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path === '-' ? 0 : path)
  } catch (error) {
    // Of a folder, which opens and cannot be read, the system does not say the name.
    throw Object.assign(error as Error, { path })
  }
}
