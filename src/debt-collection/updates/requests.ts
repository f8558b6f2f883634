import { createHash } from 'node:crypto'
import { conflict } from '../../platform/errors/errors.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { type AgencyKey, insertAgencyRequest, isSameRequest } from '../agencies/agency-store.ts'
import type { DebtCollectionUpdate } from '../api-schemas.ts'

/**
 * Notes what an agency has sent. Answers false for what it has sent before: then nothing is left to do. Refuses (409) the
 * same id with other content.
 */
export async function recordRequest(
  work: UnitOfWork,
  { studioId, integrationId }: AgencyKey,
  body: DebtCollectionUpdate,
): Promise<boolean> {
  const bodySha256 = createHash('sha256').update(sortedJson(body)).digest()
  const request = { studioId, integrationId, requestId: body.requestId, bodySha256 }
  if (await insertAgencyRequest(work.tx, request, work.now)) return true
  if (await isSameRequest(work.tx, request)) return false
  throw conflict('errormessage.debtCollection.requestIdReused', { reference: 'requestId' })
}

/** JSON that does not depend on the order of members, which carries no meaning. */
function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  )
}
