import { and, eq, isNotNull, type SQL, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../platform/database/database.ts'
import { outboxEvents } from '../platform/tables.ts'
import { tenants } from '../studios/tables.ts'
import { activations, apiKeys, integrations } from '../integrations/tables.ts'
import { webhookDeliveries, webhookEndpoints } from './tables.ts'

type Json = Readonly<Record<string, unknown>>

const timestamp = (at: Temporal.Instant) => sql`${at.toString()}::timestamptz`

/** Tenants with deliveries that are due by their clock, free to be taken at `realNow`, and not held back. */
export async function listTenantsWithDeliveries(db: Queryable, realNow: Temporal.Instant): Promise<readonly number[]> {
  const rows = await db
    .select({ id: sql<number>`tenant_id` })
    .from(sql`palestra_tenants_with_deliveries(${timestamp(realNow)})`)
  return rows.map(({ id }) => id)
}

/** A delivery that is due and whose activation and tenant take calls now. Held back are paused and suspended ones. */
function isDue(now: Temporal.Instant): SQL {
  return sql`${webhookDeliveries.state} in ('PENDING', 'RETRY_WAIT')
    and ${webhookDeliveries.nextAttemptAt} <= ${timestamp(now)} and ${isHeard}`
}

const isHeard = sql`exists (
  select from ${activations} where ${activations.tenantId} = ${webhookDeliveries.tenantId}
    and ${activations.id} = ${webhookDeliveries.activationId} and ${activations.status} = 'ACTIVE')
  and exists (select from ${tenants} where ${tenants.id} = ${webhookDeliveries.tenantId} and ${tenants.status} = 'ACTIVE')`

const ofEndpoint = sql`${webhookDeliveries.tenantId} = ${webhookEndpoints.tenantId}
  and ${webhookDeliveries.endpointId} = ${webhookEndpoints.id}`

export interface DueAt {
  /** By the clock of the tenant: when attempts fall due. */
  readonly now: Temporal.Instant
  /** By the machine: when leases end. */
  readonly realNow: Temporal.Instant
}

const isFree = (realNow: Temporal.Instant) =>
  sql`(${webhookDeliveries.leaseUntil} is null or ${webhookDeliveries.leaseUntil} <= ${timestamp(realNow)})`

/** Endpoints with due deliveries that one of these runners serves, or none. */
export async function listDueEndpoints(db: Queryable, runnerIds: readonly string[], { now, realNow }: DueAt) {
  const rows = await db
    .select({ id: webhookEndpoints.id })
    .from(webhookEndpoints)
    .where(
      and(
        eq(webhookEndpoints.status, 'ACTIVE'),
        isServable(runnerIds, realNow),
        sql`exists (select from ${webhookDeliveries} where ${ofEndpoint} and ${isFree(realNow)} and ${isDue(now)})`,
      ),
    )
  return rows.map(({ id }) => id)
}

/** Whether an event waits to be sent, or a delivery is due, no matter who is working on it. */
export async function hasWork(db: Queryable, now: Temporal.Instant): Promise<boolean> {
  const rows = await db
    .select({ hasWork: sql`1` })
    .from(sql`(select) as one`)
    .where(
      sql`exists (select from ${outboxEvents} where ${outboxEvents.fannedOutAt} is null)
        or exists (select from ${webhookDeliveries} join ${webhookEndpoints} on ${ofEndpoint}
                   and ${webhookEndpoints.status} = 'ACTIVE' where ${isDue(now)})`,
    )
  return rows.length > 0
}

/** When the next attempt falls due that is not held back; undefined when none is planned. */
export async function findNextAttempt(db: Queryable): Promise<Temporal.Instant | undefined> {
  const [row] = await db
    .select({ at: webhookDeliveries.nextAttemptAt })
    .from(webhookDeliveries)
    .innerJoin(webhookEndpoints, and(ofEndpoint, eq(webhookEndpoints.status, 'ACTIVE')))
    .where(and(sql`${webhookDeliveries.state} in ('PENDING', 'RETRY_WAIT')`, isHeard))
    .orderBy(webhookDeliveries.nextAttemptAt)
    .limit(1)
  return row?.at
}

function isServable(runnerIds: readonly string[], realNow: Temporal.Instant): SQL {
  return sql`(${webhookEndpoints.servedBy} = any(${sql.param(runnerIds)}::uuid[]) or ${webhookEndpoints.servedUntil} is null
    or ${webhookEndpoints.servedUntil} <= ${timestamp(realNow)})`
}

export interface Claim extends DueAt {
  readonly endpointId: number
  readonly runnerId: string
  readonly leaseUntil: Temporal.Instant
  readonly limit: number
}

/** Makes this runner the one that serves the endpoint, unless another one is; another unit that claims waits until this one ends. */
export async function holdEndpoint(tx: Tx, claim: Claim): Promise<boolean> {
  const rows = await tx
    .update(webhookEndpoints)
    .set({ servedBy: claim.runnerId, servedUntil: claim.leaseUntil })
    .where(
      and(
        eq(webhookEndpoints.id, claim.endpointId),
        eq(webhookEndpoints.status, 'ACTIVE'),
        isServable([claim.runnerId], claim.realNow),
      ),
    )
    .returning({ id: webhookEndpoints.id })
  return rows.length > 0
}

/** A delivery under lease, with the event that it carries. */
export interface ClaimedDelivery {
  readonly id: number
  /** Attempts so far. */
  readonly attemptNo: number
  readonly activationId: number
  readonly entityId: number
  readonly eventId: number
  readonly uuid: string
  readonly type: string
  readonly content: Json | null
  readonly occurredAtMs: number
  readonly traceId: string | null
}

/** Leases the oldest due deliveries of an endpoint, in the order of their events. */
export async function claimDeliveries(tx: Tx, claim: Claim): Promise<readonly ClaimedDelivery[]> {
  const { rows } = await tx.execute<{ [K in keyof ClaimedDelivery]: ClaimedDelivery[K] }>(sql`
    with candidate as (
      select id from ${webhookDeliveries}
      where ${webhookDeliveries.endpointId} = ${claim.endpointId} and ${isFree(claim.realNow)} and ${isDue(claim.now)}
      order by ${webhookDeliveries.id} limit ${claim.limit}
      for no key update of webhook_deliveries skip locked
    )
    update webhook_deliveries d set lease_until = ${timestamp(claim.leaseUntil)}
    from outbox_events e
    where d.id = any(array(select id from candidate)) and e.tenant_id = d.tenant_id and e.id = d.event_id
    returning d.id, d.attempt_no as "attemptNo", d.activation_id as "activationId", d.entity_id as "entityId",
      e.id as "eventId", e.uuid, e.type, e.content, floor(extract(epoch from e.occurred_at) * 1000)::bigint
      as "occurredAtMs", e.trace_id as "traceId"`)
  return rows.sort((a, b) => a.id - b.id)
}

/** Where and how an endpoint is called. */
export async function findEndpointFacts(db: Queryable, endpointId: number) {
  const [row] = await db
    .select({
      url: webhookEndpoints.url,
      status: webhookEndpoints.status,
      extendedPayload: webhookEndpoints.extendedPayload,
      integrationId: webhookEndpoints.integrationId,
      retryPolicy: integrations.retryPolicy,
      signingSecretEnc: integrations.signingSecretEnc,
      previousSigningSecretEnc: integrations.previousSigningSecretEnc,
      signingSecretRotatedAt: integrations.signingSecretRotatedAt,
      tenantSlug: tenants.slug,
    })
    .from(webhookEndpoints)
    .innerJoin(
      integrations,
      and(eq(integrations.tenantId, webhookEndpoints.tenantId), eq(integrations.id, webhookEndpoints.integrationId)),
    )
    .innerJoin(tenants, eq(tenants.id, webhookEndpoints.tenantId))
    .where(eq(webhookEndpoints.id, endpointId))
  return row
}

export type EndpointFacts = NonNullable<Awaited<ReturnType<typeof findEndpointFacts>>>

/** The active activations of an integration with the sealed key that each of them sends along. */
export async function listSendingActivations(db: Queryable, integrationId: number) {
  return db
    .select({ id: activations.id, studioId: activations.studioId, keyEnc: apiKeys.keyEnc })
    .from(activations)
    .leftJoin(
      apiKeys,
      and(
        eq(apiKeys.tenantId, activations.tenantId),
        eq(apiKeys.activationId, activations.id),
        eq(apiKeys.kind, 'WEBHOOK'),
        eq(apiKeys.status, 'ACTIVE'),
        isNotNull(apiKeys.keyEnc),
      ),
    )
    .where(and(eq(activations.integrationId, integrationId), eq(activations.status, 'ACTIVE')))
}

/** Gives leased deliveries back before they were attempted. */
export async function returnDeliveries(tx: Tx, ids: readonly number[]) {
  await tx.execute(sql`
    update webhook_deliveries set lease_until = null where id = any(${sql.param(ids)}::bigint[])`)
}

/** Lets any worker serve the endpoint again that this runner served. */
export async function releaseEndpoint(tx: Tx, runnerId: string, endpointId: number) {
  await tx
    .update(webhookEndpoints)
    .set({ servedBy: null, servedUntil: null })
    .where(and(eq(webhookEndpoints.id, endpointId), eq(webhookEndpoints.servedBy, runnerId)))
}
