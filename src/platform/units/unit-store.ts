import { type Caller, formatActor } from './caller.ts'
import type { DomainEvent } from './events.ts'
import { uuidv7 } from '../values/uuid.ts'
import type { AuditEntry } from './work.ts'
import type { WritePart } from './write-parts.ts'

/**
 * All audit lines and events of a unit: every write of the system pays for it. The tenant is the stamp of the connection.
 * Audit lines are appended plainly: no read of others, no lock.
 */
const queries = `
    lines as (
      insert into audit_log (at, actor_kind, actor_id, actor_detail, action, entity_kind, entity_id, studio_id, diff, trace_id, ip)
      select :now::timestamptz, :actorKind, :actorId::bigint, :actorDetail::jsonb, line.action, line."entityKind", line."entityId", line."studioId", line.diff, :traceId, :ip
      from jsonb_to_recordset(:entries::jsonb)
        as line(action text, "entityKind" text, "entityId" bigint, "studioId" bigint, diff jsonb)),
    events as (
      insert into outbox_events (created_at, occurred_at, actor, trace_id, uuid, type, entity_id, customer_id, audience_studio_ids, only_integration_id, content)
      select :now::timestamptz, :now::timestamptz, :actor, :traceId, emitted.uuid, emitted.type, emitted."entityId", emitted."customerId",
        array(select jsonb_array_elements_text(emitted."audienceStudioIds")::bigint), emitted."onlyIntegrationId", emitted.content
      from jsonb_to_recordset(:events::jsonb)
        as emitted(uuid uuid, type text, "entityId" bigint, "customerId" bigint, "audienceStudioIds" jsonb, "onlyIntegrationId" bigint, content jsonb))`

/** The events of a unit, written in the transaction of the change that they report. */
export function recordsPart(
  { caller, now }: { readonly caller: Caller; readonly now: Temporal.Instant },
  entries: readonly AuditEntry[],
  events: readonly DomainEvent[],
): WritePart {
  const { actor } = caller
  const values = {
    now: now.toString(),
    actorKind: actor.kind,
    actorId: actor.id,
    actorDetail: actor.detail === undefined ? null : JSON.stringify(actor.detail),
    traceId: caller.traceId,
    ip: caller.ip ?? null,
    entries: JSON.stringify(entries),
    actor: formatActor(actor),
    events: JSON.stringify(events.map((event) => ({ uuid: uuidv7(now), ...event }))),
  }
  return { name: 'records', queries, values }
}
