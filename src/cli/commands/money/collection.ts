import type { Command } from 'commander'
import { checkCollection, debtCollectionModule } from '../../../debt-collection/index.ts'
import { tenantCommand } from '../../command.ts'
import { addStaffCommands } from '../../staff-commands.ts'

export function addCollectionCommands(program: Command) {
  program.command('agency')
  const collection = program.command('collection')
  addStaffCommands(program, debtCollectionModule)
  tenantCommand(
    collection
      .command('check')
      .description('compare what agencies have reported with the books; lists what does not agree'),
    async ({ read }) => {
      const faults = await read(({ db }) => checkCollection(db))
      if (faults.length > 0) process.exitCode = 1
      return { whole: faults.length === 0, faults }
    },
  )
}
