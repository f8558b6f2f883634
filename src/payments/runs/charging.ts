import { readMinor, type RejectionReason, rejectCollection } from '../../accounts/index.ts'
import { announceToHomeStudio } from '../../customers/index.ts'
import type { JobDeps } from '../../platform/jobs/job.ts'
import type { RunUnit, UnitOfWork } from '../../platform/units/work.ts'
import { customerPaymentRejected } from '../events.ts'
import { type Provider, ProviderSilent } from '../provider.ts'
import { readReason } from '../returning/return-rules.ts'
import { endInstrument } from '../returning/returns.ts'
import { bookItem, endRun } from './booking.ts'
import { type DueItem, listCards, takeItems } from './booking-store.ts'
import { endClaims, isStopped, type PaymentRun, updateItem } from './run-store.ts'

type Card = Awaited<ReturnType<typeof listCards>>[number]
type Outcome = 'CHARGED' | 'SILENT' | { readonly failed: RejectionReason }

/** Cards that are read at once; each is charged on its own. */
const CARDS_AT_ONCE = 100

/**
 * Charges each card of a submitted run and books what has come, until staff stop it. A crash repeats a charge with the same key, which the
 * provider knows; a silent provider is asked again in the next round.
 */
export async function chargeRun(
  run: RunUnit,
  due: PaymentRun,
  { provider, goesOn }: Pick<JobDeps, 'goesOn'> & { readonly provider: Provider },
) {
  for (let after = 0; ; ) {
    const cards = await run(({ tx }) => listCards(tx, { runId: due.id, after, limit: CARDS_AT_ONCE }))
    for (const card of cards) {
      if (!goesOn() || (await run(({ tx }) => isStopped(tx, due.id)))) return
      const outcome = await chargeCard(run, provider, { ...card, studioId: due.studioId })
      if (outcome !== 'SILENT') await run((work) => settle(work, due, { card, outcome }))
    }
    const last = cards.at(-1)
    if (!last) return run((work) => endRun(work, due.id))
    after = last.customerId
  }
}

/** Charges a stored card while its holder is not there. What would need the holder is declined. */
async function chargeCard(
  run: RunUnit,
  provider: Provider,
  card: Card & { readonly studioId: number },
): Promise<Outcome> {
  const { providerKey: key, providerRef: ref, currency, studioId } = card
  if (ref === null) return { failed: 'INVALID_CARD' }
  const amount = { minor: readMinor(card.amount, currency), currency }
  try {
    const answer = await provider.authorise(run, { key, studioId, amount, source: { kind: 'STORED', ref } })
    if (answer.kind === 'DECLINED') return { failed: answer.reason }
    if (answer.kind === 'ACTION_REQUIRED') {
      await provider.release(run, key)
      return { failed: 'AUTHORIZATION_DECLINED' }
    }
    const outcome = await provider.capture(run, key)
    return outcome === 'CAPTURED' ? 'CHARGED' : outcome
  } catch (error) {
    if (error instanceof ProviderSilent) return 'SILENT'
    throw error
  }
}

interface Charged {
  readonly card: Card
  readonly outcome: Exclude<Outcome, 'SILENT'>
}

/** Books what a card has paid, or records why it has not; another process may have done so before. */
async function settle(work: UnitOfWork, run: PaymentRun, { card, outcome }: Charged) {
  const [item] = await takeItems(work.tx, { runId: run.id, after: card.customerId - 1, limit: 1, isInHand: true })
  if (item?.id !== card.id) return
  if (outcome === 'CHARGED') return bookItem(work, run, item)
  await failItem(work, item, outcome.failed)
}

/** The card was declined: its claims are open as before and say why. */
async function failItem(work: UnitOfWork, { id: itemId, customerId, instrumentId }: DueItem, reason: RejectionReason) {
  await rejectCollection(work, { itemId, customerId, reason })
  await updateItem(work.tx, itemId, { state: 'FAILED', rejectionReason: reason }, work.now)
  await endClaims(work.tx, [itemId])
  if (readReason(reason).endsInstrument) await endInstrument(work, instrumentId)
  const diff = { reason: [null, reason] } as const
  work.audit({ action: 'paymentRun.itemFailed', entityKind: 'customer', entityId: customerId, diff })
  await announceToHomeStudio(work, customerPaymentRejected, customerId)
}
