import { changeCollection, lockAccount } from '../../accounts/index.ts'
import { lockCustomers } from '../../customers/index.ts'
import { notFound } from '../../platform/errors/errors.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { liftBan } from '../bans.ts'

/** Ends the hold that a rejection has left: reminders go on, and the customer may be handed over again. */
export async function releaseHold(work: UnitOfWork, customerId: number) {
  const [locked] = await lockCustomers(work.tx, [customerId])
  if (locked === undefined) throw notFound('customer', customerId)
  const account = await lockAccount(work, customerId)
  const { isCollected } = await changeCollection(work, account, { hold: false })
  if (!isCollected) await liftBan(work, customerId)
  const diff = { hold: [true, false] } as const
  work.audit({ action: 'customer.collectionReleased', entityKind: 'customer', entityId: customerId, diff })
}
