import { type Caller, formatActor } from './caller.ts'
import type { DomainEvent } from './events.ts'
import { uuidv7 } from '../values/uuid.ts'
import type { AuditEntry } from './work.ts'
import type { PartKind, WritePart } from './write-parts.ts'

/**
 * All audit lines of a unit: every write of the system pays for it. The tenant is the stamp of the connection. Lines are
 * appended plainly: no read of others, no lock.
 */
const lines: PartKind = {
  name: 'lines',
  queries: `
    lines as (
      insert into audit_log (at, actor_kind, actor_id, actor_detail, action, entity_kind, entity_id, studio_id, diff, trace_id, ip)
      select at, "actorKind", "actorId", "actorDetail", action, "entityKind", "entityId", "studioId", diff, "traceId", ip
      from jsonb_to_recordset(:rows::jsonb) as line(at timestamptz, "actorKind" text, "actorId" bigint, "actorDetail" jsonb,
        action text, "entityKind" text, "entityId" bigint, "studioId" bigint, diff jsonb, "traceId" text, ip text))`,
}

const events: PartKind = {
  name: 'events',
  queries: `
    events as (
      insert into outbox_events (created_at, occurred_at, actor, trace_id, uuid, type, entity_id, customer_id, audience_studio_ids, only_integration_id, content)
      select at, at, actor, "traceId", uuid, type, "entityId", "customerId", "audienceStudioIds", "onlyIntegrationId", content
      from jsonb_to_recordset(:rows::jsonb) as emitted(at timestamptz, actor text, "traceId" text, uuid uuid, type text,
        "entityId" bigint, "customerId" bigint, "audienceStudioIds" bigint[], "onlyIntegrationId" bigint, content jsonb))`,
}

/** The audit lines and events of a unit, written in the transaction of the change that they report. */
export function recordsParts(
  { caller, now }: { readonly caller: Caller; readonly now: Temporal.Instant },
  entries: readonly AuditEntry[],
  emitted: readonly DomainEvent[],
): readonly WritePart[] {
  const { actor, traceId, ip } = caller
  const at = now.toString()
  const by = { at, actorKind: actor.kind, actorId: actor.id, actorDetail: actor.detail, traceId, ip }
  const from = { at, actor: formatActor(actor), traceId }
  return [
    { kind: lines, rows: entries.map((entry) => ({ ...entry, ...by })) },
    { kind: events, rows: emitted.map((event) => ({ uuid: uuidv7(now), ...event, ...from })) },
  ].filter(({ rows }) => rows.length > 0)
}
