import { and, asc, eq, ne, sql } from 'drizzle-orm'
import { additionalInformationFields, additionalInformationListItems } from '../customers/tables.ts'
import type { Queryable, Tx } from '../platform/database/database.ts'
import { returnedId } from '../platform/database/returned-id.ts'
import type { LeadField } from './draft-facts.ts'
import type { FieldMode, LeadModes } from './form-rules.ts'
import { leadConfigFields, leadConfigs } from './tables.ts'

/** What the staff of a studio have configured, if anything. */
export async function findLeadConfig(db: Queryable, studioId: number) {
  const [row] = await db.select().from(leadConfigs).where(eq(leadConfigs.studioId, studioId))
  return row
}

const items = sql<LeadField['items']>`coalesce((
  select json_agg(json_build_object('id', i.id, 'name', i.name) order by i.position, i.id)
  from ${additionalInformationListItems} i
  where i.tenant_id = ${additionalInformationFields.tenantId} and i.field_id = ${additionalInformationFields.id}
    and i.active), '[]'::json)`

/** The fields that a studio offers to prospects now, in their order: those that the studio has and has not switched off. */
export function listOfferedFields(db: Queryable, studioId: number): Promise<LeadField[]> {
  return db
    .select({
      id: additionalInformationFields.id,
      name: additionalInformationFields.name,
      type: additionalInformationFields.type,
      multi: additionalInformationFields.multi,
      mode: leadConfigFields.mode,
      items,
    })
    .from(leadConfigFields)
    .innerJoin(
      additionalInformationFields,
      and(
        eq(additionalInformationFields.tenantId, leadConfigFields.tenantId),
        eq(additionalInformationFields.id, leadConfigFields.additionalFieldId),
      ),
    )
    .where(
      and(
        eq(leadConfigFields.studioId, studioId),
        ne(leadConfigFields.mode, 'INACTIVE'),
        eq(additionalInformationFields.active, true),
        sql`${studioId} = any(${additionalInformationFields.studioIds})`,
      ),
    )
    .orderBy(asc(leadConfigFields.position), asc(leadConfigFields.id))
}

/** Every field that staff have put into the form of a studio, switched off ones included. */
export function listConfiguredFields(db: Queryable, studioId: number) {
  const { additionalFieldId, mode, position } = leadConfigFields
  return db
    .select({ additionalFieldId, mode })
    .from(leadConfigFields)
    .where(eq(leadConfigFields.studioId, studioId))
    .orderBy(asc(position), asc(leadConfigFields.id))
}

/** Which of these fields a studio has, switched off ones included. */
export async function listFieldIdsOfStudio(db: Queryable, studioId: number): Promise<number[]> {
  const rows = await db
    .select({ id: additionalInformationFields.id })
    .from(additionalInformationFields)
    .where(sql`${studioId} = any(${additionalInformationFields.studioIds})`)
  return rows.map(({ id }) => id)
}

/** Answers the id of the studio's configuration, new or not. */
export async function saveModes(tx: Tx, studioId: number, modes: LeadModes, now: Temporal.Instant): Promise<number> {
  const rows = await tx
    .insert(leadConfigs)
    .values({ studioId, ...modes, createdAt: now, updatedAt: now })
    .onConflictDoUpdate({
      target: [leadConfigs.tenantId, leadConfigs.studioId],
      set: { ...modes, updatedAt: now, version: sql`${leadConfigs.version} + 1` },
    })
    .returning({ id: leadConfigs.id })
  return returnedId(rows)
}

export async function deleteConfiguredFields(tx: Tx, configId: number) {
  await tx.delete(leadConfigFields).where(eq(leadConfigFields.configId, configId))
}

export async function insertConfiguredFields(
  tx: Tx,
  config: { readonly configId: number; readonly studioId: number },
  fields: readonly { readonly additionalFieldId: number; readonly mode: FieldMode }[],
  now: Temporal.Instant,
) {
  if (fields.length === 0) return
  const rows = fields.map((field, position) => ({ ...field, ...config, position, createdAt: now }))
  await tx.insert(leadConfigFields).values(rows)
}
