import { type Static, Type } from 'typebox'
import { operation } from '../api/operation.ts'
import { dateTime, plainDateTime, named, choice, text } from '../api/schema.ts'

const tag = 'Clock'
const path = '/admin/v1/clock'
const instant = '2026-06-15T09:00:00.000+02:00'
/** Moving time moves it for all keys of the tenant. */
const movers = ['CLOCK_WRITE']
const modes = ['SYSTEM', 'OFFSET', 'FROZEN'] as const
const mode = () =>
  choice(modes, '`SYSTEM`: real time. `OFFSET`: runs, but shifted. `FROZEN`: stands still until it is moved.', {
    examples: ['FROZEN'],
  })

export const ClockState = named(
  'ClockState',
  Type.Object({ mode: mode(), now: plainDateTime('Present time of the tenant.', instant) }),
)
export type ClockState = Static<typeof ClockState>

const ClockSetting = named(
  'ClockSetting',
  Type.Object({
    mode: mode(),
    now: Type.Optional(
      dateTime(
        'Time to set; the present one when left out. Not used with `SYSTEM`. It cannot lie in the past.',
        instant,
      ),
    ),
  }),
)

const ClockAdvance = named(
  'ClockAdvance',
  Type.Object({
    duration: text('How far to go, ISO 8601. Days and longer units keep the time of day.', {
      pattern: '^P(?=.)([0-9]+Y)?([0-9]+M)?([0-9]+W)?([0-9]+D)?(T(?=.)([0-9]+H)?([0-9]+M)?([0-9]+S)?)?$',
      examples: ['P1D', 'PT90M'],
    }),
  }),
)

export const getClock = operation({
  operationId: 'adminGetClock',
  method: 'GET',
  path,
  tag,
  summary: 'Read the clock of the tenant',
  description: 'Exists only where the test clock is switched on.',
  scopes: [],
  untagged: true,
  response: ClockState,
})

export const setClock = operation({
  operationId: 'adminSetClock',
  method: 'PUT',
  path,
  tag,
  summary: 'Set the clock of the tenant',
  description:
    'Changes mode and time of one tenant. The clock never goes back, and one call moves it by 400 days at most: ' +
    'any other time is answered with 400.',
  scopes: movers,
  body: ClockSetting,
  response: ClockState,
  errors: { 400: ['errormessage.clock.backwards', 'errormessage.validation.dateRangeTooLong'] },
})

export const advanceClock = operation({
  operationId: 'adminAdvanceClock',
  method: 'POST',
  path: `${path}/advance`,
  tag,
  summary: 'Let time pass',
  description:
    'Moves the clock forward and runs the jobs that fall due on the way, in the order of time. The answer comes after ' +
    'the last one has finished; when the client hangs up before, the clock stops where it is. One call lets 400 days ' +
    'pass at most.',
  scopes: movers,
  body: ClockAdvance,
  response: ClockState,
  errors: { 400: ['errormessage.validation.dateRangeTooLong', 'errormessage.validation.format'] },
})
