import type { RunUnit } from '../../platform/units/work.ts'
import { bookReturns } from './booking.ts'
import { listImports } from './import-store.ts'
import { type BankFile, type NoteProgress, readBankFile } from './imports.ts'
import { presentImport } from './staff-bank-file-routes.ts'

/**
 * Imports a bank statement: reads it, compares its entries, and books the returns in it. Answers the import with what has
 * become of its entries. A server books what is left when this process dies after the file was read.
 */
export async function importBankFile(run: RunUnit, file: BankFile, progress: NoteProgress) {
  const importId = await readBankFile(run, file, progress)
  await bookReturns(run, importId, () => true)
  const [found] = await run(({ db }) => listImports(db, { limit: 1, only: importId }))
  if (!found) throw new Error('An import is not there after it was made.')
  return presentImport(found)
}
