import { communications, communicationThreads } from '../../../src/communication/tables.ts'
import { amendmentConfigs, customerAmendments } from '../../../src/self-service/tables.ts'
import { CREATED, type Fill, FIRST_MEMBER, stamps } from './full-members.ts'

const AMENDMENT = 60
const THREAD = 61

export const findWishes = (firstId: number) => ({ amendmentId: firstId + AMENDMENT, threadId: firstId + THREAD })

/**
 * A studio whose customers may change their data, a wish of the first member that no other call touches, and a
 * conversation.
 */
export async function insertWishes({ tx, studio: { studioId }, mark, firstId }: Fill) {
  const customerId = firstId + FIRST_MEMBER
  await tx.insert(amendmentConfigs).values([
    { studioId, kind: 'CONTACT_DATA', mode: 'CHANGES_WITHOUT_VERIFICATION' },
    { studioId, kind: 'ADDRESS_DATA', mode: 'CHANGES_REQUIRE_VERIFICATION' },
    { studioId, kind: 'MASTER_DATA', mode: 'CHANGES_REQUIRE_VERIFICATION' },
    { studioId, kind: 'PAYMENT_DATA', mode: 'CHANGES_REQUIRE_VERIFICATION' },
    { studioId, kind: 'CONTRACT_CANCELATION', mode: 'CHANGES_WITHOUT_VERIFICATION' },
    { studioId, kind: 'MODULE_CANCELATION', mode: 'CHANGES_WITHOUT_VERIFICATION' },
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
  const talk = { customerId, subject: `${mark}subject`, agent: `${mark}agent` }
  await tx
    .insert(communicationThreads)
    .values({ id: firstId + THREAD, status: 'CREATED', ticketNumber: `${mark}ticket`, ...talk, ...stamps })
  await tx.insert(communications).values({
    threadId: firstId + THREAD,
    direction: 'INCOMING',
    channel: 'EMAIL',
    content: `${mark}content`,
    ...talk,
    occurredAt: CREATED,
    createdAt: CREATED,
  })
}
