import { liftRestriction, listRestrictions, restrictAccess } from '../customers/index.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { deleteBan, findBan, insertBan } from './blocks/block-store.ts'

/** Keeps a customer out while an agency collects. The customer is locked. */
export async function banDebtor(work: UnitOfWork, customerId: number, reason: string) {
  if ((await findBan(work.tx, customerId)) !== undefined) return
  await insertBan(work.tx, customerId, await restrictAccess(work, { customerId, source: 'DUNNING', reason }))
}

/** Lets a customer in again; staff may have done so before. The customer is locked. */
export async function liftBan(work: UnitOfWork, customerId: number) {
  const restrictionId = await findBan(work.tx, customerId)
  if (restrictionId === undefined) return
  await deleteBan(work.tx, customerId)
  const restrictions = await listRestrictions(work.tx, customerId)
  if (restrictions.some(({ id }) => id === restrictionId)) await liftRestriction(work, restrictionId)
}
