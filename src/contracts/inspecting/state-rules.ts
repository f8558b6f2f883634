import { isAfter, isBefore } from '../../platform/time/order.ts'
import { isInEffect, type SignedContract } from '../signed/signed-contract-facts.ts'
import { findPauseUntil } from '../timeline/pause-rules.ts'
import type { Timeline } from '../timeline/timeline-rules.ts'

export const contractStates = ['FUTURE', 'RUNNING', 'IDLE', 'CANCELED', 'ENDED', 'REVERSED'] as const

/** What staff call the stage in which a contract is on a day; a pause counts before a cancelation. */
export function findContractState(
  { row, plan, idlePeriods, cancelation }: SignedContract,
  { finalEnd }: Pick<Timeline, 'finalEnd'>,
  today: Temporal.PlainDate,
): (typeof contractStates)[number] {
  if (row.voidedAt !== null) return 'REVERSED'
  if (finalEnd && isAfter(today, finalEnd)) return 'ENDED'
  if (isBefore(today, plan.useFrom)) return 'FUTURE'
  const isIdle = idlePeriods.some(
    (pause) =>
      pause.state === 'ACCEPTED' && !isAfter(pause.startDate, today) && isBefore(today, findPauseUntil(pause, today)),
  )
  if (isIdle) return 'IDLE'
  return cancelation && isInEffect(cancelation) ? 'CANCELED' : 'RUNNING'
}
