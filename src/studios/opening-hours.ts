import { takeYourTime } from '../platform/database/database.ts'
import { notFound, refuseFields, violation } from '../platform/errors/errors.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { defined } from '../platform/values/defined.ts'
import {
  deleteCategories,
  deleteCategoryTimes,
  deleteClosings,
  deleteOpeningHours,
  insertCategoryTimes,
  insertClosings,
  insertOpeningHours,
  listCategories,
  type NewCategoryTime,
  type NewOpeningHours,
  saveCategory,
} from './opening-hour-store.ts'
import { lockStudio } from './store.ts'
import { openingHoursUpdated } from './events.ts'
import { isBefore } from '../platform/time/order.ts'

export type OpeningHoursInput = Omit<NewOpeningHours, 'id' | 'studioId' | 'createdAt'>

/** Local, half-open: closed from `fromLocal` until just before `toLocal`. */
export interface ClosingInput {
  readonly reason: string
  readonly fromLocal: Temporal.PlainDateTime
  readonly toLocal: Temporal.PlainDateTime
}

export interface CategoryInput {
  /** Left out for a new category. */
  readonly id?: number
  readonly name: string
  readonly times: readonly Pick<NewCategoryTime, 'day' | 'timeFrom' | 'timeTo'>[]
}

/** Everything that decides when a studio is open; a part that is left out stays as it is, a given part is replaced. */
export interface OpeningHoursSave {
  readonly hours?: readonly OpeningHoursInput[]
  readonly closings?: readonly ClosingInput[]
  readonly categories?: readonly CategoryInput[]
}

/** Saves opening hours, closings and categories of a studio as one change with one event. */
export async function saveOpeningHours(work: UnitOfWork, studioId: number, save: OpeningHoursSave) {
  const { tx, now } = work
  refuseReversed(save.closings ?? [])
  if (!(await lockStudio(tx, studioId))) throw notFound('studio', studioId)
  if (save.hours) {
    await deleteOpeningHours(tx, studioId)
    await insertOpeningHours(
      tx,
      save.hours.map((row) => ({ ...row, studioId, createdAt: now })),
    )
  }
  if (save.closings) {
    await deleteClosings(tx, studioId)
    await insertClosings(
      tx,
      save.closings.map((row) => ({ ...row, studioId, createdAt: now, updatedAt: now })),
    )
  }
  if (save.categories) await replaceCategories(work, studioId, save.categories)
  work.audit({
    action: 'studio.openingHoursSaved',
    entityKind: 'studio',
    entityId: studioId,
    studioId,
    diff: Object.fromEntries(Object.entries(save).map(([part, rows]) => [part, [null, rows]])),
  })
  work.emit(openingHoursUpdated({ entityId: studioId, audienceStudioIds: [studioId] }))
}

function refuseReversed(closings: readonly ClosingInput[]) {
  for (const [at, { fromLocal, toLocal }] of closings.entries()) {
    if (isBefore(fromLocal, toLocal)) continue
    throw refuseFields([violation(`closings[${at}].from`, 'dateOrder', { type: 'STRING', value: 'to' })])
  }
}

/** Categories keep their ids, because rates and signed contracts refer to them. */
async function replaceCategories({ tx, now }: UnitOfWork, studioId: number, wanted: readonly CategoryInput[]) {
  // What is kept of each customer names the times of the membership.
  await takeYourTime(tx)
  const known = (await listCategories(tx, studioId)).map(({ id }) => id)
  const kept = new Set(wanted.map(({ id }) => id))
  await deleteCategoryTimes(tx, known)
  await deleteCategories(
    tx,
    known.filter((id) => !kept.has(id)),
  )
  for (const { id, name, times } of wanted) {
    const categoryId = await saveCategory(tx, {
      ...defined({ id }),
      studioId,
      name,
      createdAt: now,
      updatedAt: now,
    })
    await insertCategoryTimes(
      tx,
      times.map((time) => ({ ...time, categoryId, createdAt: now })),
    )
  }
}
