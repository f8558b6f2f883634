import type { Command } from 'commander'
import {
  createOnlineOffer,
  grantFreePass,
  listOffers,
  listPasses,
  type OfferChanges,
  type PeriodOfUse,
  setRemainingVisits,
  updateOnlineOffer,
} from '../../online-offers/index.ts'
import { defined } from '../../platform/values/defined.ts'
import { parseId, parseWhole, tenantCommand } from '../command.ts'
import { UsageError } from '../failures.ts'
import { parseDate } from '../input/local-times.ts'
import { parseTerm } from '../input/rule-options.ts'

interface OfferOptions {
  readonly name?: string
  readonly description?: string
  readonly price?: string
  readonly visits?: number
  readonly period?: PeriodOfUse
  readonly redeemWithin?: PeriodOfUse
  readonly saleFrom?: Temporal.PlainDate
  readonly saleTo?: Temporal.PlainDate
  readonly limit?: number
  readonly rateCode?: string
  readonly onAccount?: boolean
  readonly position?: number
  readonly active?: boolean
}

export function addPassCommands(program: Command) {
  addOfferCommands(program)
  const pass = program.command('pass')
  const grant = pass
    .command('grant <customerId> <offerId>')
    .description('give a customer the visits of an offer for nothing')
    .option('--from <date>', 'first day; left out: today', parseDate)
    .option('--period <term>', 'instead of the one of the offer, for instance 7d', parseTerm)
  tenantCommand<{ from?: Temporal.PlainDate; period?: PeriodOfUse }>(
    grant,
    async ({ write }, { args: [customerId = '', offerId = ''], options: { from, period } }) => {
      const wish = { customerId: parseId(customerId), onlineOfferId: parseId(offerId) }
      const length = defined({ validFrom: from, period })
      return write((work) => grantFreePass(work, { ...wish, ...length }))
    },
  )
  const list = pass.command('list <customerId>').description('passes of a customer, used up and expired ones too')
  tenantCommand(list, ({ read }, { args: [customerId = ''] }) =>
    read(async ({ db }) =>
      (await listPasses(db, parseId(customerId))).map(
        ({ id, studioId, name, purchaseDate, validFrom, validTo, quantity, remaining }) => ({
          id,
          studioId,
          name,
          purchaseDate,
          validFrom,
          validTo,
          quantity,
          remaining,
        }),
      ),
    ),
  )
  const set = pass.command('set-remaining <passId> <visits>').description('correct how many visits are left')
  tenantCommand(set, async ({ write }, { args: [id = '', visits = ''] }) => {
    await write((work) => setRemainingVisits(work, parseId(id), parseWhole(visits)))
    return { passId: parseId(id), remaining: parseWhole(visits) }
  })
}

function addOfferCommands(program: Command) {
  const offer = program.command('online-offer')
  const create = withOfferOptions(
    offer
      .command('create')
      .description('add an offer of a studio')
      .requiredOption('--studio <id>', 'the studio in which the passes count', parseId),
  )
  tenantCommand<OfferOptions & { studio: number }>(create, async ({ write }, { options }) => {
    const { studio: studioId, name, period } = options
    if (name === undefined || period === undefined) throw new UsageError('--name and --period are needed.')
    const onlineOfferId = await write(async (work) => {
      const last = (await listOffers(work.db, studioId)).at(-1)?.position ?? 0
      const needed = { name, periodOfUseValue: period.value, periodOfUseUnit: period.unit, position: last + 1 }
      return createOnlineOffer(work, { studioId, ...needed, ...readOffer(options) })
    })
    return { onlineOfferId }
  })
  const update = withOfferOptions(offer.command('update <offerId>').description('change an offer'))
  tenantCommand<OfferOptions>(update, async ({ write }, { args: [id = ''], options }) => {
    await write((work) => updateOnlineOffer(work, parseId(id), readOffer(options)))
    return { onlineOfferId: parseId(id) }
  })
  const list = offer
    .command('list')
    .description('offers of a studio')
    .requiredOption('--studio <id>', 'the studio', parseId)
  tenantCommand<{ studio: number }>(list, ({ read }, { options: { studio } }) =>
    read(async ({ db }) =>
      (await listOffers(db, studio)).map(({ id, name, price, quantity, active }) => ({
        id,
        name,
        price,
        quantity,
        active,
      })),
    ),
  )
}

function withOfferOptions(command: Command): Command {
  return command
    .option('--name <name>')
    .option('--description <text>')
    .option('--price <amount>', 'in the currency of the studio, for instance 12.50; left out: free')
    .option('--visits <n>', 'how many visits a pass has; left out: one', parseWhole)
    .option('--period <term>', 'how long a pass counts: 90m, 2h, 1d, 2w, 1mo, 1y', parseTerm)
    .option('--redeem-within <term>', 'for periods of minutes and hours: when the first visit must be', parseTerm)
    .option('--sale-from <date>', 'first day of sale', parseDate)
    .option('--sale-to <date>', 'last day of sale', parseDate)
    .option('--limit <n>', 'unexpired purchases of one customer', parseWhole)
    .option('--rate-code <code>', 'only for customers with a running contract of this code')
    .option('--on-account', 'may be bought without paying at once')
    .option('--position <n>', 'place in the list', parseWhole)
    .option('--no-active', 'is not sold any more')
}

function readOffer(options: OfferOptions): OfferChanges {
  const { name, description, price, visits, period, redeemWithin, saleFrom, saleTo, limit, rateCode } = options
  const within = redeemWithin?.unit
  if (within === 'MINUTES' || within === 'HOURS') throw new UsageError('--redeem-within takes days or longer.')
  const given: { [K in keyof OfferChanges]: OfferChanges[K] | undefined } = {
    name,
    description,
    price,
    quantity: visits,
    saleFrom,
    saleTo,
    perCustomerLimit: limit,
    requiredRateCode: rateCode,
    allowOnAccount: options.onAccount,
    position: options.position,
    periodOfUseValue: period?.value,
    periodOfUseUnit: period?.unit,
    redeemWithinValue: redeemWithin?.value,
    redeemWithinUnit: within,
    active: options.active === false ? false : undefined,
  }
  return defined(given)
}
