import { sql } from 'drizzle-orm'
import { prepared, type Queryable } from './database.ts'
import { returnedId } from './returned-id.ts'

const nextValue = prepared((db) =>
  db.select({ id: sql<number>`nextval('palestra_id')` }).from(sql`(select 1) as one`).prepare('platform_next_id'),
)

/** The next id of the installation, for a row whose dependants are sent together with it. */
export async function nextId(db: Queryable): Promise<number> {
  const rows = await nextValue(db).execute()
  return returnedId(rows)
}
