import { notFound } from '../platform/errors/errors.ts'
import type { View } from '../platform/units/work.ts'
import {
  findStudioWithLogo,
  listCategoryTimes,
  listClosings,
  listOpeningHours,
  listTagsOfStudio,
} from './information-store.ts'

const CLOSINGS_AHEAD_DAYS = 365

export type StudioFacts = Awaited<ReturnType<typeof getStudioFacts>>

/** Everything that is published about a studio; closings that are not over, of the next 365 days. */
export async function getStudioFacts({ db, now }: View, studio: { readonly id: number; readonly zone: string }) {
  const local = now.toZonedDateTimeISO(studio.zone).toPlainDateTime()
  const span = { from: local, until: local.add({ days: CLOSINGS_AHEAD_DAYS }) }
  const [found, hours, closings, categoryTimes, tags] = await Promise.all([
    findStudioWithLogo(db, studio.id),
    listOpeningHours(db, studio.id),
    listClosings(db, studio.id, span),
    listCategoryTimes(db, studio.id),
    listTagsOfStudio(db, studio.id),
  ])
  if (!found) throw notFound('studio', studio.id)
  return { ...found, hours, closings, categoryTimes, tags }
}
