import { diffValues } from '../platform/units/audit-values.ts'
import { badRequest, notFound, refuseFields, violation } from '../platform/errors/errors.ts'
import { catalogueEventTypes, optInEventTypes } from '../platform/units/events.ts'
import type { OutgoingHttp } from '../platform/outgoing/outgoing-http.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import {
  cancelDeliveries,
  type EndpointRow,
  insertEndpoint,
  lockEndpoint,
  lockSigningSecret,
  type NewEndpoint,
  replaceSigningSecret,
  updateEndpoint,
} from './endpoint-store.ts'
import { newSigningSecret } from './signature.ts'

declare const checked: unique symbol
/** An address that the guard of outgoing calls has let through. */
export type CheckedUrl = string & { readonly [checked]: true }

const knownTypes: ReadonlySet<string> = new Set([...catalogueEventTypes, ...optInEventTypes])

/** Refuses an address that could not be called now. Asks the DNS, so it comes before the unit of work. */
export async function checkEndpointUrl(http: OutgoingHttp, url: string): Promise<CheckedUrl> {
  const verdict = await http.judge(url)
  if (verdict === 'ALLOWED') return url as CheckedUrl
  throw badRequest('errormessage.webhookEndpoint.urlRefused', {
    args: [{ type: 'ENUM', value: verdict }],
    reference: 'url',
  })
}

/** Registers an endpoint; the first one of an integration also gives it a signing secret. */
export async function createEndpoint(
  work: UnitOfWork,
  endpoint: NewEndpoint & { readonly url: CheckedUrl },
  secrets: Secrets,
): Promise<number> {
  refuseUnknownTypes(endpoint.eventTypes)
  const integration = await lockSigningSecret(work.tx, endpoint.integrationId)
  if (!integration) throw notFound('integration', endpoint.integrationId)
  if (integration.signingSecretEnc === null) await rotateSigningSecret(work, endpoint.integrationId, secrets)
  const id = await insertEndpoint(work.tx, endpoint, work.now)
  work.audit({
    action: 'webhookEndpoint.created',
    entityKind: 'webhook_endpoint',
    entityId: id,
    diff: diffValues<NewEndpoint>({}, endpoint),
  })
  return id
}

/** Changes where events go or which. Whether they are extended is decided once, when the endpoint is created. */
export async function changeEndpoint(
  work: UnitOfWork,
  endpointId: number,
  changes: { readonly url?: CheckedUrl; readonly eventTypes?: string[] | null },
) {
  if (changes.eventTypes !== undefined) refuseUnknownTypes(changes.eventTypes)
  await change(work, endpointId, 'webhookEndpoint.changed', changes)
}

/** Holds back what is due; events of the pause are not delivered to this endpoint, not even later. */
export function pauseEndpoint(work: UnitOfWork, endpointId: number) {
  return change(work, endpointId, 'webhookEndpoint.paused', { status: 'PAUSED' })
}

export function resumeEndpoint(work: UnitOfWork, endpointId: number) {
  return change(work, endpointId, 'webhookEndpoint.resumed', { status: 'ACTIVE' })
}

/** Takes an endpoint away and cancels what is not delivered yet; its past stays readable until it expires. */
export async function deleteEndpoint(work: UnitOfWork, endpointId: number) {
  await change(work, endpointId, 'webhookEndpoint.deleted', { status: 'DELETED' })
  await cancelDeliveries(work.tx, { endpointId }, work.now)
}

/** Gives the integration a new signing secret and answers it as partners see it; the old one signs for 24 h more. */
export async function rotateSigningSecret(work: UnitOfWork, integrationId: number, secrets: Secrets): Promise<string> {
  if (!(await lockSigningSecret(work.tx, integrationId))) throw notFound('integration', integrationId)
  const secret = newSigningSecret()
  await replaceSigningSecret(work.tx, integrationId, { sealed: secrets.seal('signing-secret', secret), now: work.now })
  work.audit({ action: 'signingSecret.rotated', entityKind: 'integration', entityId: integrationId })
  return secret
}

/** The signing secret in force, for staff who ask for it; the read leaves an audit line. */
export async function revealSigningSecret(work: UnitOfWork, integrationId: number, secrets: Secrets): Promise<string> {
  const integration = await lockSigningSecret(work.tx, integrationId)
  if (!integration?.signingSecretEnc) throw notFound('integration', integrationId)
  work.audit({ action: 'signingSecret.revealed', entityKind: 'integration', entityId: integrationId })
  return secrets.open('signing-secret', integration.signingSecretEnc)
}

type Changes = Partial<Pick<EndpointRow, 'status' | 'url' | 'eventTypes'>>

async function change(work: UnitOfWork, endpointId: number, action: string, changes: Changes) {
  const before = await lockEndpoint(work.tx, endpointId)
  if (!before) throw notFound('webhookEndpoint', endpointId)
  const diff = diffValues<Changes>(before, changes)
  if (Object.keys(diff).length === 0) return
  await updateEndpoint(work.tx, endpointId, changes, work.now)
  work.audit({ action, entityKind: 'webhook_endpoint', entityId: endpointId, diff })
}

function refuseUnknownTypes(types: readonly string[] | null) {
  if (types === null) return
  if (types.length === 0) throw refuseFields([violation('eventTypes', 'minItems', { type: 'DECIMAL', value: 1 })])
  const at = types.findIndex((type) => !knownTypes.has(type))
  if (at < 0) return
  throw refuseFields([violation(`eventTypes[${at}]`, 'enum', { type: 'ENUM', value: [...knownTypes] })])
}
