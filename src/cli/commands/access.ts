import type { Command } from 'commander'
import {
  addAccessMedium,
  changeRestriction,
  generateAccessMedium,
  invalidateAccessCodes,
  liftRestriction,
  listAccessMediums,
  listRestrictions,
  removeAccessMedium,
  replaceAccessMedium,
  restrictAccess,
} from '../../customers/index.ts'
import { defined } from '../../platform/values/defined.ts'
import { rotateAccessSecret, updateStudio } from '../../studios/index.ts'
import { parseId, parseInstant, tenantCommand } from '../command.ts'
import { UsageError } from '../failures.ts'
import { parseDate } from '../input/local-times.ts'
import { readText } from '../input/text-file.ts'

const mediumTypes = ['CARD_NUMBER', 'PIN', 'BARCODE', 'WALLET_PASS'] as const
const generatedTypes = ['PIN', 'BARCODE', 'WALLET_PASS'] as const
const codeModes = ['STATIC_ONLY', 'MIXED', 'DYNAMIC_ONLY'] as const
const codeFormats = ['JSON', 'NUMBER'] as const

function readWord<const W extends string>(words: readonly W[], text: string): W {
  const found = words.find((word) => word === text.toUpperCase())
  if (found) return found
  throw new UsageError(`One of ${words.join(', ')} is needed, not ${text}.`)
}

/** A PIN in the arguments of a process can be read by others on the machine. */
const readSecretValue = (value: string | undefined) => value ?? readText('-').trim()

/** What opens doors to a customer. */
export function addMediums(customer: Command) {
  const add = customer
    .command('medium-add <customerId> <type> [value]')
    .description(
      'give a customer a card, PIN or code; the type as the API names it; a value left out is read from stdin',
    )
  tenantCommand(add, async ({ write, platform: { secrets } }, { args: [id = '', type = '', value] }) => {
    const wanted = { type: readWord(mediumTypes, type), value: readSecretValue(value) }
    return { accessMediumId: await write((work) => addAccessMedium(work, parseId(id), wanted, secrets)) }
  })
  const generate = customer
    .command('medium-generate <customerId> <type>')
    .description('give a customer a random PIN, BARCODE or WALLET_PASS that nobody has, and show it')
    .option('--until <time>', 'when it ends, with offset', parseInstant)
  tenantCommand<{ until?: Temporal.Instant }>(
    generate,
    ({ write, platform: { secrets } }, { args: [id = '', type = ''], options: { until } }) => {
      const wanted = { type: readWord(generatedTypes, type), ...defined({ validUntil: until }) }
      return write((work) => generateAccessMedium(work, parseId(id), wanted, secrets))
    },
  )
  const replace = customer
    .command('medium-replace <accessMediumId> [value]')
    .description('put another card or code in the place of a lost one; a value left out is read from stdin')
  tenantCommand(replace, async ({ write, platform: { secrets } }, { args: [id = '', value] }) => {
    const created = await write((work) => replaceAccessMedium(work, parseId(id), readSecretValue(value), secrets))
    return { accessMediumId: created.id }
  })
  const take = customer.command('medium-remove <accessMediumId>').description('take a card, PIN or code away')
  tenantCommand(take, async ({ write }, { args: [id = ''] }) => {
    await write((work) => removeAccessMedium(work, parseId(id)))
    return { accessMediumId: parseId(id) }
  })
  const list = customer
    .command('mediums <customerId>')
    .description('list the cards and codes of a customer, and owners')
  tenantCommand(list, ({ read }, { args: [id = ''] }) => read(({ db, now }) => listAccessMediums(db, parseId(id), now)))
  const invalidate = customer
    .command('invalidate-codes <customerId>')
    .description('make the access codes that a customer has in hand invalid, as after a lost phone')
  tenantCommand(invalidate, async ({ write }, { args: [id = ''] }) => {
    await write((work) => invalidateAccessCodes(work, parseId(id)))
    return { customerId: parseId(id) }
  })
}

interface Terms {
  readonly reason?: string
  readonly from?: Temporal.PlainDate
  readonly to?: Temporal.PlainDate
  readonly always?: true
}

/** What keeps a customer out. */
export function addRestrictions(customer: Command) {
  const restrict = customer
    .command('restrict <customerId>')
    .description('keep a customer out, always or between two days')
    .requiredOption('--reason <text>')
    .option('--from <date>', 'first day', parseDate)
    .option('--to <date>', 'last day', parseDate)
  tenantCommand<Terms>(restrict, async ({ write }, { args: [id = ''], options: { reason = '', from, to } }) => {
    const ban = {
      customerId: parseId(id),
      source: 'STAFF' as const,
      reason,
      startDate: from ?? null,
      endDate: to ?? null,
    }
    return { restrictionId: await write((work) => restrictAccess(work, ban)) }
  })
  const change = customer
    .command('restriction-update <restrictionId>')
    .description('give a ban of the staff another reason or other days')
    .option('--reason <text>')
    .option('--from <date>', 'first day', parseDate)
    .option('--to <date>', 'last day', parseDate)
    .option('--always', 'without days')
  tenantCommand<Terms>(change, async ({ write }, { args: [id = ''], options: { reason, from, to, always } }) => {
    const changes = {
      ...defined({ reason, startDate: from, endDate: to }),
      ...(always ? { startDate: null, endDate: null } : {}),
    }
    await write((work) => changeRestriction(work, parseId(id), changes))
    return { restrictionId: parseId(id) }
  })
  const lift = customer.command('unrestrict <restrictionId>').description('let a customer in again')
  tenantCommand(lift, async ({ write }, { args: [id = ''] }) => {
    await write((work) => liftRestriction(work, parseId(id)))
    return { restrictionId: parseId(id) }
  })
  const list = customer.command('restrictions <customerId>').description('list the bans of a customer, past ones too')
  tenantCommand(list, ({ read }, { args: [id = ''] }) =>
    read(async ({ db }) =>
      (await listRestrictions(db, parseId(id))).map(({ id: restrictionId, source, reason, startDate, endDate }) => ({
        id: restrictionId,
        source,
        reason,
        startDate,
        endDate,
      })),
    ),
  )
}

interface CodeSettings {
  readonly enabled?: boolean
  readonly mode?: string
  readonly format?: string
  readonly singleUse?: boolean
}

/** How the members of a studio show themselves by QR code. */
export function addCodeSettings(studio: Command) {
  const codes = studio
    .command('access-codes <studioId>')
    .description('set how members identify themselves by QR code')
    .option('--enabled', 'codes are given out')
    .option('--no-enabled', 'none are given out')
    .option('--mode <mode>', 'STATIC_ONLY, MIXED or DYNAMIC_ONLY')
    .option('--format <format>', 'what a lasting code holds: JSON, or the NUMBER of older readers')
    .option('--single-use', 'a device takes a code once')
    .option('--no-single-use', 'a device takes a code as long as it counts')
  tenantCommand<CodeSettings>(codes, async ({ write }, { args: [id = ''], options }) => {
    const { enabled, mode, format, singleUse } = options
    const changes = {
      ...defined({ accessCodeEnabled: enabled }),
      ...(mode === undefined ? {} : { accessCodeMode: readWord(codeModes, mode) }),
      ...(format === undefined ? {} : { accessCodeFormat: readWord(codeFormats, format) }),
      ...defined({ accessCodeSingleUse: singleUse }),
    }
    await write((work) => updateStudio(work, parseId(id), changes))
    return { studioId: parseId(id) }
  })
}

/** The root of all access codes of a company. */
export function addSecretRotation(tenant: Command) {
  const rotate = tenant
    .command('rotate-access-secret')
    .description('make a new root of the access codes; codes of the old one count for a minute more')
  tenantCommand(rotate, async ({ write, platform: { secrets } }) => {
    await write((work) => rotateAccessSecret(work, secrets))
    return { rotated: true }
  })
}
