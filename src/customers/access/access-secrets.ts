import type { Secrets } from '../../platform/secrets.ts'
import { isBefore } from '../../platform/time/order.ts'

/** After a rotation the old secret counts as long as a code of its last moment would. */
const OLD_SECRET_SECONDS = 60

/** The secrets of a tenant as they are stored: sealed Base64. */
export interface StoredAccessSecrets {
  readonly secret: Buffer | null
  readonly previousSecret: Buffer | null
  readonly rotatedAt: Temporal.Instant | null
}

/** The secrets by which a dynamic code may have been made, the one of new codes first. */
export function openAccessSecrets(
  { secret, previousSecret, rotatedAt }: StoredAccessSecrets,
  secrets: Secrets,
  now: Temporal.Instant,
): readonly Buffer[] {
  const isOldValid = rotatedAt !== null && isBefore(now, rotatedAt.add({ seconds: OLD_SECRET_SECONDS }))
  return [secret, isOldValid ? previousSecret : null]
    .filter((sealed) => sealed !== null)
    .map((sealed) => Buffer.from(secrets.open('field', sealed), 'base64'))
}
