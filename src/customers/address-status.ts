import type { UnitOfWork } from '../platform/units/work.ts'
import { type AddressMark, findAddressStatus, updateAddressStatus } from './address-status-store.ts'

/**
 * Notes whether letters to a customer arrive. A new address begins as one to which they do. Answers whether this changes
 * anything. The customer is locked.
 */
export async function markAddress(work: UnitOfWork, customerId: number, mark: AddressMark): Promise<boolean> {
  const before = await findAddressStatus(work.tx, customerId)
  if (before === undefined || before === mark.status) return false
  await updateAddressStatus(work.tx, customerId, mark, work.now)
  const diff = { status: [before, mark.status] } as const
  work.audit({ action: 'customer.addressMarked', entityKind: 'customer', entityId: customerId, diff })
  return true
}
