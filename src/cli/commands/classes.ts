import type { Command } from 'commander'
import { classesModule } from '../../classes/index.ts'
import { listServices } from '../../entitlements/index.ts'
import { tenantCommand } from '../command.ts'
import { addStaffCommands } from '../staff-commands.ts'

export function addClassCommands(program: Command) {
  program.command('class')
  program.command('slot')
  addStaffCommands(program, classesModule)
  const service = program.command('service')
  tenantCommand(service.command('list').description('list services'), ({ read }) => read(({ db }) => listServices(db)))
}
