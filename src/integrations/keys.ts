import { randomInt } from 'node:crypto'
import { conflict, notFound, refuseFields, violation } from '../platform/errors/errors.ts'
import type { Secrets } from '../platform/secrets.ts'
import { isAfter } from '../platform/time/order.ts'
import type { UnitOfWork, View } from '../platform/units/work.ts'
import { type ActivationRow, lockActivation } from './integration-store.ts'
import { defaultGraceDays, isImportableKey, longestGraceDays, mostInboundKeys, planRotation } from './key-rules.ts'
import {
  expireKey,
  findApiKey,
  insertKey,
  type KeyRow,
  listKeysOfActivation,
  listUsableKeys,
  notifyKeysChanged,
  revokeKeys,
} from './key-store.ts'

export type KeyKind = KeyRow['kind']

/** `key` is shown this once: an inbound key is stored as a hash only. */
export interface IssuedKey {
  readonly keyId: number
  readonly key: string
}

/** Keys expire in real time, whatever the clock of the tenant shows. */
export interface KeyDeps {
  readonly secrets: Secrets
  readonly realNow: Temporal.Instant
}

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const PREFIX: Readonly<Record<KeyKind, string>> = { INBOUND: 'pal_in_', WEBHOOK: 'pal_wh_' }
const RANDOM_CHARACTERS = 40

/** Gives an activation a new key beside the ones it has; refuses a third inbound key. A webhook key replaces the old one. */
export async function issueKey(
  work: UnitOfWork,
  activationId: number,
  kind: KeyKind,
  deps: KeyDeps,
): Promise<IssuedKey> {
  const activation = await lockOpenActivation(work, activationId)
  await makeRoom(work, activation, kind, deps)
  return storeKey(work, activation, { kind, key: newKey(kind), action: 'apiKey.issued' }, deps)
}

/** Takes over a key that a partner already uses elsewhere, so that the partner need not change it. */
export async function importKey(
  work: UnitOfWork,
  activationId: number,
  { kind, key }: { readonly kind: KeyKind; readonly key: string },
  deps: KeyDeps,
): Promise<IssuedKey> {
  if (!isImportableKey(key)) throw refuseFields([violation('key', 'pattern')])
  const activation = await lockOpenActivation(work, activationId)
  await makeRoom(work, activation, kind, deps)
  return storeKey(work, activation, { kind, key, action: 'apiKey.imported' }, deps)
}

/** Issues a new key; the newest inbound one stays valid for `graceDays` more, a webhook key is replaced at once. */
export async function rotateKey(
  work: UnitOfWork,
  activationId: number,
  { kind, graceDays = defaultGraceDays }: { readonly kind: KeyKind; readonly graceDays?: number },
  deps: KeyDeps,
): Promise<IssuedKey> {
  if (!Number.isInteger(graceDays) || graceDays < 0 || graceDays > longestGraceDays) {
    throw refuseFields([
      violation('graceDays', graceDays < 0 ? 'min' : 'max', { type: 'DECIMAL', value: longestGraceDays }),
    ])
  }
  const activation = await lockOpenActivation(work, activationId)
  if (kind === 'WEBHOOK') await revokeKeys(work.tx, { activationId, kind }, deps.realNow)
  else await retireInboundKeys(work, activationId, graceDays, deps.realNow)
  return storeKey(work, activation, { kind, key: newKey(kind), action: 'apiKey.rotated' }, deps)
}

/** Ends a key everywhere within seconds; a key that has been revoked already stays as it is. */
export async function revokeKey(work: UnitOfWork, keyId: number, realNow: Temporal.Instant) {
  const [revoked] = await revokeKeys(work.tx, { keyId }, realNow)
  if (revoked === undefined) {
    if (!(await findApiKey(work.tx, keyId))) throw notFound('apiKey', keyId)
    return
  }
  await notifyKeysChanged(work.tx)
  work.audit({ action: 'apiKey.revoked', entityKind: 'apiKey', entityId: keyId })
}

/** Keys of an activation with their last characters, states and times. */
export function listKeys({ db }: View, activationId: number) {
  return listKeysOfActivation(db, activationId).then((rows) =>
    rows.map(({ id, kind, hint, status, expiresAt, lastUsedAt, createdAt }) => ({
      id,
      kind,
      hint,
      status,
      expiresAt,
      lastUsedAt,
      createdAt,
    })),
  )
}

/** The current webhook key in clear text, for staff who ask for it; the read leaves an audit line. */
export async function revealWebhookKey(work: UnitOfWork, activationId: number, deps: KeyDeps): Promise<string> {
  const [key] = await listUsableKeys(work.tx, activationId, { kind: 'WEBHOOK', at: deps.realNow })
  if (!key?.keyEnc) throw notFound('webhookKey', activationId)
  work.audit({ action: 'apiKey.shown', entityKind: 'apiKey', entityId: key.id })
  return deps.secrets.open('webhook-key', key.keyEnc)
}

async function lockOpenActivation({ tx }: UnitOfWork, activationId: number): Promise<ActivationRow> {
  const activation = await lockActivation(tx, activationId)
  if (!activation || activation.status === 'ENDED') throw notFound('activation', activationId)
  return activation
}

async function makeRoom({ tx }: UnitOfWork, { id }: ActivationRow, kind: KeyKind, { realNow }: KeyDeps) {
  if (kind === 'WEBHOOK') return void (await revokeKeys(tx, { activationId: id, kind }, realNow))
  const usable = await listUsableKeys(tx, id, { kind, at: realNow })
  if (usable.length >= mostInboundKeys) throw conflict('errormessage.apiKey.limitReached')
}

async function retireInboundKeys({ tx }: UnitOfWork, activationId: number, graceDays: number, at: Temporal.Instant) {
  const usable = await listUsableKeys(tx, activationId, { kind: 'INBOUND', at })
  const plan = planRotation(usable, graceDays)
  for (const keyId of plan.revokeAtOnce) await revokeKeys(tx, { keyId }, at)
  const graceEnd = at.add({ hours: 24 * graceDays })
  for (const { id, expiresAt } of usable) {
    const endsSooner = expiresAt !== null && !isAfter(expiresAt, graceEnd)
    if (plan.expireLater.includes(id) && !endsSooner) await expireKey(tx, id, graceEnd)
  }
}

async function storeKey(
  work: UnitOfWork,
  { id: activationId, studioId }: ActivationRow,
  { kind, key, action }: { readonly kind: KeyKind; readonly key: string; readonly action: string },
  { secrets, realNow }: KeyDeps,
): Promise<IssuedKey> {
  const keyId = await insertKey(work.tx, {
    activationId,
    kind,
    ...(kind === 'INBOUND' ? { keyHash: secrets.hash('api-key', key) } : { keyEnc: secrets.seal('webhook-key', key) }),
    hint: key.slice(-4),
    status: 'ACTIVE',
    createdAt: realNow,
  })
  await notifyKeysChanged(work.tx)
  work.audit({ action, entityKind: 'apiKey', entityId: keyId, studioId, diff: { kind: [null, kind] } })
  return { keyId, key }
}

function newKey(kind: KeyKind): string {
  return PREFIX[kind] + Array.from({ length: RANDOM_CHARACTERS }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
}
