import { amendmentConfigs, customerAmendments } from '../../src/customers/tables.ts'
import { CREATED, type Fill, FIRST_MEMBER, stamps } from './full-members.ts'

const AMENDMENT = 60

export const wishesOf = (firstId: number) => ({ amendmentId: firstId + AMENDMENT })

/** A studio whose customers may change their data, and a wish of the first member that no other call touches. */
export async function insertWishes({ tx, studio: { studioId }, firstId }: Fill) {
  const customerId = firstId + FIRST_MEMBER
  await tx.insert(amendmentConfigs).values([
    { studioId, kind: 'CONTACT_DATA', mode: 'CHANGES_WITHOUT_VERIFICATION' },
    { studioId, kind: 'ADDRESS_DATA', mode: 'CHANGES_REQUIRE_VERIFICATION' },
    { studioId, kind: 'MASTER_DATA', mode: 'CHANGES_REQUIRE_VERIFICATION' },
  ])
  await tx.insert(customerAmendments).values({
    id: firstId + AMENDMENT,
    customerId,
    studioId,
    kind: 'PAYMENT_DATA',
    status: 'PENDING',
    changedFields: ['iban'],
    requestedBy: 'API_KEY',
    requestedAt: CREATED,
    ...stamps,
  })
}
