import { notFound } from '../../platform/errors/errors.ts'
import type { StudioWork, UnitOfWork } from '../../platform/units/work.ts'
import { findStudio, findTenant } from '../../studios/index.ts'

/** The unit of staff as one on behalf of the studio in which they sell; an unknown one is refused (404). */
export async function openCounter(work: UnitOfWork, studioId: number): Promise<StudioWork> {
  const [row, tenant] = await Promise.all([findStudio(work.tx, studioId), findTenant(work.tx)])
  if (!row || !tenant) throw notFound('studio', studioId)
  const { id, name, timeZone: zone, currency, languageTag, countryCode } = row
  const studio = { id, name, zone, currency, languageTag, countryCode }
  return { ...work, caller: { ...work.caller, tenant, studio } }
}
