import type { Command } from 'commander'
import { classesModule } from '../../classes/index.ts'
import { listServices } from '../../entitlements/index.ts'
import { tenantCommand } from '../command.ts'
import { addStaffCommands } from '../staff-commands.ts'

export function addClassCommands(program: Command) {
  program.command('class').description('classes, with their rule and weekly series')
  program.command('slot').description('dated slots of classes')
  addStaffCommands(program, classesModule)
  const service = program.command('service').description('what classes, appointments and visits are uses of')
  tenantCommand(service.command('list').description('list services'), ({ read }) => read(({ db }) => listServices(db)))
}
