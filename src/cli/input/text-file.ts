import { readFileSync } from 'node:fs'

/** The text of a file that a command is given; `-` reads standard input. A file that is not there is refused by its name. */
export function readText(path: string): string {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8')
  } catch (error) {
    // Of a folder, which opens and cannot be read, the system does not say the name.
    throw Object.assign(error as Error, { path })
  }
}
