import { isAfter } from '../../platform/time/order.ts'
import type { SignedContract } from '../signed/signed-contract-facts.ts'
import { readTimeline, type Timeline } from '../timeline/timeline-rules.ts'

/** The rate of a contract on a day; before its start that of its first phase. */
export function findRateOn(
  contract: Pick<SignedContract, 'phases' | 'row'>,
  timeline: Pick<Timeline, 'phases'>,
  day: Temporal.PlainDate,
): number | undefined {
  return findSignedRate(contract, timeline, day)?.rateId
}

/** A rate as the contract has frozen it. */
export interface SignedRate {
  readonly rateId: number
  readonly rateName: string
}

function findSignedRate(
  { phases: stored, row }: Pick<SignedContract, 'phases' | 'row'>,
  { phases }: Pick<Timeline, 'phases'>,
  day: Temporal.PlainDate,
): SignedRate | undefined {
  const seq = Math.max(
    0,
    phases.findLastIndex(({ runTime }) => !isAfter(runTime.start, day)),
  )
  // The clock may not have opened the phase yet.
  const opened = stored.find((phase) => phase.seq === seq)
  if (!opened) return row.snapshot.laterRates?.[seq - 1]
  return { rateId: opened.rateId, rateName: opened.snapshot.rateName }
}

/** The rate from which a contract may be switched: one that has not ended and that nobody has canceled or wants to cancel. */
export function findSwitchableRate(contract: SignedContract, today: Temporal.PlainDate): SignedRate | undefined {
  if (contract.row.voidedAt !== null || contract.cancelation) return undefined
  const timeline = readTimeline(contract, today)
  const { finalEnd } = timeline
  if (finalEnd && isAfter(today, finalEnd)) return undefined
  return findSignedRate(contract, timeline, today)
}
