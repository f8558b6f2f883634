import type { Command } from 'commander'
import { createCustomer as creation } from '../../../customers/api.ts'
import { createCustomer, customersModule } from '../../../customers/index.ts'
import { grantEntitlement } from '../../../entitlements/index.ts'
import { selfServiceModule } from '../../../self-service/index.ts'
import { validateRequest } from '../../../platform/validation/validation.ts'
import { addCustomerStudioCommands } from './customer-studios.ts'
import { addMediums, addRestrictions } from '../access.ts'
import { parseId, parseWhole, tenantCommand } from '../../command.ts'
import { addCustomerFiles } from '../files.ts'
import { parseJson } from '../../input/json-input.ts'
import { parseDate } from '../../input/local-times.ts'
import { addStaffCommands } from '../../staff-commands.ts'
import { getStudio } from '../../input/studio-choice.ts'
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
  addMediums(customer)
  addRestrictions(customer)
  addWeighings(customer)
  addGrant(customer)
  addCustomerStudioCommands(customer)
  addCustomerFiles(customer)
}

interface Grant {
  readonly studio: number
  readonly quantity?: number
  readonly from?: Temporal.PlainDate
  readonly to?: Temporal.PlainDate
  readonly crossStudio?: boolean
}

function addGrant(customer: Command) {
  const grant = customer
    .command('grant <customerId> <serviceId>')
    .description('give a customer uses of a service, independent of any contract')
    .requiredOption('--studio <id>', 'where it counts', parseId)
    .option('--quantity <n>', 'uses; left out: without limit', parseWhole)
    .option('--from <date>', 'first day; left out: today', parseDate)
    .option('--to <date>', 'last day', parseDate)
    .option('--cross-studio', 'counts in all studios')
  tenantCommand<Grant>(grant, ({ write }, { args: [customerId = '', serviceId = ''], options }) =>
    write(async (work) => {
      const { studio, quantity, from, to, crossStudio } = options
      const { timeZone } = await getStudio(work.db, studio)
      const validFrom = from ?? work.now.toZonedDateTimeISO(timeZone).toPlainDate()
      const entitlement = {
        customerId: parseId(customerId),
        serviceId: parseId(serviceId),
        source: 'GRANT' as const,
        quantity: quantity ?? null,
        anchor: validFrom,
        validFrom,
        validTo: to ?? null,
        crossStudio: crossStudio === true,
        homeStudioId: studio,
      }
      return { entitlementId: await grantEntitlement(work, entitlement) }
    }),
  )
}
