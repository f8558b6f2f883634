import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, jsonb, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { bytes, instant, ref } from '../platform/database/columns.ts'
import { aggregateTable, belongsTo, tenantTable } from '../platform/database/tenant-table.ts'
import { studios } from '../studios/tables.ts'

/** A partner's product. What it may do in a studio stands in the activation. */
export const integrations = aggregateTable('integrations', {
  name: text('name').notNull(),
  contactEmail: text('contact_email'),
  requestedScopes: text('requested_scopes').array().notNull(),
  webhookAccess: boolean('webhook_access').notNull(),
  rateLimitDefault: integer('rate_limit_default'),
  /** operationId → requests per minute. */
  rateLimitOverrides: jsonb('rate_limit_overrides').$type<Readonly<Record<string, number>>>().notNull().default({}),
  dateTimeForm: text('date_time_form', { enum: ['CONTRACT', 'RFC3339'] })
    .notNull()
    .default('CONTRACT'),
  /** NULL writes `null` into answers where a declared property has no value; else it is left out. */
  absentValues: text('absent_values', { enum: ['OMIT', 'NULL'] })
    .notNull()
    .default('OMIT'),
  /** NUMBERS prints the amounts of contract previews as plain numbers. */
  previewShape: text('preview_shape', { enum: ['CONTRACT', 'NUMBERS'] })
    .notNull()
    .default('CONTRACT'),
  retryPolicy: text('retry_policy', { enum: ['standard', 'none', 'exponential'] })
    .notNull()
    .default('standard'),
  signingSecretEnc: bytes('signing_secret_enc'),
  /** Signs beside the new one for 24 h after a rotation. */
  previousSigningSecretEnc: bytes('previous_signing_secret_enc'),
  signingSecretRotatedAt: instant('signing_secret_rotated_at'),
})

/** An integration in one studio: state, granted scopes, confirmation. */
export const activations = aggregateTable(
  'activations',
  {
    integrationId: ref('integration_id').notNull(),
    studioId: ref('studio_id').notNull(),
    status: text('status', { enum: ['REQUESTED', 'ACTIVE', 'SUSPENDED', 'ENDED'] }).notNull(),
    scopes: text('scopes').array().notNull(),
    confirmedAt: instant('confirmed_at'),
    /** Events from before this instant are never delivered. */
    webhooksEnabledAt: instant('webhooks_enabled_at'),
  },
  (t) => [
    uniqueIndex('activations_one_per_studio')
      .on(t.tenantId, t.integrationId, t.studioId)
      .where(sql`${t.status} <> 'ENDED'`),
    index('activations_studio').on(t.tenantId, t.studioId),
    belongsTo(t, t.integrationId, integrations),
    belongsTo(t, t.studioId, studios),
  ],
)

/** INBOUND keys are known by their hash only; WEBHOOK keys must be sent out and are kept encrypted. */
export const apiKeys = tenantTable(
  'api_keys',
  {
    activationId: ref('activation_id').notNull(),
    kind: text('kind', { enum: ['INBOUND', 'WEBHOOK'] }).notNull(),
    keyHash: bytes('key_hash'),
    keyEnc: bytes('key_enc'),
    /** The last four characters. */
    hint: text('hint').notNull(),
    status: text('status', { enum: ['ACTIVE', 'REVOKED'] }).notNull(),
    expiresAt: instant('expires_at'),
    lastUsedAt: instant('last_used_at'),
    revokedAt: instant('revoked_at'),
  },
  (t) => [
    // Across tenants on purpose: the key decides which tenant is meant, so no two tenants may hold the same one.
    uniqueIndex('api_keys_key_hash_unique').on(t.keyHash),
    uniqueIndex('api_keys_one_webhook_key')
      .on(t.tenantId, t.activationId)
      .where(sql`${t.kind} = 'WEBHOOK' and ${t.status} = 'ACTIVE'`),
    index('api_keys_activation').on(t.tenantId, t.activationId),
    check(
      'api_keys_secret_by_kind',
      sql`(${t.kind} = 'INBOUND') = (${t.keyHash} is not null) and (${t.kind} = 'WEBHOOK') = (${t.keyEnc} is not null)`,
    ),
    belongsTo(t, t.activationId, activations),
  ],
)

/** One-time links to the keys of an activation: who holds the token may see them once, until `expires_at`. */
export const keyReveals = tenantTable(
  'key_reveals',
  {
    activationId: ref('activation_id').notNull(),
    keyId: ref('key_id').notNull(),
    /** The token itself stands in the mail only. */
    tokenHash: bytes('token_hash').notNull(),
    /** The inbound key, for as long as it may be shown: nowhere else is it kept in a form that can be read. */
    keyEnc: bytes('key_enc'),
    /** By the clock of the tenant, like `revealed_at`. */
    expiresAt: instant('expires_at').notNull(),
    revealedAt: instant('revealed_at'),
  },
  (t) => [
    // Across tenants on purpose: the token decides which tenant is meant.
    uniqueIndex('key_reveals_token_hash_unique').on(t.tokenHash),
    index('key_reveals_key').on(t.tenantId, t.keyId),
    index('key_reveals_expiry').on(t.tenantId, t.expiresAt),
    check('key_reveals_shown_once', sql`${t.revealedAt} is null or ${t.keyEnc} is null`),
    belongsTo(t, t.activationId, activations),
    belongsTo(t, t.keyId, apiKeys),
  ],
)
