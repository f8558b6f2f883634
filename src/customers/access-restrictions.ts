import { notFound } from '../platform/errors.ts'
import type { UnitOfWork } from '../platform/work.ts'
import { deleteRestrictionRow, insertRestriction, type NewRestriction } from './access-store.ts'
import { tellHomeStudio } from './telling.ts'
import { lockCustomers } from './visibility-store.ts'

/** Keeps a customer out: always, or between two local dates of the home studio, both inclusive. */
export async function restrictAccess(work: UnitOfWork, restriction: NewRestriction): Promise<number> {
  const { customerId } = restriction
  const [locked] = await lockCustomers(work.tx, [customerId])
  if (locked === undefined) throw notFound('customer', customerId)
  const id = await insertRestriction(work.tx, restriction, work.now)
  work.audit({
    action: 'accessRestriction.created',
    entityKind: 'accessRestriction',
    entityId: id,
    diff: { period: [null, [restriction.startDate?.toString() ?? null, restriction.endDate?.toString() ?? null]] },
  })
  await tellHomeStudio(work, 'CUSTOMER_ACCESS_RESTRICTION_CREATED', customerId)
  return id
}

/** Lifts a restriction before it has lapsed by itself. */
export async function liftRestriction(work: UnitOfWork, restrictionId: number) {
  const lifted = await deleteRestrictionRow(work.tx, restrictionId)
  if (!lifted) throw notFound('accessRestriction', restrictionId)
  work.audit({ action: 'accessRestriction.deleted', entityKind: 'accessRestriction', entityId: restrictionId })
  await tellHomeStudio(work, 'CUSTOMER_ACCESS_RESTRICTION_DELETED', lifted.customerId)
}
