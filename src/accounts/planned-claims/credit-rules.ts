import type { ClaimChange, ClaimRow, PlanDays, PlannedClaim, StoredClaim } from './planned-claim-rules.ts'
import { planClaimChanges } from './planned-claim-rules.ts'

/** What a member gets back of one period that was booked. */
export interface PlannedCredit {
  readonly component: PlannedClaim['component']
  readonly componentId: number
  /** Gross, in minor units; below 0. */
  readonly amount: bigint
  readonly dueDate: Temporal.PlainDate
  /** The days that the booked claim was for, both inclusive. */
  readonly serviceFrom: Temporal.PlainDate
  readonly serviceTo: Temporal.PlainDate
}

/** The member's credit notes that would wait if the contract wanted these claims, those that wait already among them. */
export function listPlannedCredits(
  wanted: readonly PlannedClaim[],
  stored: readonly StoredClaim[],
  days: PlanDays,
): PlannedCredit[] {
  const untaxed = wanted
    .filter(({ amount }) => amount !== 0n)
    .map((claim) => ({ ...claim, net: claim.amount, tax: 0n, taxCodeId: null }))
  const changes = planClaimChanges(untaxed, stored, days)
  const touched = new Set(changes.flatMap((change) => (change.type === 'INSERT' ? [] : [change.id])))
  const kept = stored.filter(({ id, state }) => state === 'SCHEDULED' && !touched.has(id))
  return [...kept, ...changes.flatMap(readRow)]
    .filter(({ payer, amount }) => payer === 'MEMBER' && amount < 0n)
    .flatMap((note) => readCredit(note, stored))
}

function readRow(change: ClaimChange): ClaimRow[] {
  return change.type === 'VOID' ? [] : [change.row]
}

function readCredit(note: StoredClaim | ClaimRow, stored: readonly StoredClaim[]): PlannedCredit[] {
  const { component, componentId, amount, dueDate, parentClaimId } = note
  const booked = stored.find(({ id }) => id === parentClaimId)
  if (!booked || component === null || componentId === null) return []
  const { serviceFrom, serviceTo } = booked
  return [
    {
      component,
      componentId,
      amount,
      dueDate,
      serviceFrom: serviceFrom ?? booked.dueDate,
      serviceTo: serviceTo ?? booked.dueDate,
    },
  ]
}
