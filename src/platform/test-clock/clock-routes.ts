import type { PartnerCaller } from '../units/caller.ts'
import { advanceClock, getClock, setClock } from './clock-api.ts'
import type { ClockMover, ClockReading } from './clocks.ts'
import type { Operations, RunContext } from '../http/operations.ts'
import { parseDateTime } from '../time/zoned-time.ts'

/** Only where `PALESTRA_TEST_CLOCK` is on: an integrator moves the time of the tenant that the key belongs to. */
export function clockRoutes({ run }: Operations, clocks: ClockMover) {
  run(getClock, async (context) => present(context, await clocks.read(context.caller.tenantId)))

  run(setClock, async (context, { body }) =>
    present(
      context,
      await clocks.set(
        context.caller.tenantId,
        body.mode,
        body.now === undefined ? undefined : parseDateTime(body.now),
      ),
    ),
  )

  run(advanceClock, async (context, { body }) => {
    const { tenantId, studio } = context.caller
    return present(context, await clocks.advance(tenantId, Temporal.Duration.from(body.duration), studio.zone))
  })
}

function present({ caller, print }: RunContext<PartnerCaller>, { mode, now }: ClockReading) {
  return { mode, now: print.dateTime(now, caller.studio.zone) }
}
