import { diffValues } from '../../platform/units/audit-values.ts'
import { badRequest, notFound } from '../../platform/errors/errors.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { findStudio } from '../../studios/index.ts'
import {
  type FieldRow,
  type FieldValues,
  findItem,
  insertField,
  insertItem,
  type ItemValues,
  listFields,
  listItems,
  lockField,
  type NewField,
  updateFieldRow,
  updateItemRow,
} from './information-store.ts'
import { informationFieldsUpdated } from '../events.ts'

/** A field as staff define it. What it asks for stays as it is; without a position it comes last. */
export interface FieldInput extends Pick<NewField, 'name' | 'type'> {
  readonly studioIds: readonly number[]
  readonly abbreviation?: string
  readonly multi?: boolean
  readonly position?: number
  /** Names of list items, in their order. */
  readonly items?: readonly string[]
}

/** Adds a field to the customers of some studios. */
export async function createField(work: UnitOfWork, input: FieldInput): Promise<number> {
  const { tx, now } = work
  const { name, type, abbreviation = null, multi = false, items = [] } = input
  const studioIds = await checkStudios(work, input.studioIds)
  if (type !== 'LIST' && (multi || items.length > 0))
    throw badRequest('errormessage.additionalInformationField.notList')
  const position = input.position ?? nextPosition(await listFields(tx))
  const field = { name, type, abbreviation, multi, position, studioIds, active: true }
  const id = await insertField(tx, field, now)
  for (const [position, item] of items.entries()) {
    await insertItem(tx, { fieldId: id, name: item, position, active: true }, now)
  }
  recordFieldChange(work, { action: 'created', fieldId: id, studioIds, diff: diffValues({}, { ...field, items }) })
  return id
}

/** Changes a field, or switches it off and on: its values stay with the customers, and show again later. */
export async function updateField(work: UnitOfWork, fieldId: number, changes: Partial<FieldValues>) {
  const before = await getField(work, fieldId)
  const wanted = changes.studioIds ? { ...changes, studioIds: await checkStudios(work, changes.studioIds) } : changes
  const diff = diffValues<FieldValues>(before, wanted)
  if (Object.keys(diff).length === 0) return
  await updateFieldRow(work.tx, fieldId, wanted, work.now)
  const studioIds = [...before.studioIds, ...(wanted.studioIds ?? [])]
  recordFieldChange(work, { action: 'updated', fieldId, studioIds, diff })
}

/** Adds an item to a list. */
export async function addListItem(
  work: UnitOfWork,
  fieldId: number,
  item: { readonly name: string; readonly position?: number },
): Promise<number> {
  const { type, studioIds } = await getField(work, fieldId)
  if (type !== 'LIST') throw badRequest('errormessage.additionalInformationField.notList')
  const position = item.position ?? nextPosition(await listItems(work.tx, [fieldId]))
  const values = { name: item.name, position, active: true }
  const itemId = await insertItem(work.tx, { ...values, fieldId }, work.now)
  recordFieldChange(work, { action: 'updated', fieldId, studioIds, diff: { [`item ${itemId}`]: [null, values] } })
  return itemId
}

/** Changes an item, or switches it off: customers who have it keep it, nobody else can choose it. */
export async function updateListItem(work: UnitOfWork, itemId: number, changes: Partial<ItemValues>) {
  const found = await findItem(work.tx, itemId)
  if (!found) throw notFound('additionalInformationListItem', itemId)
  const { studioIds } = await getField(work, found.fieldId)
  const before = (await findItem(work.tx, itemId)) ?? found
  const diff = diffValues<ItemValues>(before, changes)
  if (Object.keys(diff).length === 0) return
  await updateItemRow(work.tx, itemId, changes)
  const [old, now] = [0, 1].map((side) => Object.fromEntries(Object.entries(diff).map(([k, pair]) => [k, pair[side]])))
  recordFieldChange(work, {
    action: 'updated',
    fieldId: found.fieldId,
    studioIds,
    diff: { [`item ${itemId}`]: [old, now] },
  })
}

async function getField({ tx }: UnitOfWork, fieldId: number): Promise<FieldRow> {
  const field = await lockField(tx, fieldId)
  if (!field) throw notFound('additionalInformationField', fieldId)
  return field
}

async function checkStudios({ tx }: UnitOfWork, studioIds: readonly number[]): Promise<number[]> {
  const wanted = [...new Set(studioIds)]
  for (const id of wanted) if (!(await findStudio(tx, id))) throw notFound('studio', id)
  return wanted
}

function nextPosition(others: readonly { readonly position: number }[]): number {
  return Math.max(-1, ...others.map(({ position }) => position)) + 1
}

interface FieldChange {
  readonly action: 'created' | 'updated'
  readonly fieldId: number
  readonly studioIds: readonly number[]
  readonly diff: Readonly<Record<string, readonly [unknown, unknown]>>
}

/** Every studio receives one event that its fields have changed. */
function recordFieldChange(work: UnitOfWork, { action, fieldId, studioIds, diff }: FieldChange) {
  const entityKind = 'additionalInformationField'
  work.audit({ action: `${entityKind}.${action}`, entityKind, entityId: fieldId, diff })
  for (const studioId of new Set(studioIds)) {
    work.emit(informationFieldsUpdated({ entityId: studioId, audienceStudioIds: [studioId] }))
  }
}
