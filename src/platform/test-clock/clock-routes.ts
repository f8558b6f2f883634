import type { PartnerCaller } from '../units/caller.ts'
import { advanceClock, getClock, setClock } from './clock-api.ts'
import type { ClockMover, ClockReading, Journey } from './clocks.ts'
import { readDuration } from './step-rules.ts'
import type { Operations, RunContext } from '../http/operations.ts'
import { parseDateTime } from '../time/zoned-time.ts'

/** Only where `PALESTRA_TEST_CLOCK` is on: an integrator moves the time of the tenant that the key belongs to. */
export function clockRoutes({ run }: Operations, clocks: ClockMover) {
  run(getClock, async (context) => present(context, await clocks.read(context.caller.tenantId)))

  run(setClock, async (context, { body: { mode, now } }) => {
    const to = { mode, now: now === undefined ? undefined : parseDateTime(now) }
    return present(context, await clocks.set(context.caller.tenantId, to, plan(context)))
  })

  run(advanceClock, async (context, { body }) => {
    const duration = readDuration(body.duration) ?? endless
    return present(context, await clocks.advance(context.caller.tenantId, duration, plan(context)))
  })
}

/** Stands for every duration that is too long to be written down. */
const endless = Temporal.Duration.from({ years: 1_000_000 })

/** Days are those of the studio of the key. */
const plan = ({ caller, isGone }: RunContext<PartnerCaller>): Journey => ({ zone: caller.studio.zone, isGone })

function present({ caller, print }: RunContext<PartnerCaller>, { mode, now }: ClockReading) {
  return { mode, now: print.dateTime(now, caller.studio.zone) }
}
