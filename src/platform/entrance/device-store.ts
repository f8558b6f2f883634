import { sql } from 'drizzle-orm'
import { prepared, type Queryable, type Tx } from '../database/database.ts'
import type { DeviceCaller } from '../units/caller.ts'
import type { Holder } from './authentication.ts'

const selectDevice = prepared((db) =>
  db
    .select({
      deviceId: sql<number>`device_id`,
      model: sql<string>`device_model`,
      config: sql<unknown>`device_config`,
      isValid: sql<boolean>`device_state = 'ACTIVE' and tenant_status = 'ACTIVE' and studio_status <> 'CLOSED'`,
      studioId: sql<number>`studio_id`,
      studioName: sql<string>`studio_name`,
      zone: sql<string>`time_zone`,
      currency: sql<string>`currency`,
      languageTag: sql<string>`language_tag`,
      countryCode: sql<string>`country_code`,
      tenantId: sql<number>`tenant_id`,
      tenantSlug: sql<string>`tenant_slug`,
      defaultLanguage: sql<string>`default_language`,
    })
    .from(sql`palestra_find_device(${sql.placeholder('hash')})`)
    .prepare('devices_find_device'),
)

/** The active device of a token by its hash, where tenant and studio allow calls. */
export async function findDevice(db: Queryable, hash: Buffer): Promise<DeviceHolder | undefined> {
  const [row] = await selectDevice(db).execute({ hash })
  if (!row?.isValid) return undefined
  return {
    actor: { kind: 'DEVICE', id: row.deviceId },
    tenantId: row.tenantId,
    tenant: { slug: row.tenantSlug, defaultLanguage: row.defaultLanguage },
    studio: {
      id: row.studioId,
      name: row.studioName,
      zone: row.zone,
      currency: row.currency,
      languageTag: row.languageTag,
      countryCode: row.countryCode,
    },
    device: { id: row.deviceId, model: row.model, config: row.config },
    dateTimeForm: 'CONTRACT',
    absentValues: 'OMIT',
    expiresAt: null,
  }
}

/** Stores when a device last sent a request, in real time. */
export async function touchDevice(tx: Tx, deviceId: number, seenAt: Temporal.Instant) {
  // writes devices: a call is answered by the platform before the module that owns its device is asked anything
  await tx.execute(sql`update devices set last_seen_at = ${seenAt.toString()} where id = ${deviceId}`)
}

/** Stores a token's hash under the newest secret; the token stays what it was. */
export async function renewTokenHash(tx: Tx, deviceId: number, tokenHash: Buffer) {
  // writes devices: the token is known only to the device that presents it
  await tx.execute(sql`update devices set token_hash = ${tokenHash} where id = ${deviceId} and state = 'ACTIVE'`)
}

/** A token's device without the parts that belong to one request. */
export type DeviceHolder = Omit<DeviceCaller, 'traceId' | 'ip' | 'language' | 'demand'> & Holder
