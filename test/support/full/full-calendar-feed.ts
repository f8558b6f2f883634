import { sql } from 'drizzle-orm'
import { calendarFeeds } from '../../../src/calendar-feeds/tables.ts'
import { activations } from '../../../src/integrations/tables.ts'
import { at, CREATED, type Fill } from './full-members.ts'

/** A link to the class of the studio, made by its integration; nobody has its token. */
export async function insertCalendarFeed({ tx, studio: { studioId, integrationId }, mark, firstId }: Fill) {
  await tx.insert(calendarFeeds).values({
    id: firstId + at.calendarFeed,
    activationId: sql`(select ${activations.id} from ${activations}
      where ${activations.studioId} = ${studioId} and ${activations.integrationId} = ${integrationId})`,
    tokenHash: Buffer.from(`${mark}feed`),
    classId: firstId + at.class,
    createdAt: CREATED,
  })
}
