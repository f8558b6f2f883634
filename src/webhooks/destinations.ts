import type { Queryable } from '../platform/database/database.ts'
import type { Secrets } from '../platform/secrets.ts'
import { type EndpointFacts, findEndpointFacts, listSendingActivations } from './dispatch-store.ts'
import { isRotating, signingKey } from './signature.ts'

/** An activation on whose behalf an endpoint is called. */
export interface Sender {
  readonly studioId: number
  /** Sent as `x-api-key`. */
  readonly key: string | undefined
}

/** Everything about an endpoint that a call needs. */
export interface Destination extends Pick<EndpointFacts, 'url' | 'extendedPayload' | 'retryPolicy' | 'tenantSlug'> {
  readonly isActive: boolean
  /** Newest first; two during a rotation. */
  readonly signingKeys: readonly Buffer[]
  readonly senders: ReadonlyMap<number, Sender>
}

/** Reads an endpoint as it stands now; undefined when it is gone. */
export async function findDestination(
  db: Queryable,
  endpointId: number,
  { secrets, now }: { readonly secrets: Secrets; readonly now: Temporal.Instant },
): Promise<Destination | undefined> {
  const facts = await findEndpointFacts(db, endpointId)
  if (!facts) return undefined
  const activations = await listSendingActivations(db, facts.integrationId)
  return {
    ...facts,
    isActive: facts.status === 'ACTIVE',
    signingKeys: listSigningKeys(facts, secrets, now),
    senders: new Map(
      activations.map(({ id, studioId, keyEnc }) => [
        id,
        { studioId, key: keyEnc ? secrets.open('webhook-key', keyEnc) : undefined },
      ]),
    ),
  }
}

function listSigningKeys(facts: EndpointFacts, secrets: Secrets, now: Temporal.Instant): readonly Buffer[] {
  const { signingSecretEnc, previousSigningSecretEnc, signingSecretRotatedAt } = facts
  const sealed = [signingSecretEnc, isRotating(signingSecretRotatedAt, now) ? previousSigningSecretEnc : null]
  return sealed.filter((each) => each !== null).map((each) => signingKey(secrets.open('signing-secret', each)))
}
