import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { returnedId } from '../../platform/database/returned-id.ts'
import type { Assignment } from './assignment-rules.ts'
import {
  additionalInformationAssignments as assignments,
  additionalInformationFields,
  additionalInformationFields as fields,
  additionalInformationListItems,
  additionalInformationListItems as items,
} from '../tables.ts'

export type FieldRow = typeof fields.$inferSelect

export type ItemRow = typeof items.$inferSelect

export type FieldValues = Pick<FieldRow, 'name' | 'abbreviation' | 'position' | 'active' | 'studioIds'>

export type NewField = FieldValues & Pick<FieldRow, 'type' | 'multi'>

export type ItemValues = Pick<ItemRow, 'name' | 'position' | 'active'>

const isAssignedTo = (studioId: number) => sql`${studioId} = any(${fields.studioIds})`

/** The active fields of a studio, in the order of its staff. */
export function listActiveFields(db: Queryable, studioId: number): Promise<FieldRow[]> {
  return db
    .select()
    .from(fields)
    .where(and(eq(fields.active, true), isAssignedTo(studioId)))
    .orderBy(asc(fields.position), asc(fields.id))
}

/** Every field of the tenant, switched off ones included. */
export function listFields(db: Queryable): Promise<FieldRow[]> {
  return db.select().from(fields).orderBy(asc(fields.position), asc(fields.id))
}

/** The items of some fields, in their order, switched off ones included. */
export function listItems(db: Queryable, fieldIds: readonly number[]): Promise<ItemRow[]> {
  return db
    .select()
    .from(items)
    .where(inArray(items.fieldId, [...fieldIds]))
    .orderBy(asc(items.position), asc(items.id))
}

/** What a customer has for the active fields of a studio, by field. */
export async function listVisibleAssignments(db: Queryable, customerId: number, studioId: number) {
  return db
    .select({ additionalInformationFieldId: assignments.fieldId, value: assignments.value })
    .from(assignments)
    .innerJoin(fields, and(eq(fields.tenantId, assignments.tenantId), eq(fields.id, assignments.fieldId)))
    .where(and(eq(assignments.customerId, customerId), eq(fields.active, true), isAssignedTo(studioId)))
    .orderBy(asc(assignments.fieldId))
}

export async function deleteAssignments(tx: Tx, customerId: number, fieldIds: readonly number[]) {
  if (fieldIds.length === 0) return
  await tx
    .delete(assignments)
    .where(and(eq(assignments.customerId, customerId), inArray(assignments.fieldId, [...fieldIds])))
}

/** Stores values, new or in place of former ones. */
export async function saveAssignments(
  tx: Tx,
  customerId: number,
  values: readonly Assignment[],
  now: Temporal.Instant,
) {
  if (values.length === 0) return
  const rows = values.map(({ additionalInformationFieldId: fieldId, value }) => ({
    customerId,
    fieldId,
    value,
    createdAt: now,
  }))
  await tx
    .insert(assignments)
    .values(rows)
    .onConflictDoUpdate({
      target: [assignments.tenantId, assignments.customerId, assignments.fieldId],
      set: { value: sql`excluded.value` },
    })
}

/** Another unit that changes a field or its items waits until this one ends. */
export async function lockField(tx: Tx, fieldId: number): Promise<FieldRow | undefined> {
  const [row] = await tx.select().from(fields).where(eq(fields.id, fieldId)).for('no key update')
  return row
}

export async function findItem(db: Queryable, itemId: number): Promise<ItemRow | undefined> {
  const [row] = await db.select().from(items).where(eq(items.id, itemId))
  return row
}

export async function insertField(tx: Tx, field: NewField, now: Temporal.Instant): Promise<number> {
  const rows = await tx
    .insert(fields)
    .values({ ...field, createdAt: now, updatedAt: now })
    .returning({ id: fields.id })
  return returnedId(rows)
}

export async function updateFieldRow(tx: Tx, fieldId: number, changes: Partial<FieldValues>, now: Temporal.Instant) {
  await tx
    .update(fields)
    .set({ ...changes, updatedAt: now, version: sql`${fields.version} + 1` })
    .where(eq(fields.id, fieldId))
}

export async function insertItem(
  tx: Tx,
  item: ItemValues & { readonly fieldId: number },
  now: Temporal.Instant,
): Promise<number> {
  const rows = await tx
    .insert(items)
    .values({ ...item, createdAt: now })
    .returning({ id: items.id })
  return returnedId(rows)
}

export async function updateItemRow(tx: Tx, itemId: number, changes: Partial<ItemValues>) {
  await tx.update(items).set(changes).where(eq(items.id, itemId))
}

/** Active fields of a studio with their active list items. */
export async function listAssignableFields(db: Queryable, studioId: number) {
  return db
    .select({
      id: additionalInformationFields.id,
      type: additionalInformationFields.type,
      multi: additionalInformationFields.multi,
      itemIds: sql<number[]>`array(
        select ${additionalInformationListItems.id} from ${additionalInformationListItems}
        where ${additionalInformationListItems.tenantId} = "additional_information_fields"."tenant_id"
          and ${additionalInformationListItems.fieldId} = "additional_information_fields"."id"
          and ${additionalInformationListItems.active})`,
    })
    .from(additionalInformationFields)
    .where(
      and(
        eq(additionalInformationFields.active, true),
        sql`${studioId} = any(${additionalInformationFields.studioIds})`,
      ),
    )
}
