import type { PartnerCaller } from '../platform/units/caller.ts'
import { conflict, notFound } from '../platform/errors/errors.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { defined } from '../platform/values/defined.ts'
import { judgeActivationStep } from './activation-rules.ts'
import {
  type ActivationRow,
  type ActivationStatus,
  findIntegration,
  insertActivation,
  lockActivation,
  updateActivation,
} from './integration-store.ts'
import { notifyKeysChanged, revokeKeys } from './key-store.ts'
import { type IssuedKey, issueKey } from './keys.ts'
import { type RevealDeps, sendRevealLink } from './reveals.ts'

/**
 * The integration says that its side is set up. From then on events are delivered, if it has webhook access: there is
 * no backlog. Repeating it changes nothing.
 */
export async function confirmActivation({ tx, caller, now, audit }: UnitOfWork<PartnerCaller>) {
  const activation = await lockActivation(tx, caller.activation.id)
  if (!activation) throw notFound('activation', caller.activation.id)
  const changes = {
    ...(activation.confirmedAt === null ? { confirmedAt: now } : {}),
    ...(activation.webhooksEnabledAt === null && caller.integration.webhookAccess ? { webhooksEnabledAt: now } : {}),
  }
  if (Object.keys(changes).length === 0) return
  await updateActivation(tx, activation.id, changes, now)
  audit({
    action: 'activation.confirmed',
    entityKind: 'activation',
    entityId: activation.id,
    studioId: activation.studioId,
  })
}

/** Asks for an integration in a studio. Without `scopes` it gets those that the integration asks for. */
export async function requestActivation(
  work: UnitOfWork,
  wanted: {
    readonly id?: number
    readonly integrationId: number
    readonly studioId: number
    readonly scopes?: string[]
  },
): Promise<number> {
  const integration = await findIntegration(work.tx, wanted.integrationId)
  if (!integration) throw notFound('integration', wanted.integrationId)
  const scopes = wanted.scopes ?? integration.requestedScopes
  const activationId = await insertActivation(work.tx, { ...wanted, scopes }, work.now)
  work.audit({
    action: 'activation.requested',
    entityKind: 'activation',
    entityId: activationId,
    studioId: wanted.studioId,
    diff: { scopes: [null, scopes] },
  })
  return activationId
}

export interface Approval {
  readonly inbound: IssuedKey
  readonly webhook?: IssuedKey
  /** The mail to the partner's contact, where there is one. */
  readonly mailId?: number
}

/**
 * Switches a requested integration on, issues its keys and mails its contact where to see them; the webhook key only with
 * webhook access.
 */
export async function approveActivation(work: UnitOfWork, activationId: number, deps: RevealDeps): Promise<Approval> {
  const activation = await step(work, activationId, 'ACTIVE', 'REQUESTED')
  const integration = await findIntegration(work.tx, activation.integrationId)
  const inbound = await issueKey(work, activationId, 'INBOUND', deps)
  const webhook = integration?.webhookAccess ? await issueKey(work, activationId, 'WEBHOOK', deps) : undefined
  const mailId = await sendRevealLink(work, { activationId, issued: inbound, about: 'activation' }, deps)
  return { inbound, ...defined({ webhook, mailId }) }
}

/** Refuses calls and holds deliveries back until the activation is resumed. */
export async function suspendActivation(work: UnitOfWork, activationId: number) {
  await step(work, activationId, 'SUSPENDED', 'ACTIVE')
}

export async function resumeActivation(work: UnitOfWork, activationId: number) {
  await step(work, activationId, 'ACTIVE', 'SUSPENDED')
}

/** Ends an activation for good and revokes its keys; starting again takes a new activation with new keys. */
export async function endActivation(work: UnitOfWork, activationId: number, realNow: Temporal.Instant) {
  await step(work, activationId, 'ENDED')
  await revokeKeys(work.tx, { activationId }, realNow)
}

/** Changes what an integration may do in one studio. */
export async function setActivationScopes(work: UnitOfWork, activationId: number, scopes: readonly string[]) {
  const activation = await lockActivation(work.tx, activationId)
  if (!activation) throw notFound('activation', activationId)
  await updateActivation(work.tx, activationId, { scopes: [...scopes] }, work.now)
  await notifyKeysChanged(work.tx)
  work.audit({
    action: 'activation.scopesChanged',
    entityKind: 'activation',
    entityId: activationId,
    studioId: activation.studioId,
    diff: { scopes: [activation.scopes, scopes] },
  })
}

/** `from` narrows what the step may start from: resuming is not approving. */
async function step(
  work: UnitOfWork,
  activationId: number,
  to: ActivationStatus,
  from?: ActivationStatus,
): Promise<ActivationRow> {
  const activation = await lockActivation(work.tx, activationId)
  if (!activation) throw notFound('activation', activationId)
  const { status } = activation
  if (judgeActivationStep(status, to) !== 'ALLOWED' || (from !== undefined && from !== status)) {
    throw conflict('errormessage.activation.statusTransition', {
      args: [
        { type: 'ENUM', value: status },
        { type: 'ENUM', value: to },
      ],
    })
  }
  await updateActivation(work.tx, activationId, { status: to }, work.now)
  await notifyKeysChanged(work.tx)
  work.audit({
    action: 'activation.statusChanged',
    entityKind: 'activation',
    entityId: activationId,
    studioId: activation.studioId,
    diff: { status: [status, to] },
  })
  return activation
}
