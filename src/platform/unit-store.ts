import { sql } from 'drizzle-orm'
import type { Actor, Caller } from './caller.ts'
import { preparedWrite, type Tx } from './database.ts'
import type { DomainEvent } from './events.ts'
import { auditLog, outboxEvents } from './tables.ts'
import { uuidv7 } from './uuid.ts'
import type { AuditEntry } from './work.ts'

const eventInsert = preparedWrite((tx) =>
  tx
    .insert(outboxEvents)
    .values({
      tenantId: sql.placeholder('tenantId'),
      uuid: sql.placeholder('uuid'),
      type: sql.placeholder('type'),
      entityId: sql.placeholder('entityId'),
      customerId: sql.placeholder('customerId'),
      audienceStudioIds: sql.placeholder('audienceStudioIds'),
      onlyIntegrationId: sql.placeholder('onlyIntegrationId'),
      content: sql.placeholder('content'),
      occurredAt: sql.placeholder('now'),
      createdAt: sql.placeholder('now'),
      actor: sql.placeholder('actor'),
      traceId: sql.placeholder('traceId'),
    })
    .prepare('outbox_insert_event'),
)

/** Writes an event into the outbox, in the transaction of the change that it tells of. */
export function insertEvent(tx: Tx, caller: Caller, now: Temporal.Instant, event: DomainEvent): Promise<unknown> {
  return eventInsert(tx).execute({
    tenantId: caller.tenantId,
    uuid: uuidv7(now),
    type: event.type,
    entityId: event.entityId,
    customerId: event.customerId ?? null,
    audienceStudioIds: event.audienceStudioIds,
    onlyIntegrationId: event.onlyIntegrationId ?? null,
    content: event.content ?? null,
    now,
    actor: formatActor(caller.actor),
    traceId: caller.traceId,
  })
}

const auditInsert = preparedWrite((tx) =>
  tx
    .insert(auditLog)
    .values({
      tenantId: sql.placeholder('tenantId'),
      at: sql.placeholder('now'),
      actorKind: sql.placeholder('actorKind'),
      actorId: sql.placeholder('actorId'),
      actorDetail: sql.placeholder('actorDetail'),
      action: sql.placeholder('action'),
      entityKind: sql.placeholder('entityKind'),
      entityId: sql.placeholder('entityId'),
      studioId: sql.placeholder('studioId'),
      diff: sql.placeholder('diff'),
      traceId: sql.placeholder('traceId'),
      ip: sql.placeholder('ip'),
    })
    .prepare('audit_insert_entry'),
)

/** Appends a line to the audit log, plainly: it reads no other line and takes no lock. */
export function insertAuditEntry(tx: Tx, caller: Caller, now: Temporal.Instant, entry: AuditEntry): Promise<unknown> {
  return auditInsert(tx).execute({
    tenantId: caller.tenantId,
    now,
    actorKind: caller.actor.kind,
    actorId: caller.actor.id,
    actorDetail: caller.actor.detail ?? null,
    action: entry.action,
    entityKind: entry.entityKind,
    entityId: entry.entityId,
    studioId: entry.studioId ?? null,
    diff: entry.diff ?? null,
    traceId: caller.traceId,
    ip: caller.ip ?? null,
  })
}

function formatActor({ kind, id }: Actor): string {
  return id === null ? kind : `${kind}:${id}`
}
