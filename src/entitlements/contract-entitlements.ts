import type { UnitOfWork } from '../platform/units/work.ts'
import {
  type ContractEntitlement,
  insertEntitlements,
  listContractEntitlements,
  updateEntitlement,
} from './contract-entitlement-store.ts'

/** What a contract or one of its modules entitles to, as it follows from what was signed. */
export type WantedEntitlement = Pick<
  ContractEntitlement,
  | 'source'
  | 'subContractId'
  | 'serviceId'
  | 'quantity'
  | 'periodValue'
  | 'periodUnit'
  | 'crossStudio'
  | 'validFrom'
  | 'validTo'
>

/** Whose entitlements they are. */
export interface EntitlementOwner {
  readonly contractId: number
  readonly customerId: number
  readonly homeStudioId: number
}

/** Whether it is known what grants an entitlement; all others are left alone. */
export type IsKnown = (entitlement: Pick<ContractEntitlement, 'subContractId'>) => boolean

/**
 * Makes what a contract entitles to what it says now, in the unit that changes it. Rows keep their ids, because uses refer
 * to them; one that is no longer wanted is never valid. The periods of an entitlement count from its first day.
 */
export async function syncContractEntitlements(
  work: UnitOfWork,
  owner: EntitlementOwner,
  wanted: readonly WantedEntitlement[],
  isKnown: IsKnown = () => true,
) {
  const left = (await listContractEntitlements(work.tx, owner.contractId)).filter(isKnown)
  const missing: WantedEntitlement[] = []
  for (const each of wanted.toSorted(byFirstDay)) {
    const at = left.findIndex((row) => isSame(row, each))
    const [row] = at === -1 ? [] : left.splice(at, 1)
    if (!row) missing.push(each)
    else if (hasChanged(row, each))
      await updateEntitlement(work.tx, row.id, { ...each, anchor: each.validFrom }, work.now)
  }
  for (const { id, validFrom, validTo } of left) {
    const never = validFrom.subtract({ days: 1 })
    if (validTo === null || !validTo.equals(never)) await updateEntitlement(work.tx, id, { validTo: never }, work.now)
  }
  await insertEntitlements(
    work.tx,
    missing.map((each) => ({ ...owner, ...each, anchor: each.validFrom })),
    work.now,
  )
}

/** Sets the last day of what a contract entitles to whose grants are not known; null = goes on. */
export async function endContractEntitlements(
  work: UnitOfWork,
  contractId: number,
  validTo: Temporal.PlainDate | null,
  isKnown: IsKnown = () => false,
) {
  for (const row of await listContractEntitlements(work.tx, contractId)) {
    if (isKnown(row)) continue
    if (!isEqual(row.validTo, validTo)) await updateEntitlement(work.tx, row.id, { validTo }, work.now)
  }
}

const byFirstDay = (a: WantedEntitlement, b: WantedEntitlement) => Temporal.PlainDate.compare(a.validFrom, b.validFrom)

function isSame(row: ContractEntitlement, wanted: WantedEntitlement): boolean {
  return (
    row.source === wanted.source && row.subContractId === wanted.subContractId && row.serviceId === wanted.serviceId
  )
}

const compared = ['quantity', 'periodValue', 'periodUnit', 'crossStudio'] as const

function hasChanged(row: ContractEntitlement, wanted: WantedEntitlement): boolean {
  return (
    compared.some((field) => row[field] !== wanted[field]) ||
    !row.validFrom.equals(wanted.validFrom) ||
    !isEqual(row.validTo, wanted.validTo ?? null)
  )
}

function isEqual(a: Temporal.PlainDate | null, b: Temporal.PlainDate | null | undefined): boolean {
  return a === null || b === null || b === undefined ? a === (b ?? null) : a.equals(b)
}
