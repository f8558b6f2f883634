import type { Command } from 'commander'
import { exportPerson } from '../../privacy/index.ts'
import { parseId, tenantCommand } from '../command.ts'

export function addExportCommands(program: Command) {
  const person = program
    .command('export')
    .command('person <customerId>')
    .description('everything that is stored about one person, as JSON; leaves an audit line')
  tenantCommand<{ json?: boolean }>(person, async ({ write, platform: { secrets } }, { args: [id = ''], options }) => {
    const found = await write((work) => exportPerson(work, secrets, parseId(id)))
    // A document for another program, or for the person: JSON with and without the option.
    return options.json ? found : JSON.stringify(found, null, 2)
  })
}
