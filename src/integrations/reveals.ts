import { randomBytes } from 'node:crypto'
import { badRequest } from '../platform/errors/errors.ts'
import type { UnitOfWork, View } from '../platform/units/work.ts'
import { defined } from '../platform/values/defined.ts'
import { type ActivationMail, writeActivationMail } from './activation-mail.ts'
import { findActivation, findIntegration, lockActivation } from './integration-store.ts'
import { type IssuedKey, type KeyDeps, rotateKey } from './keys.ts'
import { listUsableKeys } from './key-store.ts'
import { judgeReveal, revealHours, type RevealVerdict } from './reveal-rules.ts'
import { findReveal, insertReveal, lockReveal, markRevealed, type RevealRow, withdrawReveals } from './reveal-store.ts'

export interface RevealDeps extends KeyDeps {
  /** Base of the link, without a slash at its end. */
  readonly publicUrl: string
}

/** The keys of an activation in clear text. */
export interface RevealedKeys {
  readonly inboundKey: string
  readonly webhookKey?: string
}

const TOKEN_BYTES = 32

/**
 * Writes to the partner's contact where the API is and where its new inbound key can be seen once. The key itself is
 * never in the mail. Without an address nothing is written; answers the id of the mail.
 */
export async function sendRevealLink(
  work: UnitOfWork,
  { activationId, issued, about }: { activationId: number; issued: IssuedKey; about: ActivationMail['about'] },
  { secrets, publicUrl }: RevealDeps,
): Promise<number | undefined> {
  const activation = await findActivation(work.tx, activationId)
  const integration = activation && (await findIntegration(work.tx, activation.integrationId))
  if (!integration || integration.contactEmail === null) return undefined
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  const expiresAt = work.now.add({ hours: revealHours })
  await withdrawReveals(work.tx, activationId)
  await insertReveal(
    work.tx,
    {
      activationId,
      keyId: issued.keyId,
      expiresAt,
      tokenHash: secrets.hash('reveal-token', token),
      keyEnc: secrets.seal('field', issued.key),
    },
    work.now,
  )
  const link = { url: `${publicUrl}/reveal/${token}`, expiresAt }
  const mail = { about, to: integration.contactEmail, activation, integrationName: integration.name, link, publicUrl }
  return writeActivationMail(work, mail, secrets)
}

/**
 * Sends a new link. What an old one would have shown is stored nowhere in clear text once it was shown, so there is a
 * new inbound key behind it; the one before lives on for `graceDays`.
 */
export async function sendNewLink(
  work: UnitOfWork,
  activationId: number,
  { graceDays }: { readonly graceDays?: number },
  deps: RevealDeps,
): Promise<{ readonly key: IssuedKey; readonly mailId: number }> {
  await lockActivation(work.tx, activationId)
  const wanted = { kind: 'INBOUND', ...defined({ graceDays }) } as const
  const key = await rotateKey(work, activationId, wanted, deps)
  const mailId = await sendRevealLink(work, { activationId, issued: key, about: 'newKey' }, deps)
  if (mailId === undefined) throw badRequest('errormessage.integration.contactMissing')
  return { key, mailId }
}

/** Whether a link would show its keys now; undefined when there is no such link. */
export async function openSharedReveal(
  { db, now }: View,
  revealId: number,
  realNow: Temporal.Instant,
): Promise<RevealVerdict | undefined> {
  const reveal = await findReveal(db, revealId)
  return reveal && judgeReveal(await findRevealFacts(db, reveal, realNow), now)
}

/** Shows the keys behind a link, this once, or says why not. */
export async function revealKeys(
  work: UnitOfWork,
  revealId: number,
  { secrets, realNow }: KeyDeps,
): Promise<RevealedKeys | Exclude<RevealVerdict, 'OPEN'> | undefined> {
  const { tx, now, audit } = work
  await lockReveal(tx, revealId)
  const reveal = await findReveal(tx, revealId)
  if (!reveal) return undefined
  const verdict = judgeReveal(await findRevealFacts(tx, reveal, realNow), now)
  if (verdict !== 'OPEN') return verdict
  const { activationId, keyId } = reveal
  const inboundKey = secrets.open('field', reveal.keyEnc as Buffer)
  const [webhook] = await listUsableKeys(tx, activationId, { kind: 'WEBHOOK', at: realNow })
  await markRevealed(tx, revealId, now)
  const studioId = (await findActivation(tx, activationId))?.studioId
  const where = defined({ studioId })
  audit({ action: 'apiKey.revealed', entityKind: 'apiKey', entityId: keyId, ...where })
  if (!webhook?.keyEnc) return { inboundKey }
  audit({ action: 'apiKey.revealed', entityKind: 'apiKey', entityId: webhook.id, ...where })
  return { inboundKey, webhookKey: secrets.open('webhook-key', webhook.keyEnc) }
}

async function findRevealFacts(db: View['db'], reveal: RevealRow, realNow: Temporal.Instant) {
  const usable = await listUsableKeys(db, reveal.activationId, { kind: 'INBOUND', at: realNow })
  return {
    expiresAt: reveal.expiresAt,
    revealedAt: reveal.revealedAt,
    isKept: reveal.keyEnc !== null,
    isKeyUsable: usable.some(({ id }) => id === reveal.keyId),
  }
}
