import type { Command } from 'commander'
import { createBookable, updateBookable } from '../../appointments/index.ts'
import { createService } from '../../entitlements/index.ts'
import { defined } from '../../platform/values/defined.ts'
import { parseId, parseWhole, splitList, tenantCommand } from '../command.ts'
import { UsageError } from '../failures.ts'
import { readAttendance } from '../input/booking-options.ts'
import { readRule, type RuleOptions, withRuleOptions } from '../input/rule-options.ts'
import { getStudio } from '../input/studio-choice.ts'

interface BookableOptions extends RuleOptions {
  readonly studio: number
  readonly title?: string
  readonly description?: string
  readonly duration?: number
  readonly prepare?: number
  readonly followUp?: number
  readonly grid?: number
  readonly gridOffset?: number
  readonly online?: boolean
  readonly customers?: boolean
  readonly pickInstructor?: boolean
  readonly parallel?: boolean
  readonly attendance?: string
  readonly participants?: number
  readonly needs?: string[]
  readonly service?: number
}

const kinds = { employee: 'EMPLOYEE', room: 'ROOM', device: 'DEVICE' } as const

export function addBookableCommands(program: Command) {
  const bookable = program.command('bookable')
  const create = withOptions(
    bookable.command('create').description('add a service that is booked by appointment'),
  ).option('--service <id>', 'the service that a booking uses; left out: a new one with the title', parseId)
  tenantCommand<BookableOptions>(create, ({ write }, { options }) =>
    write(async (work) => {
      const { studio: studioId, title, duration, service, needs } = options
      if (title === undefined || duration === undefined) throw new UsageError('--title and --duration are needed.')
      const { currency } = await getStudio(work.db, studioId)
      const serviceId = service ?? (await createService(work, { name: title, kind: 'APPOINTMENT' }))
      // A company that sells no memberships yet could have nothing booked otherwise.
      const rule = { requiresActiveContract: false, allowForeign: true, ...readRule(options, currency) }
      const wanted = { ...readFields(options), studioId, title, durationMin: duration, serviceId }
      return { bookableId: await createBookable(work, { ...wanted, rule, lines: readNeeds(needs ?? []) }), serviceId }
    }),
  )
  const update = withOptions(bookable.command('update <bookableId>').description('change a bookable appointment'))
    .option('--active', 'is offered again')
    .option('--no-active', 'is not offered any more')
  tenantCommand<BookableOptions & { active?: boolean }>(update, async ({ write }, { args: [id = ''], options }) => {
    const { studio: studioId, needs, active } = options
    await write(async (work) => {
      const { currency } = await getStudio(work.db, studioId)
      const rule = readRule(options, currency)
      const changes = {
        ...readFields(options),
        ...defined({ active }),
        ...(Object.keys(rule).length === 0 ? {} : { rule }),
        ...(needs === undefined ? {} : { lines: readNeeds(needs) }),
      }
      await updateBookable(work, { studioId, bookableId: parseId(id) }, changes)
    })
    return { bookableId: parseId(id) }
  })
}

function withOptions(command: Command): Command {
  return withRuleOptions(command)
    .requiredOption('--studio <id>', 'the studio', parseId)
    .option('--title <title>')
    .option('--description <text>')
    .option('--duration <minutes>', 'how long it takes', parseWhole)
    .option('--prepare <minutes>', 'before it', parseWhole)
    .option('--follow-up <minutes>', 'after it', parseWhole)
    .option('--grid <minutes>', 'starts lie on this grid', parseWhole)
    .option('--grid-offset <minutes>', 'the grid begins this long after midnight', parseWhole)
    .option('--online', 'partners may book it')
    .option('--no-online', 'only staff book it')
    .option('--customers', 'is offered to customers')
    .option('--no-customers', 'is offered as a trial only')
    .option('--pick-instructor', 'customers choose the instructor')
    .option('--no-pick-instructor', 'Palestra chooses the instructor')
    .option('--parallel', 'may be booked beside another booking at the same time')
    .option('--no-parallel', 'not beside another booking at the same time')
    .option('--attendance <status>', 'recorded at the end where nothing was: participating, not_participating or unset')
    .option('--participants <n>', 'people at once', parseWhole)
    .option(
      '--needs <list>',
      'what it needs: count x kind : resource ids, for instance 1xemployee:11/12,1xroom:21',
      splitList,
    )
}

function readFields({ title, description, duration, prepare, followUp, grid, participants, ...more }: BookableOptions) {
  return defined({
    gridOffsetMin: more.gridOffset,
    onlineBookable: more.online,
    forCustomers: more.customers,
    customerPicksInstructor: more.pickInstructor,
    allowParallel: more.parallel,
    attendanceDefault: more.attendance === undefined ? undefined : readAttendance(more.attendance),
    title,
    description,
    durationMin: duration,
    prepMin: prepare,
    followUpMin: followUp,
    gridMin: grid,
    maxParticipants: participants,
  })
}

/** `1xemployee:11/12`: one of the resources 11 and 12, the first of them first. */
function readNeeds(needs: readonly string[]) {
  return needs.map((text) => {
    const [, count, kind = '', pool = ''] = /^(\d{1,3})x(employee|room|device):([\d/]+)$/.exec(text) ?? []
    if (count === undefined) throw new UsageError(`${text} is not a need such as 1xemployee:11/12.`)
    const ids = [...new Set(pool.split('/').map(parseId))]
    return {
      kind: kinds[kind as keyof typeof kinds],
      count: Number(count),
      pool: ids.map((resourceId, priority) => ({ resourceId, priority })),
    }
  })
}
