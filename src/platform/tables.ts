import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { bytes, id, instant, ref } from './database/columns.ts'
import { aggregateTable, keyedTable, tenantTable } from './database/tenant-table.ts'

type Json = Readonly<Record<string, unknown>>

/** Events, written in the transaction that caused them; the relay turns each into deliveries. */
export const outboxEvents = tenantTable(
  'outbox_events',
  {
    uuid: uuid('uuid').notNull(),
    type: text('type').notNull(),
    entityId: ref('entity_id').notNull(),
    /** The person whom the event is about: integrations blocked for that person do not receive it. */
    customerId: ref('customer_id'),
    audienceStudioIds: ref('audience_studio_ids').array().notNull(),
    onlyIntegrationId: ref('only_integration_id'),
    content: jsonb('content').$type<Json>(),
    occurredAt: instant('occurred_at').notNull(),
    actor: text('actor').notNull(),
    traceId: text('trace_id'),
    fannedOutAt: instant('fanned_out_at'),
  },
  (t) => [
    uniqueIndex('outbox_events_uuid_unique').on(t.tenantId, t.uuid),
    index('outbox_events_waiting').on(t.tenantId, t.id).where(sql`${t.fannedOutAt} is null`),
  ],
)

/**
 * Answers kept for repeated requests with the same `Idempotency-Key`. `caller` = activation, device or staff user;
 * `customerId` = the person whom the answer is about, without a reference: erasing deletes by it.
 */
export const idempotencyRecords = keyedTable(
  'idempotency_records',
  {
    caller: ref('caller').notNull(),
    operation: text('operation').notNull(),
    idemKey: text('idem_key').notNull(),
    fingerprint: bytes('fingerprint').notNull(),
    status: integer('status').notNull(),
    headers: jsonb('headers').$type<Readonly<Record<string, string>>>().notNull(),
    body: bytes('body'),
    customerId: ref('customer_id'),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'idempotency_records_pk', columns: [t.tenantId, t.caller, t.operation, t.idemKey] }),
    index('idempotency_records_expiry').on(t.tenantId, t.expiresAt),
    index('idempotency_records_customer').on(t.tenantId, t.customerId).where(sql`${t.customerId} is not null`),
  ],
)

/** Shared counters of the rate limit, in real time. UNLOGGED (see the migration): losing them only forgives. */
export const rateWindows = keyedTable(
  'rate_windows',
  {
    caller: ref('caller').notNull(),
    operation: text('operation').notNull(),
    windowStart: instant('window_start'),
    count: integer('count').notNull(),
    blockedUntil: instant('blocked_until'),
  },
  (t) => [primaryKey({ name: 'rate_windows_pk', columns: [t.tenantId, t.caller, t.operation] })],
)

/** The only table of stored bytes; what else is known about a file stands with its owner. */
export const files = tenantTable(
  'files',
  {
    storageKey: text('storage_key').notNull(),
    mime: text('mime').notNull(),
    /** Bytes. */
    size: bigint('size', { mode: 'number' }).notNull(),
    sha256: bytes('sha256').notNull(),
    originalName: text('original_name').notNull(),
    ownerKind: text('owner_kind').notNull(),
    ownerId: ref('owner_id'),
    scanState: text('scan_state', { enum: ['SKIPPED', 'CLEAN', 'INFECTED'] }).notNull(),
    deleteAfter: instant('delete_after'),
    /** The bytes themselves, when the database is the storage driver. */
    content: bytes('content'),
  },
  (t) => [
    uniqueIndex('files_storage_key_unique').on(t.tenantId, t.storageKey),
    index('files_owner').on(t.tenantId, t.ownerKind, t.ownerId),
    index('files_deletion').on(t.tenantId, t.deleteAfter).where(sql`${t.deleteAfter} is not null`),
  ],
)

/** Who did what. A trigger refuses every change but the one that seals a row. */
export const auditLog = keyedTable(
  'audit_log',
  {
    id: id(),
    at: instant('at').notNull(),
    actorKind: text('actor_kind').notNull(),
    actorId: ref('actor_id'),
    actorDetail: jsonb('actor_detail').$type<Json>(),
    action: text('action').notNull(),
    entityKind: text('entity_kind').notNull(),
    entityId: ref('entity_id'),
    studioId: ref('studio_id'),
    /** Changed field → `[old, new]`; personal values as keyed hashes. */
    diff: jsonb('diff').$type<Json>(),
    traceId: text('trace_id'),
    ip: text('ip'),
    sealNo: bigint('seal_no', { mode: 'number' }),
  },
  (t) => [
    primaryKey({ name: 'audit_log_pk', columns: [t.tenantId, t.id] }),
    index('audit_log_unsealed').on(t.tenantId, t.id).where(sql`${t.sealNo} is null`),
    index('audit_log_entity').on(t.tenantId, t.entityKind, t.entityId, t.id),
    index('audit_log_seal').on(t.tenantId, t.sealNo, t.id).where(sql`${t.sealNo} is not null`),
  ],
)

/** The hash chain over the audit log, one link per sealed batch. */
export const auditSeals = keyedTable(
  'audit_seals',
  {
    no: bigint('no', { mode: 'number' }).notNull(),
    rowCount: integer('row_count').notNull(),
    prevHash: bytes('prev_hash').notNull(),
    hash: bytes('hash').notNull(),
    /** The sealed rows in their order and the SHA-256 of each, 32 bytes a row: a broken seal can name what was changed. */
    rowIds: ref('row_ids').array().notNull(),
    rowHashes: bytes('row_hashes').notNull(),
    sealedAt: instant('sealed_at').notNull(),
  },
  (t) => [primaryKey({ name: 'audit_seals_pk', columns: [t.tenantId, t.no] })],
)

/**
 * When each job is due next: daily jobs per studio by the tenant's clock, routines per tenant (without a studio) in real
 * time.
 */
export const scheduledJobs = aggregateTable(
  'scheduled_jobs',
  {
    name: text('name').notNull(),
    studioId: ref('studio_id'),
    nextRunAt: instant('next_run_at').notNull(),
    /** Until then (real time) a node holds the round of a routine. */
    lockedUntil: instant('locked_until'),
  },
  (t) => [
    unique('scheduled_jobs_name_unique').on(t.tenantId, t.name, t.studioId).nullsNotDistinct(),
    index('scheduled_jobs_due').on(t.tenantId, t.nextRunAt),
    index('scheduled_jobs_routines_due').on(t.nextRunAt).where(sql`${t.studioId} is null`),
    check('scheduled_jobs_only_routines_locked', sql`${t.lockedUntil} is null or ${t.studioId} is null`),
  ],
)

/** One planned execution of a job; `run_key` is the planned local date-time, so a crash repeats and never doubles. */
export const jobRuns = tenantTable(
  'job_runs',
  {
    job: text('job').notNull(),
    studioId: ref('studio_id'),
    runKey: text('run_key').notNull(),
    state: text('state', { enum: ['QUEUED', 'RUNNING', 'DONE', 'FAILED'] }).notNull(),
    done: integer('done').notNull().default(0),
    total: integer('total'),
    result: jsonb('result').$type<Json>(),
    error: text('error'),
    startedAt: instant('started_at'),
    finishedAt: instant('finished_at'),
  },
  (t) => [
    unique('job_runs_run_key_unique').on(t.tenantId, t.job, t.studioId, t.runKey).nullsNotDistinct(),
    index('job_runs_unfinished').on(t.tenantId, t.id).where(sql`${t.state} in ('QUEUED', 'RUNNING')`),
  ],
)

/** Where the tenant's clock stands; no row means the system's time. */
export const clockState = keyedTable(
  'clock_state',
  {
    mode: text('mode', { enum: ['SYSTEM', 'OFFSET', 'FROZEN'] }).notNull(),
    offsetMs: bigint('offset_ms', { mode: 'number' }).notNull().default(0),
    frozenAt: instant('frozen_at'),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'clock_state_pk', columns: [t.tenantId] }),
    check('clock_state_frozen_has_instant', sql`(${t.mode} = 'FROZEN') = (${t.frozenAt} is not null)`),
  ],
)

/**
 * Mails to be sent, written in the transaction that causes them; the mailer sends them after the commit, in real time.
 * The content is sealed and leaves once the mail is sent. UNCERTAIN: the process or the connection broke off while the
 * server took the mail over, so it may have arrived; nobody but an operator sends it again.
 */
export const outgoingMails = tenantTable(
  'outgoing_mails',
  {
    /** What the mail is for, as `communication.message`. */
    purpose: text('purpose').notNull(),
    /** The person whom it is written to; absent for partners and staff. */
    customerId: ref('customer_id'),
    entityKind: text('entity_kind'),
    entityId: ref('entity_id'),
    /** The same in every attempt, so that a server may recognise a repetition. */
    messageId: text('message_id').notNull(),
    contentEnc: bytes('content_enc'),
    state: text('state', { enum: ['QUEUED', 'SENDING', 'SENT', 'FAILED', 'UNCERTAIN'] }).notNull(),
    attempts: integer('attempts').notNull().default(0),
    /** When to try again, in real time; absent = at once. While SENDING: until when the sending process is believed. */
    dueAt: instant('due_at'),
    /** Whether the server was asked to take the content of this attempt. */
    handedOver: boolean('handed_over').notNull().default(false),
    settledAt: instant('settled_at'),
    /** The server's code or our word for what went wrong; never an address or a text. */
    failure: text('failure'),
  },
  (t) => [
    index('outgoing_mails_due').on(t.tenantId, t.dueAt).where(sql`${t.state} in ('QUEUED', 'SENDING')`),
    index('outgoing_mails_customer').on(t.tenantId, t.customerId, t.id).where(sql`${t.customerId} is not null`),
    index('outgoing_mails_entity').on(t.tenantId, t.entityKind, t.entityId),
    check('outgoing_mails_settled', sql`(${t.state} in ('QUEUED', 'SENDING')) = (${t.settledAt} is null)`),
    check('outgoing_mails_content', sql`${t.state} not in ('QUEUED', 'SENDING') or ${t.contentEnc} is not null`),
  ],
)

/** A tenant's own wording for a text of the catalogue, in one language (`de`) or variant (`de-CH`). */
export const textOverrides = aggregateTable(
  'text_overrides',
  { key: text('key').notNull(), language: text('language').notNull(), text: text('text').notNull() },
  (t) => [uniqueIndex('text_overrides_one_per_language').on(t.tenantId, t.key, t.language)],
)

/**
 * What holds for the whole installation, in one row. Belongs to no tenant, and the role of requests has no right to it:
 * only the start and the command line read it, as the login role.
 */
export const deployment = pgTable(
  'deployment',
  {
    id: boolean('id').primaryKey().default(true),
    /** A known text under the first key of `PALESTRA_SECRET_KEY`: a secret that does not open it is the wrong one. */
    secretCheck: bytes('secret_check'),
    /** Base of the links of the server that started last, with the port that it has bound. */
    servedUrl: text('served_url'),
    /** Address of the last peer that forwarded requests although no setting names it; null since the start of a server. */
    unnamedProxy: text('unnamed_proxy'),
  },
  (t) => [check('deployment_single', sql`${t.id}`)],
)
