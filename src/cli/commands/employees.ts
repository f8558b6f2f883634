import type { Command } from 'commander'
import { assignEmployee, createEmployee, deleteEmployee } from '../../employees/index.ts'
import { defined } from '../../platform/values/defined.ts'
import { addEmployeeImage } from './files.ts'
import { parseId, parseIds, parseList, tenantCommand } from '../command.ts'

interface NewEmployee {
  readonly id?: number
  readonly firstName: string
  readonly lastName: string
  readonly studios: number[]
  readonly competences?: string[]
}

export function addEmployeeCommands(program: Command) {
  const employee = program.command('employee').description('people who work in studios')
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
  const assign = employee.command('assign <employeeId> <studios>').description('set the studios of an employee')
  tenantCommand(assign, async ({ write }, { args: [id = '', studios = ''] }) => {
    await write((work) => assignEmployee(work, parseId(id), parseIds(studios)))
    return { employeeId: parseId(id), studioIds: parseIds(studios) }
  })
  const remove = employee.command('remove <employeeId>').description('remove an employee from all studios')
  tenantCommand(remove, async ({ write }, { args: [id = ''] }) => {
    await write((work) => deleteEmployee(work, parseId(id)))
    return { employeeId: parseId(id) }
  })
}
