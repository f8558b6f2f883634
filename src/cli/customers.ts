import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { createCustomer as creation } from '../customers/api.ts'
import {
  addAccessMedium,
  createCustomer,
  liftRestriction,
  removeAccessMedium,
  restrictAccess,
} from '../customers/index.ts'
import { grantEntitlement } from '../memberships/index.ts'
import { validateRequest } from '../platform/validation.ts'
import { addCustomerStudioCommands } from './customer-studios.ts'
import { parseId, parseWhole, tenantCommand } from './command.ts'
import { UsageError } from './failures.ts'
import { parseJson } from './json-input.ts'
import { parseDate } from './local-times.ts'
import { getStudio } from './studio-choice.ts'

interface NewCustomer {
  readonly studio: number
  readonly file: string
}

interface Restriction {
  readonly reason: string
  readonly from?: Temporal.PlainDate
  readonly to?: Temporal.PlainDate
}

export function addCustomerCommands(program: Command) {
  const customer = program.command('customer').description('members and prospects')
  const create = customer
    .command('create')
    .description('add a person, described in JSON as createCustomer of the API takes it')
    .requiredOption('--studio <id>', 'the home studio', parseId)
    .requiredOption('--file <path>', 'the file; - reads stdin')
  tenantCommand<NewCustomer>(create, async ({ write, platform: { secrets } }, { options: { studio, file } }) => {
    const body = parseJson(readFileSync(file === '-' ? 0 : file, 'utf8'))
    const input = validateRequest(creation, { params: {}, query: {}, body }).body
    const context = { studioId: studio, source: 'STAFF' as const, secrets }
    return { customerId: await write((work) => createCustomer(work, input, context)) }
  })
  const medium = customer
    .command('medium-add <customerId> <type> [value]')
    .description(
      'give a customer a card, PIN or code; the type as the API names it; a value left out is read from stdin',
    )
  tenantCommand(medium, async ({ write, platform: { secrets } }, { args: [id = '', type = '', value] }) => {
    const wanted = { type: readMediumType(type), value: value ?? readFileSync(0, 'utf8').trim() }
    return { accessMediumId: await write((work) => addAccessMedium(work, parseId(id), wanted, secrets)) }
  })
  const take = customer.command('medium-remove <accessMediumId>').description('take a card, PIN or code away')
  tenantCommand(take, async ({ write }, { args: [id = ''] }) => {
    await write((work) => removeAccessMedium(work, parseId(id)))
    return { accessMediumId: parseId(id) }
  })
  addRestrictions(customer)
  addGrant(customer)
  addCustomerStudioCommands(customer)
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

function addRestrictions(customer: Command) {
  const restrict = customer
    .command('restrict <customerId>')
    .description('keep a customer out, always or between two days')
    .requiredOption('--reason <text>')
    .option('--from <date>', 'first day', parseDate)
    .option('--to <date>', 'last day', parseDate)
  tenantCommand<Restriction>(restrict, async ({ write }, { args: [id = ''], options: { reason, from, to } }) => ({
    restrictionId: await write((work) =>
      restrictAccess(work, {
        customerId: parseId(id),
        source: 'STAFF',
        reason,
        startDate: from ?? null,
        endDate: to ?? null,
      }),
    ),
  }))
  const lift = customer.command('unrestrict <restrictionId>').description('let a customer in again')
  tenantCommand(lift, async ({ write }, { args: [id = ''] }) => {
    await write((work) => liftRestriction(work, parseId(id)))
    return { restrictionId: parseId(id) }
  })
}

const mediumTypes = ['CARD_NUMBER', 'PIN', 'BARCODE', 'WALLET_PASS'] as const

function readMediumType(text: string) {
  const found = mediumTypes.find((type) => type === text.toUpperCase())
  if (found) return found
  throw new UsageError(`The type is one of ${mediumTypes.join(', ')}.`)
}
