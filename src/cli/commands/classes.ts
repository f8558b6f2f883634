import type { Command } from 'commander'
import { changeBookingRule, createBookingRule, createClass, createSeries, updateClass } from '../../classes/index.ts'
import { createService, listServices } from '../../entitlements/index.ts'
import { defined } from '../../platform/values/defined.ts'
import { parseId, parseIds, parseWhole, tenantCommand } from '../command.ts'
import { parseDate, parseDays, parseTime } from '../input/local-times.ts'
import { readRule, type RuleOptions, withRuleOptions } from '../input/rule-options.ts'
import { getStudio } from '../input/studio-choice.ts'

interface ClassOptions {
  readonly title?: string
  readonly category?: string
  readonly description?: string
  readonly duration?: number
  readonly max?: number
  readonly waiting?: number
  readonly bookable?: boolean
  readonly active?: boolean
}

interface NewClass extends ClassOptions, RuleOptions {
  readonly studio: number
  readonly title: string
  readonly duration: number
  readonly service?: number
  readonly stream?: boolean
}

interface NewSeries {
  readonly days: ReturnType<typeof parseDays>
  readonly at: Temporal.PlainTime
  readonly from: Temporal.PlainDate
  readonly to?: Temporal.PlainDate
  readonly everyWeeks: number
  readonly room?: number
  readonly instructors?: number[]
  readonly override?: boolean
}

export function addClassCommands(program: Command) {
  const gymClass = program.command('class').description('classes, with their rule and weekly series')
  addCreate(gymClass)
  const update = withOptions(
    gymClass
      .command('update <classId>')
      .description('change a class; its slots keep time and capacity')
      .option('--title <title>')
      .option('--duration <minutes>', 'of slots to come', parseWhole),
  )
  tenantCommand<ClassOptions>(update, async ({ write }, { args: [id = ''], options }) => {
    await write((work) => updateClass(work, parseId(id), readFields(options)))
    return { classId: parseId(id) }
  })
  const rule = withRuleOptions(
    gymClass.command('rule <ruleId>').description('change a booking rule for all bookings to come'),
  ).requiredOption('--studio <id>', 'the studio of the rule', parseId)
  tenantCommand<RuleOptions & { studio: number }>(rule, async ({ write }, { args: [id = ''], options }) => {
    await write(async (work) => {
      const { currency } = await getStudio(work.db, options.studio)
      await changeBookingRule(work, parseId(id), readRule(options, currency))
    })
    return { ruleId: parseId(id) }
  })
  addSeries(gymClass)
  addServiceCommands(program)
}

function addCreate(gymClass: Command) {
  const create = withRuleOptions(
    withOptions(
      gymClass
        .command('create')
        .description('add a class without slots, with a booking rule of its own')
        .requiredOption('--studio <id>', 'the studio', parseId)
        .requiredOption('--title <title>')
        .requiredOption('--duration <minutes>', 'of a slot', parseWhole),
    ),
  )
    .option('--service <id>', 'the service that a booking uses; left out: a new one with the title', parseId)
    .option('--stream', 'is watched from elsewhere')
  tenantCommand<NewClass>(create, ({ write }, { options }) =>
    write(async (work) => {
      const { studio: studioId, title, duration, service, stream } = options
      const { currency } = await getStudio(work.db, studioId)
      const rule = { requiresActiveContract: true, allowForeign: false, ...readRule(options, currency) }
      const ruleId = await createBookingRule(work, studioId, rule)
      const serviceId = service ?? (await createService(work, { name: title, kind: 'CLASS' }))
      const type = stream ? ('STREAM' as const) : ('STUDIO' as const)
      const wanted = { ...readFields(options), studioId, title, durationMin: duration, serviceId, ruleId, type }
      return { classId: await createClass(work, wanted), ruleId, serviceId }
    }),
  )
}

function addSeries(gymClass: Command) {
  const series = gymClass
    .command('plan-series <classId>')
    .description('plan slots every week; they are added 400 days ahead')
    .requiredOption('--days <list>', 'weekdays, for instance MO,WE,FR', parseDays)
    .requiredOption('--at <time>', 'on the wall clock of the studio, for instance 18:30', parseTime)
    .requiredOption('--from <date>', 'first day', parseDate)
    .option('--to <date>', 'last day; left out: without end', parseDate)
    .option('--every-weeks <n>', 'every how many weeks', parseWhole, 1)
    .option('--room <id>', 'resource id of the room', parseId)
    .option('--instructors <ids>', 'employee ids', parseIds)
    .option('--override', 'put up with a room or instructor that is taken')
  tenantCommand<NewSeries>(series, async ({ write }, { args: [id = ''], options }) => {
    const { days, at, from, to, everyWeeks, room, instructors, override } = options
    const wanted = {
      classId: parseId(id),
      weekdays: days,
      localTime: at,
      fromDate: from,
      toDate: to ?? null,
      everyNWeeks: everyWeeks,
      locationId: room ?? null,
      instructors: instructors ?? [],
    }
    return { seriesId: await write((work) => createSeries(work, wanted, { override: override === true })) }
  })
}

function addServiceCommands(program: Command) {
  const service = program.command('service').description('what classes, appointments and visits are uses of')
  tenantCommand(service.command('list').description('list services'), ({ read }) => read(({ db }) => listServices(db)))
}

function withOptions(command: Command): Command {
  return command
    .option('--category <name>')
    .option('--description <text>')
    .option('--max <n>', 'places of a slot; left out: no limit', parseWhole)
    .option('--waiting <n>', 'places on its waiting list; left out: no list', parseWhole)
    .option('--no-bookable', 'is shown but not booked')
    .option('--no-active', 'is not shown any more')
}

function readFields({ title, category, description, duration, max, waiting, bookable, active }: ClassOptions) {
  return {
    ...defined({ title, category, description, durationMin: duration, defaultMax: max, defaultMaxWaiting: waiting }),
    ...(bookable === false ? { bookable } : {}),
    ...(active === false ? { active } : {}),
  }
}
