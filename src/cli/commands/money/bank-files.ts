import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { Command } from 'commander'
import { type BankFile, importBankFile } from '../../../payments/index.ts'
import { badRequest } from '../../../platform/errors/errors.ts'
import { tenantCommand } from '../../command.ts'
import { openLocal } from '../files.ts'

/** A month of a large chain is a few hundred. */
const MOST_MB = 2048

/** What only a machine with the file can do; the other commands about bank statements follow from their declarations. */
export function addBankFileCommands(program: Command) {
  const group = program.commands.find((each) => each.name() === 'bank-file') ?? program.command('bank-file')
  const add = group
    .command('import <file>')
    .description(
      'import a bank statement (camt.053 or camt.054): returned direct debits are booked, the rest waits for staff',
    )
  tenantCommand(add, async ({ write }, { args: [path = ''] }) => {
    const file = await openBankFile(path)
    return importBankFile(write, file, (entries) => process.stderr.write(`${entries} entries were read.\n`))
  })
}

async function openBankFile(path: string): Promise<BankFile> {
  const { fileName, size, isTooLarge } = await openLocal(path, MOST_MB)
  if (size === 0) throw badRequest('errormessage.upload.empty')
  if (isTooLarge) {
    throw badRequest('errormessage.upload.fileTooLarge', { args: [{ type: 'INTEGER', value: MOST_MB }] })
  }
  const open = () => createReadStream(path) as AsyncIterable<Buffer>
  const hash = createHash('sha256')
  for await (const piece of open()) hash.update(piece)
  return { fileName, sha256: hash.digest(), open }
}
