import { and, eq, inArray, or, sql } from 'drizzle-orm'
import { bookableAppointments } from '../appointments/tables.ts'
import { classes } from '../classes/tables.ts'
import { prepared, type Queryable, type Tx } from '../platform/database/database.ts'
import { returnedId } from '../platform/database/returned-id.ts'
import { trialOfferAssignments, trialOfferConfigs } from './tables.ts'

type Fill = 'id' | 'tenantId' | 'createdAt' | 'updatedAt' | 'version' | 'leadDataConfigId'
export type NewConfig = Omit<typeof trialOfferConfigs.$inferInsert, Fill>

const selectConfig = prepared((db) =>
  db
    .select()
    .from(trialOfferConfigs)
    .where(
      and(
        eq(trialOfferConfigs.id, sql.placeholder('configId')),
        eq(trialOfferConfigs.studioId, sql.placeholder('studioId')),
      ),
    )
    .prepare('trial_offers_find_config'),
)

/** A config of the studio, active or not. */
export async function findConfig(db: Queryable, studioId: number, configId: number) {
  const [row] = await selectConfig(db).execute({ studioId, configId })
  return row
}

export type ConfigRow = NonNullable<Awaited<ReturnType<typeof findConfig>>>

/** Staff who change a config or what it offers wait here. */
export async function lockConfig(tx: Tx, configId: number): Promise<ConfigRow | undefined> {
  const [row] = await tx.select().from(trialOfferConfigs).where(eq(trialOfferConfigs.id, configId)).for('no key update')
  return row
}

/** Configs with what they offer, of one studio or of all. */
export function listConfigs(db: Queryable, studioId: number | null) {
  const offered = (column: 'class_id' | 'bookable_id') => sql<number[]>`array(select ${sql.identifier(column)}
    from trial_offer_assignments a where a.tenant_id = "trial_offer_configs"."tenant_id"
    and a.config_id = "trial_offer_configs"."id" and ${sql.identifier(column)} is not null order by 1)`
  return db
    .select({
      id: trialOfferConfigs.id,
      studioId: trialOfferConfigs.studioId,
      name: trialOfferConfigs.name,
      active: trialOfferConfigs.active,
      contingent: trialOfferConfigs.contingent,
      classIds: offered('class_id'),
      bookableIds: offered('bookable_id'),
    })
    .from(trialOfferConfigs)
    .where(studioId === null ? undefined : eq(trialOfferConfigs.studioId, studioId))
    .orderBy(trialOfferConfigs.id)
}

export async function insertConfig(tx: Tx, config: NewConfig, now: Temporal.Instant): Promise<number> {
  const rows = await tx
    .insert(trialOfferConfigs)
    .values({ ...config, createdAt: now, updatedAt: now })
    .returning({ id: trialOfferConfigs.id })
  return returnedId(rows)
}

export async function updateConfigRow(tx: Tx, configId: number, changes: Partial<NewConfig>, now: Temporal.Instant) {
  await tx
    .update(trialOfferConfigs)
    .set({ ...changes, updatedAt: now, version: sql`${trialOfferConfigs.version} + 1` })
    .where(eq(trialOfferConfigs.id, configId))
}

/** What a config offers. */
export interface Offered {
  readonly classIds: readonly number[]
  readonly bookableIds: readonly number[]
}

const readOffered = (rows: readonly { readonly classId: number | null; readonly bookableId: number | null }[]) => ({
  classIds: rows.flatMap(({ classId }) => classId ?? []),
  bookableIds: rows.flatMap(({ bookableId }) => bookableId ?? []),
})

const assignment = { classId: trialOfferAssignments.classId, bookableId: trialOfferAssignments.bookableId }

export async function findOffered(db: Queryable, configId: number): Promise<Offered> {
  const rows = await db
    .select(assignment)
    .from(trialOfferAssignments)
    .where(eq(trialOfferAssignments.configId, configId))
    .orderBy(trialOfferAssignments.classId, trialOfferAssignments.bookableId)
  return readOffered(rows)
}

/** Takes away all that a config offers, and from other configs what it shall offer. Returns what those have lost. */
export async function deleteAssignments(tx: Tx, configId: number, { classIds, bookableIds }: Offered) {
  const deleted = await tx
    .delete(trialOfferAssignments)
    .where(
      or(
        eq(trialOfferAssignments.configId, configId),
        inArray(trialOfferAssignments.classId, [...classIds]),
        inArray(trialOfferAssignments.bookableId, [...bookableIds]),
      ),
    )
    .returning({ ...assignment, configId: trialOfferAssignments.configId })
  const others = Map.groupBy(
    deleted.filter((row) => row.configId !== configId),
    (row) => row.configId,
  )
  return [...others].map(([other, rows]) => ({ configId: other, ...readOffered(rows) }))
}

export interface NewAssignment {
  readonly studioId: number
  readonly configId: number
  readonly classId: number | null
  readonly bookableId: number | null
}

/** Returns how many were stored: fewer when another config was just given one of them. */
export async function insertAssignments(tx: Tx, rows: readonly NewAssignment[], now: Temporal.Instant) {
  if (rows.length === 0) return 0
  const stored = await tx
    .insert(trialOfferAssignments)
    .values(rows.map((row) => ({ ...row, createdAt: now })))
    .onConflictDoNothing()
    .returning({ id: trialOfferAssignments.id })
  return stored.length
}

/** The given classes and bookables that the studio has. */
export async function listOfStudio(db: Queryable, studioId: number, { classIds, bookableIds }: Offered) {
  const [ofClasses, ofBookables] = await Promise.all([
    db
      .select({ id: classes.id })
      .from(classes)
      .where(and(eq(classes.studioId, studioId), inArray(classes.id, [...classIds]))),
    db
      .select({ id: bookableAppointments.id })
      .from(bookableAppointments)
      .where(and(eq(bookableAppointments.studioId, studioId), inArray(bookableAppointments.id, [...bookableIds]))),
  ])
  return {
    classIds: new Set(ofClasses.map(({ id }) => id)),
    bookableIds: new Set(ofBookables.map(({ id }) => id)),
  }
}
