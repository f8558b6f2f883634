import { checkIns } from '../../../src/checkins/tables.ts'
import { contractCheckinStudios, contracts } from '../../../src/contracts/tables.ts'
import { eq } from 'drizzle-orm'
import { CREATED, type Fill, FIRST_MEMBER } from './full-members.ts'

/** Lets the members in everywhere; the first one was there for an hour. */
export async function insertVisits({ tx, studio: { studioId }, firstId }: Fill) {
  const rows = await tx.select({ contractId: contracts.id }).from(contracts).where(eq(contracts.studioId, studioId))
  await tx.insert(contractCheckinStudios).values(rows.map(({ contractId }) => ({ contractId, createdAt: CREATED })))
  await tx.insert(checkIns).values({
    customerId: firstId + FIRST_MEMBER,
    studioId,
    inSource: 'DEVICE',
    outSource: 'DEVICE',
    checkedInAt: Temporal.Instant.from('2026-06-10T16:00Z'),
    checkedOutAt: Temporal.Instant.from('2026-06-10T17:00Z'),
    createdAt: CREATED,
  })
}
