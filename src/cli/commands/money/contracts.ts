import type { Command } from 'commander'
import { contractsModule } from '../../../contracts/index.ts'
import { addStaffCommands } from '../../staff-commands.ts'

export function addContractCommands(program: Command) {
  addStaffCommands(program, contractsModule)
}
