import { type Command, InvalidArgumentError } from 'commander'
import {
  accessRefusal,
  checkIn,
  checkOut,
  correctVisit,
  decideEntrance,
  listOpenVisitors,
  setVisitSettings,
  type VisitSettings,
} from '../../checkins/index.ts'
import { conflict } from '../../platform/errors/errors.ts'
import { defined } from '../../platform/values/defined.ts'
import { parseId, parseInstant, parseWhole, tenantCommand } from '../command.ts'
import { parseTime } from '../input/local-times.ts'

interface AtStudio {
  readonly studio: number
}

export function addVisitCommands(program: Command) {
  const visit = program.command('visit')
  const inStudio = (command: Command) => command.requiredOption('--studio <id>', 'the studio', parseId)
  const begin = inStudio(
    visit.command('check-in <customerId>').description('let a customer in, by the checks of the door'),
  )
    .option('--at <time>', 'when, with its offset; left out: now', parseInstant)
    .option('--override', 'whatever the checks say; the audit line says so')
  tenantCommand<AtStudio & { at?: Temporal.Instant; override?: boolean }>(begin, async ({ write }, given) => {
    const { studio: studioId, at, override } = given.options
    const customerId = parseId(given.args[0] ?? '')
    const wish = { customerId, studioId, source: 'STAFF', override: override === true, ...defined({ at }) } as const
    return write(async (work) => {
      const result = await checkIn(work, wish)
      if (result.outcome === 'REFUSED') throw accessRefusal(result.refusal)
      return { visitId: result.visitId, outcome: result.outcome }
    })
  })
  const end = inStudio(visit.command('check-out <customerId>').description('end the visit of a customer')).option(
    '--at <time>',
    'when, with its offset; left out: now',
    parseInstant,
  )
  tenantCommand<AtStudio & { at?: Temporal.Instant }>(end, async ({ write }, { args: [id = ''], options }) => {
    const { studio: studioId, at } = options
    const visitId = await write((work) =>
      checkOut(work, { customerId: parseId(id), studioId, source: 'STAFF', ...defined({ at }) }),
    )
    if (visitId === undefined) throw conflict('errormessage.access.notCheckedIn')
    return { visitId }
  })
  addLooks(visit, inStudio)
  addCorrection(visit)
  addSettings(visit)
}

function addLooks(visit: Command, inStudio: (command: Command) => Command) {
  const check = inStudio(
    visit.command('check <customerId>').description('say whether the door would open, and by what'),
  )
  tenantCommand<AtStudio>(check, ({ read }, { args: [id = ''], options: { studio: studioId } }) =>
    read(async ({ db, now }) => {
      const verdict = await decideEntrance(db, { customerId: parseId(id), studioId, now })
      if (!verdict.granted) throw accessRefusal(verdict.refusal)
      return verdict.ground
    }),
  )
  const list = inStudio(visit.command('list').description('who is in a studio now'))
  tenantCommand<AtStudio>(list, ({ read }, { options: { studio } }) => read(({ db }) => listOpenVisitors(db, studio)))
}

interface CorrectionOptions {
  readonly in?: Temporal.Instant
  readonly out?: Temporal.Instant
  readonly reason: string
}

function addCorrection(visit: Command) {
  const correct = visit
    .command('correct <visitId>')
    .description('put right when a customer came or left')
    .option('--in <time>', 'when the visit began, with its offset', parseInstant)
    .option('--out <time>', 'when it ended', parseInstant)
    .requiredOption('--reason <text>', 'why; kept in the audit log')
  tenantCommand<CorrectionOptions>(correct, async ({ write }, { args: [id = ''], options }) => {
    const { in: checkedInAt, out: checkedOutAt, reason } = options
    const times = defined({ checkedInAt, checkedOutAt })
    await write((work) => correctVisit(work, parseId(id), { ...times, reason }))
    return { visitId: parseId(id) }
  })
}

// Not null: the parser of the command line would take that for a failure.
const orOff =
  <T>(parse: (text: string) => T) =>
  (text: string): T | 'OFF' =>
    text === 'off' ? 'OFF' : parse(text)

const offIsNull = <T>(value: T | 'OFF' | undefined): T | null | undefined => (value === 'OFF' ? null : value)

function parseSwitch(text: string): boolean {
  if (text === 'on' || text === 'off') return text === 'on'
  throw new InvalidArgumentError('on or off is needed.')
}

interface SettingOptions {
  readonly capacity?: number | 'OFF'
  readonly enforceCapacity?: boolean
  readonly admitBookings?: boolean
  readonly outAfter?: number | 'OFF'
  readonly outAtClosing?: boolean
  readonly outAt?: Temporal.PlainTime | 'OFF'
}

function addSettings(visit: Command) {
  const settings = visit
    .command('settings <studioId>')
    .description('how a studio lets people in, and when it checks them out by itself')
    .option('--capacity <n|off>', 'people at once', orOff(parseWhole))
    .option('--enforce-capacity <on|off>', 'whether the door stays shut when the studio is full', parseSwitch)
    .option('--admit-bookings <on|off>', 'whether a booking opens the door', parseSwitch)
    .option('--out-after <minutes|off>', 'check out this long after the check-in', orOff(parseWhole))
    .option('--out-at-closing <on|off>', 'check out when the opening hours end', parseSwitch)
    .option('--out-at <time|off>', 'check out at this time of the day', orOff(parseTime))
  tenantCommand<SettingOptions>(settings, async ({ write }, { args: [id = ''], options }) => {
    const { capacity, enforceCapacity, admitBookings, outAfter, outAtClosing, outAt } = options
    const given: { [K in keyof VisitSettings]: VisitSettings[K] | undefined } = {
      capacity: offIsNull(capacity),
      enforceCapacity,
      admitBookings,
      autoCheckoutAfterMinutes: offIsNull(outAfter),
      autoCheckoutAtClosing: outAtClosing,
      autoCheckoutDailyAt: offIsNull(outAt),
    }
    await write((work) => setVisitSettings(work, parseId(id), defined(given)))
    return { studioId: parseId(id) }
  })
}
