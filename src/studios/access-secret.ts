import { randomBytes } from 'node:crypto'
import type { Secrets } from '../platform/secrets.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { replaceAccessSecret } from './store.ts'

const ACCESS_SECRET_BYTES = 32

/** A new root of the access codes of a tenant, sealed as it is stored. */
export function newAccessSecret(secrets: Secrets): Buffer {
  return secrets.seal('field', randomBytes(ACCESS_SECRET_BYTES).toString('base64'))
}

/** Gives the tenant a new root of access codes. Codes made by the old one count for 60 s more, older ones no longer. */
export async function rotateAccessSecret(work: UnitOfWork, secrets: Secrets) {
  await replaceAccessSecret(work.tx, newAccessSecret(secrets), work.now)
  const { tenantId } = work.caller
  work.audit({ action: 'tenant.accessSecretRotated', entityKind: 'tenant', entityId: tenantId })
}
