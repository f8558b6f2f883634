import { sql } from 'drizzle-orm'
import { prepared, type Queryable, type Tx } from '../database/database.ts'
import type { PartnerCaller } from '../units/caller.ts'
import type { Holder } from './authentication.ts'

const orNull = (text: string | null) => (text === null ? null : Temporal.Instant.from(text))

const selectKey = prepared((db) =>
  db
    .select({
      keyId: sql<number>`key_id`,
      expiresAt: sql<string | null>`key_expires_at`,
      isValid: sql<boolean>`key_status = 'ACTIVE' and activation_status = 'ACTIVE' and tenant_status = 'ACTIVE' and studio_status <> 'CLOSED'`,
      activationId: sql<number>`activation_id`,
      activationStatus: sql<string>`activation_status`,
      confirmedAt: sql<string | null>`confirmed_at`,
      webhooksEnabledAt: sql<string | null>`webhooks_enabled_at`,
      scopes: sql<string[]>`scopes`,
      integrationId: sql<number>`integration_id`,
      integrationName: sql<string>`integration_name`,
      webhookAccess: sql<boolean>`webhook_access`,
      rateLimitDefault: sql<number | null>`rate_limit_default`,
      rateLimitOverrides: sql<Record<string, number>>`rate_limit_overrides`,
      dateTimeForm: sql<'CONTRACT' | 'RFC3339'>`date_time_form`,
      absentValues: sql<'OMIT' | 'NULL'>`absent_values`,
      studioId: sql<number>`studio_id`,
      studioName: sql<string>`studio_name`,
      zone: sql<string>`time_zone`,
      currency: sql<string>`currency`,
      languageTag: sql<string>`language_tag`,
      countryCode: sql<string>`country_code`,
      tenantId: sql<number>`tenant_id`,
      tenantSlug: sql<string>`tenant_slug`,
      defaultLanguage: sql<string>`default_language`,
      visibleStudioIds: sql<number[]>`visible_studio_ids`,
    })
    .from(sql`palestra_find_key(${sql.placeholder('hash')})`)
    .prepare('keys_find_key'),
)

/** The holder of an inbound key by its hash, when key, activation, tenant and studio all allow calls. */
export async function findKey(db: Queryable, hash: Buffer): Promise<KeyHolder | undefined> {
  const [row] = await selectKey(db).execute({ hash })
  if (!row?.isValid) return undefined
  return {
    actor: { kind: 'API_KEY', id: row.keyId },
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
    integration: { id: row.integrationId, name: row.integrationName, webhookAccess: row.webhookAccess },
    activation: {
      id: row.activationId,
      status: row.activationStatus,
      confirmedAt: orNull(row.confirmedAt),
      webhooksEnabledAt: orNull(row.webhooksEnabledAt),
    },
    keyId: row.keyId,
    scopes: new Set(row.scopes),
    visibleStudioIds: row.visibleStudioIds,
    rateLimit: { default: row.rateLimitDefault, overrides: row.rateLimitOverrides },
    dateTimeForm: row.dateTimeForm,
    absentValues: row.absentValues,
    expiresAt: orNull(row.expiresAt),
  }
}

/** Notes that a key was used, for staff who review keys. `usedAt` is real time. */
export async function touchKey(tx: Tx, keyId: number, usedAt: Temporal.Instant) {
  // writes api_keys: a call is answered by the platform before the module that owns its key is asked anything
  await tx.execute(sql`update api_keys set last_used_at = ${usedAt.toString()} where id = ${keyId}`)
}

/** Stores a key's hash under the newest secret; the key stays what it was. */
export async function renewKeyHash(tx: Tx, keyId: number, keyHash: Buffer) {
  // writes api_keys: only who is shown the key can hash it anew, and that is the entrance
  await tx.execute(sql`update api_keys set key_hash = ${keyHash} where id = ${keyId}`)
}

/** A key's caller without the parts that belong to one request. */
export type KeyHolder = Omit<PartnerCaller, 'traceId' | 'ip' | 'language' | 'demand'> & Holder
