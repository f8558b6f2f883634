import { isAfter } from '../../platform/time/order.ts'
import type { SignedContract } from '../signed/signed-contract-facts.ts'
import { readTimeline, type Timeline } from '../timeline/timeline-rules.ts'

/** The rate of a contract on a day; before its start that of its first phase. */
export function findRateOn(
  { phases: stored, row }: Pick<SignedContract, 'phases' | 'row'>,
  { phases }: Pick<Timeline, 'phases'>,
  day: Temporal.PlainDate,
): number | undefined {
  const seq = Math.max(
    0,
    phases.findLastIndex(({ runTime }) => !isAfter(runTime.start, day)),
  )
  // The clock may not have opened the phase yet.
  return stored.find((phase) => phase.seq === seq)?.rateId ?? row.snapshot.laterRates?.[seq - 1]?.rateId
}

/** The rate from which a contract may be switched: one that has not ended and that nobody has canceled or wants to cancel. */
export function findSwitchableRate(contract: SignedContract, today: Temporal.PlainDate): number | undefined {
  if (contract.row.voidedAt !== null || contract.cancelation) return undefined
  const timeline = readTimeline(contract, today)
  const { finalEnd } = timeline
  if (finalEnd && isAfter(today, finalEnd)) return undefined
  return findRateOn(contract, timeline, today)
}
