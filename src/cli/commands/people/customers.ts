import type { Command } from 'commander'
import { createCustomer as creation } from '../../../customers/api.ts'
import { createCustomer, customersModule } from '../../../customers/index.ts'
import { entitlementsModule } from '../../../entitlements/index.ts'
import { selfServiceModule } from '../../../self-service/index.ts'
import { validateRequest } from '../../../platform/validation/validation.ts'
import { addAmendmentReading } from './amendments.ts'
import { addCustomerStudioCommands } from './customer-studios.ts'
import { addMediums, addRestrictions } from '../access.ts'
import { parseId, tenantCommand } from '../../command.ts'
import { addCustomerFiles } from '../files.ts'
import { parseJson } from '../../input/json-input.ts'
import { addStaffCommands } from '../../staff-commands.ts'
import { addWeighings } from './weighings.ts'
import { readText } from '../../input/text-file.ts'

interface NewCustomer {
  readonly studio: number
  readonly file: string
}

export function addCustomerCommands(program: Command) {
  const customer = program.command('customer')
  const create = customer
    .command('create')
    .description('add a person, described in JSON as createCustomer of the API takes it')
    .requiredOption('--studio <id>', 'the home studio', parseId)
    .requiredOption('--file <path>', 'the file; - reads stdin')
  tenantCommand<NewCustomer>(create, async ({ write, platform: { secrets } }, { options: { studio, file } }) => {
    const body = parseJson(readText(file))
    const input = validateRequest(creation, { params: {}, query: {}, body }).body
    const context = { studioId: studio, source: 'STAFF' as const, secrets }
    return { customerId: await write((work) => createCustomer(work, input, context)) }
  })
  addStaffCommands(program, customersModule)
  addStaffCommands(program, selfServiceModule)
  addStaffCommands(program, entitlementsModule)
  addAmendmentReading(program)
  addMediums(customer)
  addRestrictions(customer)
  addWeighings(customer)
  addCustomerStudioCommands(customer)
  addCustomerFiles(customer)
}
