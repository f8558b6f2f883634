import { notFound } from '../../platform/errors/errors.ts'
import type { Queryable } from '../../platform/database/database.ts'
import { findStudio, type StudioRow } from '../../studios/index.ts'

export async function getStudio(db: Queryable, studioId: number): Promise<StudioRow> {
  const studio = await findStudio(db, studioId)
  if (!studio) throw notFound('studio', studioId)
  return studio
}
