import type { PersonPart } from '../customers/index.ts'

let filled: readonly PersonPart[] | undefined

/** Called once, by the table of contents of the application: what each module keeps about people. */
export function fillPersonParts(parts: readonly PersonPart[]) {
  if (filled) throw new Error('The parts of a person are filled already.')
  filled = parts
}

/** What each module keeps about people. A test scans every table for what a part has forgotten. */
export function personParts(): readonly PersonPart[] {
  if (!filled) throw new Error('The parts of a person are empty: import src/modules.ts first.')
  return filled
}
