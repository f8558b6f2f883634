import type { Command } from 'commander'
import {
  addBenefitRule,
  defineBenefit,
  endBenefitRule,
  listBenefitRules,
  listBenefits,
  listUses,
  type NewBenefitRule,
  reverseBenefitUse,
  setBenefitStudio,
  useBenefit,
} from '../../benefits/index.ts'
import { everybody } from '../../customers/index.ts'
import { defined } from '../../platform/values/defined.ts'
import { parseId, parseWhole, tenantCommand } from '../command.ts'
import { UsageError } from '../failures.ts'
import { parseDate } from '../input/local-times.ts'

const MOST_LISTED = 100

interface Definition {
  readonly integration: number
  readonly name?: string
  readonly crossFacility?: boolean
  readonly active?: boolean
}

export function addBenefitCommands(program: Command) {
  const benefit = program.command('benefit')
  const define = benefit
    .command('define <key>')
    .description('add a benefit of a partner, or change the one with this key')
    .requiredOption('--integration <id>', 'whose it is', parseId)
    .option('--name <name>')
    .option('--cross-facility', 'guests of other studios of the chain may use it')
    .option('--no-cross-facility', 'members of the studio only')
    .option('--active')
    .option('--no-active', 'nobody can use it any more')
  tenantCommand<Definition>(define, async ({ write }, { args: [key = ''], options }) => {
    const { integration: integrationId, name, crossFacility, active } = options
    const given = defined({ name, crossFacility, active })
    return { benefitId: await write((work) => defineBenefit(work, { integrationId, key, ...given })) }
  })
  for (const verb of ['enable', 'disable'] as const) {
    const command = benefit
      .command(`${verb} <benefitId>`)
      .description(`switch a benefit ${verb === 'enable' ? 'on' : 'off'} in a studio`)
      .requiredOption('--studio <id>', 'the studio', parseId)
    tenantCommand<{ studio: number }>(command, async ({ write }, { args: [id = ''], options: { studio } }) => {
      const setting = { benefitId: parseId(id), studioId: studio, enabled: verb === 'enable' }
      await write((work) => setBenefitStudio(work, setting))
      return { benefitId: setting.benefitId }
    })
  }
  tenantCommand(benefit.command('list').description('list benefits and where they are switched on'), ({ read }) =>
    read(({ db }) => listBenefits(db)),
  )
  addRules(benefit)
  addUses(benefit)
}

interface RuleOptions {
  readonly studio: number
  readonly for: string
  readonly amount?: number
  readonly per?: string
  readonly fromContract?: boolean
  readonly from?: Temporal.PlainDate
  readonly to?: Temporal.PlainDate
}

function addRules(benefit: Command) {
  const rule = benefit
    .command('rule <benefitId>')
    .description('say who of a studio is entitled to a benefit, and how often')
    .requiredOption('--studio <id>', 'whose customers', parseId)
    .requiredOption('--for <whom>', 'members, rate:<id>, module:<id> or customer:<id>')
    .option('--amount <n>', 'uses; left out: without limit', parseWhole)
    .option('--per <unit>', 'day, week, month or year; left out: once for all')
    .option('--from-contract', 'periods begin with the contract instead of the calendar')
    .option('--from <date>', 'first day', parseDate)
    .option('--to <date>', 'last day', parseDate)
  tenantCommand<RuleOptions>(rule, async ({ write }, { args: [id = ''], options }) => ({
    ruleId: await write((work) => addBenefitRule(work, readRule(parseId(id), options))),
  }))
  const end = benefit
    .command('end-rule <ruleId>')
    .description('end a rule with a day, that day included')
    .option('--on <date>', 'the last day; left out: it goes on', parseDate)
  tenantCommand<{ on?: Temporal.PlainDate }>(end, async ({ write }, { args: [id = ''], options: { on } }) => {
    await write((work) => endBenefitRule(work, parseId(id), on ?? null))
    return { ruleId: parseId(id) }
  })
  const list = benefit.command('rules <benefitId>').description('list the rules of a benefit')
  tenantCommand(list, ({ read }, { args: [id = ''] }) => read(({ db }) => listBenefitRules(db, parseId(id))))
}

function readRule(benefitId: number, options: RuleOptions): NewBenefitRule {
  const { studio, amount, per, fromContract, from, to } = options
  const [word = '', sourceId] = options.for.split(':')
  const source = { members: 'ALL_MEMBERS', rate: 'RATE', module: 'MODULE', customer: 'CUSTOMER' }[word.toLowerCase()]
  if (!source) throw new UsageError('--for is members, rate:<id>, module:<id> or customer:<id>.')
  const unit =
    per === undefined ? null : (['DAY', 'WEEK', 'MONTH', 'YEAR'] as const).find((each) => each === per.toUpperCase())
  if (unit === undefined) throw new UsageError('--per is day, week, month or year.')
  const contingent = amount === undefined ? 'UNLIMITED' : unit === null ? 'TOTAL' : 'PER_PERIOD'
  return {
    benefitId,
    studioId: studio,
    source: source as NewBenefitRule['source'],
    sourceId: sourceId === undefined ? null : parseId(sourceId),
    contingent,
    amount: amount ?? null,
    periodUnit: unit,
    anchor: fromContract ? 'CONTRACT_START' : 'CALENDAR',
    validFrom: from ?? null,
    validTo: to ?? null,
  }
}

function addUses(benefit: Command) {
  const use = benefit
    .command('use <customerId> <key>')
    .description('use a benefit once for a customer')
    .requiredOption('--studio <id>', 'where', parseId)
    .option('--integration <id>', 'whose benefit, where partners use the same key', parseId)
  tenantCommand<{ studio: number; integration?: number }>(use, async ({ write }, { args, options }) => {
    const [customerId = '', key = ''] = args
    const { studio: studioId, integration } = options
    const site = { studioId, integrationId: integration ?? null, sight: everybody }
    const wish = { customerId: parseId(customerId), key, site }
    return { usageId: await write((work) => useBenefit(work, wish, 'STAFF')) }
  })
  const uses = benefit.command('uses <customerId>').description('list the latest uses of a customer')
  tenantCommand(uses, ({ read }, { args: [id = ''] }) => read(({ db }) => listUses(db, parseId(id), MOST_LISTED)))
  const reverse = benefit.command('reverse <usageId>').description('take a use back in the period that it counted in')
  tenantCommand(reverse, async ({ write }, { args: [id = ''] }) => {
    await write((work) => reverseBenefitUse(work, parseId(id)))
    return { usageId: parseId(id) }
  })
}
