import type { Command } from 'commander'
import { createEmployee, employeesModule } from '../../../employees/index.ts'
import { defined } from '../../../platform/values/defined.ts'
import { addEmployeeImage } from '../files.ts'
import { addStaffCommands } from '../../staff-commands.ts'
import { parseId, parseIds, parseList, tenantCommand } from '../../command.ts'

interface NewEmployee {
  readonly id?: number
  readonly firstName: string
  readonly lastName: string
  readonly studios: number[]
  readonly competences?: string[]
}

export function addEmployeeCommands(program: Command) {
  const employee = program.command('employee')
  const create = employee
    .command('create')
    .description('add an employee')
    .requiredOption('--first-name <name>')
    .requiredOption('--last-name <name>')
    .requiredOption('--studios <ids>', 'studios in which he or she works, comma-separated', parseIds)
    .option('--competences <list>', 'what he or she can do, comma-separated', parseList)
    .option('--id <id>', 'id, where it has to be a certain one', parseId)
  tenantCommand<NewEmployee>(create, async ({ write, platform: { secrets } }, { options }) => {
    const { id, firstName, lastName, studios, competences } = options
    const input = {
      ...defined({ id }),
      firstName,
      lastName,
      studioIds: studios,
      ...defined({ competences }),
    }
    return { employeeId: await write((work) => createEmployee(work, input, secrets)) }
  })
  addEmployeeImage(employee)
  addStaffCommands(program, employeesModule)
}
