import { notFound } from '../platform/errors/errors.ts'
import type { EventType } from '../platform/units/events.ts'
import type { Caller } from '../platform/units/caller.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { Units } from '../platform/units/units.ts'
import { uuidv7 } from '../platform/values/uuid.ts'
import { type CallDeps, callEndpoint } from './calls.ts'
import { type CallOutcome } from './call.ts'
import { findDestination } from './destinations.ts'

/** Harmless to receive: the partner reads the opening hours again. */
const TEST_TYPE: EventType = 'STUDIO_OPENING_HOURS_UPDATED'

export interface TestCallDeps extends CallDeps {
  readonly units: Units
  readonly secrets: Secrets
}

/**
 * Sends a signed event to an endpoint, on behalf of one activation or the first that sends, and answers what came back.
 * It is no event of the studio: it is in no feed, and it is not repeated.
 */
export async function sendTestEvent(
  deps: TestCallDeps,
  caller: Caller,
  wanted: { readonly endpointId: number; readonly activationId?: number },
): Promise<CallOutcome & { readonly uuid: string }> {
  const { endpointId } = wanted
  const { destination, now } = await deps.units.read(caller, async (view) => ({
    destination: await findDestination(view.db, endpointId, { secrets: deps.secrets, now: view.now }),
    now: view.now,
  }))
  if (!destination) throw notFound('webhookEndpoint', endpointId)
  const activationId = wanted.activationId ?? destination.senders.keys().next().value ?? 0
  const sender = destination.senders.get(activationId)
  if (!sender) throw notFound('activation', activationId)
  const uuid = uuidv7(now)
  const facts = { id: 0, uuid, type: TEST_TYPE, entityId: sender.studioId, content: null }
  const event = { ...facts, occurredAtMs: now.epochMilliseconds }
  const { tenantId, traceId } = caller
  const call = { destination, sender, tenantId, activationId, event, attemptNo: 1, traceId }
  const outcome = await callEndpoint(deps, call)
  await deps.units.write(caller, async (work) =>
    work.audit({
      action: 'webhookEndpoint.tested',
      entityKind: 'webhook_endpoint',
      entityId: endpointId,
      studioId: sender.studioId,
      diff: { httpStatus: [null, outcome.httpStatus], error: [null, outcome.error] },
    }),
  )
  return { ...outcome, uuid }
}
