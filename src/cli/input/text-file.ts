import { readFileSync } from 'node:fs'

/** The text of a file that a command is given; `-` reads standard input. A file that is not there is refused by its name. */
export const readText = (path: string): string => readFileSync(path === '-' ? 0 : path, 'utf8')
