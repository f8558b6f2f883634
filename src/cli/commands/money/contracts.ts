import type { Command } from 'commander'
import { contractsModule, takeDocument } from '../../../contracts/index.ts'
import { parseId, tenantCommand } from '../../command.ts'
import { addStaffCommands } from '../../staff-commands.ts'
import { saveFile } from './saved-files.ts'

export function addContractCommands(program: Command) {
  addStaffCommands(program, contractsModule)
  addDocument(program)
}

/** The group is there already: the operations of staff have made it. */
function addDocument(program: Command) {
  const contract = program.commands.find((each) => each.name() === 'contract') ?? program.command('contract')
  const document = contract
    .command('document <contractId> <path>')
    .description('save the printed document of a contract; that it was taken is on record')
  tenantCommand(document, async ({ write, platform }, { args: [id = '', path = ''] }) => {
    const fileId = await write((work) => takeDocument(work, parseId(id)))
    return saveFile(platform, fileId, { path, thing: `the contract ${id}` })
  })
}
