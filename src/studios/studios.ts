import { diffValues } from '../platform/units/audit-values.ts'
import { takeYourTime } from '../platform/database/database.ts'
import { conflict, notFound, refuseFields, type Violation, violation } from '../platform/errors/errors.ts'
import type { Secrets } from '../platform/secrets.ts'
import { countryCodes, currencyCodes } from '../platform/validation/iso-codes.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { isZone } from '../platform/time/zoned-time.ts'
import { newAccessSecret } from './access-secret.ts'
import { insertStudio, insertTenant, lockStudio, type NewStudio, type StudioChanges, updateStudioRow } from './store.ts'

type Fill = 'tenantId' | 'createdAt' | 'updatedAt' | 'version'

/** Adds the tenant whose id the unit is stamped with (see `nextId`), with a root for its members' access codes. */
export async function createTenant(
  work: UnitOfWork,
  tenant: { readonly slug: string; readonly name: string; readonly defaultLanguage: string },
  secrets: Secrets,
) {
  const { tenantId } = work.caller
  await insertTenant(work.tx, {
    ...tenant,
    id: tenantId,
    status: 'ACTIVE',
    accessSecretEnc: newAccessSecret(secrets),
    createdAt: work.now,
    updatedAt: work.now,
  })
  work.audit({ action: 'tenant.created', entityKind: 'tenant', entityId: tenantId, diff: diffValues({}, tenant) })
}

/** Opens a studio; its number is unique in the tenant and becomes part of customer numbers. */
export async function createStudio(work: UnitOfWork, studio: Omit<NewStudio, Fill | 'status'>): Promise<number> {
  refuseImpossible(studio)
  const id = await insertStudio(work.tx, { ...studio, status: 'ACTIVE', createdAt: work.now, updatedAt: work.now })
  work.audit({
    action: 'studio.created',
    entityKind: 'studio',
    entityId: id,
    studioId: id,
    diff: diffValues({}, studio),
  })
  return id
}

/** Changes settings of a studio. With `version`, refuses when another writer has changed it since. */
export async function updateStudio(work: UnitOfWork, studioId: number, changes: StudioChanges, version?: number) {
  refuseImpossible(changes)
  const before = await lockStudio(work.tx, studioId)
  if (!before) throw notFound('studio', studioId)
  if (version !== undefined && version !== before.version) throw conflict('errormessage.concurrentModification')
  const diff = diffValues(before, changes)
  if (Object.keys(diff).length === 0) return
  // What is kept of each customer names the zone.
  if ('timeZone' in diff) await takeYourTime(work.tx)
  await updateStudioRow(work.tx, studioId, changes, work.now)
  work.audit({ action: 'studio.updated', entityKind: 'studio', entityId: studioId, studioId, diff })
}

/** What no studio can be: everything later relies on zone, currency and country being real. */
function refuseImpossible({ timeZone, currency, countryCode, name }: StudioChanges) {
  const violations: Violation[] = []
  if (name !== undefined && name.trim() === '') violations.push(violation('name', 'required'))
  if (timeZone !== undefined && !isZone(timeZone)) violations.push(violation('timeZone', 'pattern'))
  if (currency !== undefined && !currencyCodes.has(currency))
    violations.push(violation('currency', 'format', { type: 'STRING', value: 'currency' }))
  if (countryCode !== undefined && !countryCodes.has(countryCode))
    violations.push(violation('countryCode', 'format', { type: 'STRING', value: 'country' }))
  const [first, ...more] = violations
  if (first) throw refuseFields([first, ...more])
}
