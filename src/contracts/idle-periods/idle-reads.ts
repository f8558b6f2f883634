import type { Static } from 'typebox'
import { notFound } from '../../platform/errors/errors.ts'
import type { ModuleDeps } from '../../platform/module-deps.ts'
import { isBefore, laterDate } from '../../platform/time/order.ts'
import type { PartnerView } from '../../platform/units/work.ts'
import type { IdlePeriodRow } from '../signed/contract-store.ts'
import { findIdleFacts } from './idle-loading.ts'
import type { IdlePeriodLists, RemainingIdlePeriods } from './idle-schemas.ts'
import { readWished } from './pending-change.ts'
import { type IdlePeriodAnswer, presentIdlePeriods } from './present-idle.ts'
import { type IdleWish, judgeWish } from './request-rules.ts'
import type { IdleStatus } from './statuses.ts'
import { findWindow, listUnits } from './unit-rules.ts'

/** Whether a contract may pause as it is wished, or why not. */
export async function validateIdleWish(view: PartnerView, contractId: number, wish: IdleWish): Promise<IdleStatus> {
  return judgeWish(wish, await findIdleFacts(view, contractId))
}

/** The pauses of a contract that were neither rejected nor withdrawn. */
export async function listIdlePeriods(
  view: PartnerView,
  contractId: number,
  deps: ModuleDeps,
): Promise<Static<typeof IdlePeriodLists>> {
  const facts = await findIdleFacts(view, contractId)
  const rows = facts.contract.idlePeriods.toSorted((a, b) => compareStart(readWished(a), readWished(b)))
  const isPast = (row: IdlePeriodRow) => {
    const { endDate } = readWished(row)
    return endDate !== null && isBefore(endDate, facts.today)
  }
  const present = (some: readonly IdlePeriodRow[]) => presentIdlePeriods(view, some, facts, deps)
  return {
    pastIdlePeriods: await present(rows.filter(isPast).toReversed()),
    currentAndUpcomingIdlePeriods: await present(rows.filter((row) => !isPast(row))),
  }
}

const compareStart = (a: IdlePeriodRow, b: IdlePeriodRow) =>
  Temporal.PlainDate.compare(a.startDate, b.startDate) || a.id - b.id

/** One of them; any other is unknown (404). */
export async function getIdlePeriod(
  view: PartnerView,
  { contractId, idlePeriodId }: { readonly contractId: number; readonly idlePeriodId: number },
  deps: ModuleDeps,
): Promise<IdlePeriodAnswer> {
  const facts = await findIdleFacts(view, contractId)
  const rows = facts.contract.idlePeriods.filter(({ id }) => id === idlePeriodId)
  const [answer] = await presentIdlePeriods(view, rows, facts, deps)
  if (!answer) throw notFound('idlePeriod', idlePeriodId)
  return answer
}

/** How many units are left in the window of today. */
export async function findRemaining(
  view: PartnerView,
  contractId: number,
): Promise<Static<typeof RemainingIdlePeriods>> {
  const { contract, today } = await findIdleFacts(view, contractId)
  const policy = contract.row.snapshot.idlePolicy
  if (!policy) throw notFound('idlePolicy', contractId)
  const { start } = contract.plan
  const window = findWindow(policy, start, laterDate(today, start))
  const units = contract.idlePeriods.flatMap((row) => listUnits(row, policy, { start, today }))
  const used = units.filter((unit) => unit.window === window).length
  const left = (most: number) => ({ value: Math.max(0, most - used), unit: policy.temporalUnit })
  return { remainingMaxTerms: left(policy.maxTerms), remainingFreeTerms: left(policy.freeTerms) }
}
