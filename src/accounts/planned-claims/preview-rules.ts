import { isBefore } from '../../platform/time/order.ts'
import { planClaimChanges, type PlanDays, type PlannedClaim, type StoredClaim } from './planned-claim-rules.ts'

/** A claim as it would wait. */
export type PlannedOutcome = PlannedClaim & { readonly seq: number }

/**
 * The claims of the member that would wait from today on if the contract wanted these, by due date: what the list of
 * upcoming charges would show. Nothing is stored.
 */
export function previewPlannedClaims(
  wanted: readonly PlannedClaim[],
  stored: readonly StoredClaim[],
  days: PlanDays,
): PlannedOutcome[] {
  const untaxed = wanted
    .filter(({ amount }) => amount !== 0n)
    .map((claim) => ({ ...claim, net: claim.amount, tax: 0n, taxCodeId: null }))
  const changes = planClaimChanges(untaxed, stored, days)
  const touched = new Map(changes.flatMap((change) => (change.type === 'INSERT' ? [] : [[change.id, change] as const])))
  const kept = stored.flatMap((row): PlannedOutcome[] => {
    const change = touched.get(row.id)
    if (change?.type === 'UPDATE') return [{ ...change.row, seq: row.seq ?? 0 }]
    return change || row.state !== 'SCHEDULED' ? [] : readStored(row)
  })
  const added = changes.flatMap((change) => (change.type === 'INSERT' ? [{ ...change.row, seq: change.seq }] : []))
  return [...kept, ...added]
    .filter(({ payer, dueDate }) => payer === 'MEMBER' && !isBefore(dueDate, days.today))
    .toSorted((a, b) => Temporal.PlainDate.compare(a.dueDate, b.dueDate))
}

function readStored(row: StoredClaim): PlannedOutcome[] {
  const { component, componentId, periodFrom, seq } = row
  if (component === null || componentId === null || periodFrom === null) return []
  const service = { serviceFrom: row.serviceFrom ?? row.dueDate, serviceTo: row.serviceTo ?? row.dueDate }
  return [{ ...row, ...service, component, componentId, periodFrom, seq: seq ?? 0 }]
}
