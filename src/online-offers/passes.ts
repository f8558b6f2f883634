import { notFound, refuseFields, violation } from '../platform/errors/errors.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { dateIn } from '../platform/time/zoned-time.ts'
import { findStudio } from '../studios/index.ts'
import { findOffer, type OnlineOffer } from './offer-store.ts'
import { insertPass, lockPass, lockPassHolder, takeVisit, updateRemaining } from './pass-store.ts'
import { type PeriodOfUse, planValidity, type Validity } from './validity-rules.ts'
import { onlineOfferPurchased } from './events.ts'

export interface PassGrant {
  readonly customerId: number
  readonly onlineOfferId: number
  /** First local day of the offer's studio; left out: today. */
  readonly validFrom?: Temporal.PlainDate
  /** Instead of the offer's own period. */
  readonly period?: PeriodOfUse
}

export interface GrantedPass {
  readonly passId: number
  readonly studioId: number
  readonly quantity: number
  /** Local dates of the studio, both inclusive. */
  readonly validFrom: Temporal.PlainDate
  readonly validTo: Temporal.PlainDate
}

/**
 * Gives a customer a pass for nothing, by staff or a voucher: the offer's visits at the offer's studio. Whether the
 * offer is on sale does not matter.
 */
export async function grantFreePass(work: UnitOfWork, grant: PassGrant): Promise<GrantedPass> {
  const { tx, now } = work
  const { customerId, onlineOfferId } = grant
  if (!(await lockPassHolder(tx, customerId))) throw notFound('customer', customerId)
  const offer = await findOffer(tx, onlineOfferId)
  const studio = offer && (await findStudio(tx, offer.studioId))
  if (!offer || !studio) throw notFound('onlineOffer', onlineOfferId)
  const today = dateIn(now, studio.timeZone)
  const validity = planOfferValidity(offer, grant.validFrom ?? today, grant.period)
  const passId = await storePass(work, { action: 'granted', offer, customerId, price: '0', today, validity })
  const { validFrom, validTo } = validity
  return { passId, studioId: offer.studioId, quantity: offer.quantity, validFrom, validTo }
}

export interface WantedPass {
  readonly action: 'granted' | 'bought'
  readonly offer: OnlineOffer
  readonly customerId: number
  /** Decimal text in the currency of the offer's studio. */
  readonly price: string
  /** Local date of the offer's studio. */
  readonly today: Temporal.PlainDate
  readonly validity: Validity
}

/** Stores a pass with all visits of its offer, and announces it. The customer must be locked. */
export async function storePass(work: UnitOfWork, wanted: WantedPass): Promise<number> {
  const { offer, customerId, price, today, validity } = wanted
  const { id: onlineOfferId, studioId, name, quantity } = offer
  const about = { onlineOfferId, studioId, customerId, name, quantity, remaining: quantity }
  const bought = { price, purchasedAt: work.now, purchaseDate: today }
  const passId = await insertPass(work.tx, { ...about, ...bought, ...validity }, work.now)
  work.audit({
    action: `pass.${wanted.action}`,
    entityKind: 'pass',
    entityId: passId,
    studioId,
    diff: {
      onlineOfferId: [null, onlineOfferId],
      valid: [null, `${validity.validFrom}/${validity.validTo}`],
      quantity: [null, quantity],
      price: [null, price],
    },
  })
  const content = { onlineOfferPurchaseId: passId, onlineOfferId }
  work.emit(onlineOfferPurchased({ entityId: customerId, customerId, audienceStudioIds: [studioId], content }))
  return passId
}

/** From when to when a pass of an offer counts that begins on `validFrom`; `period` stands in for the offer's own. */
export function planOfferValidity(offer: OnlineOffer, validFrom: Temporal.PlainDate, period?: PeriodOfUse): Validity {
  const own: PeriodOfUse = { value: offer.periodOfUseValue, unit: offer.periodOfUseUnit }
  const { redeemWithinValue: value, redeemWithinUnit: unit } = offer
  return planValidity(period ?? own, validFrom, value === null || unit === null ? null : { value, unit })
}

/**
 * Uses one visit of a pass for a visit that begins now; a period of minutes or hours starts with the first one. The
 * customer must be locked. False when nothing is left.
 */
export async function useVisitOfPass(work: UnitOfWork, passId: number, at: Temporal.Instant): Promise<boolean> {
  const used = await takeVisit(work.tx, passId, at)
  if (!used) return false
  const { studioId, remaining } = used
  const diff = { remaining: [remaining + 1, remaining] } as const
  work.audit({ action: 'pass.used', entityKind: 'pass', entityId: passId, studioId, diff })
  return true
}

/** Staff correct how many visits a pass has left, between none and all of them. */
export async function setRemainingVisits(work: UnitOfWork, passId: number, remaining: number) {
  const pass = await lockPass(work.tx, passId)
  if (!pass) throw notFound('pass', passId)
  if (remaining < 0) throw refuseFields([violation('remaining', 'min', { type: 'DECIMAL', value: 0 })])
  if (remaining > pass.quantity) {
    throw refuseFields([violation('remaining', 'max', { type: 'DECIMAL', value: pass.quantity })])
  }
  if (remaining === pass.remaining) return
  await updateRemaining(work.tx, passId, remaining, work.now)
  const diff = { remaining: [pass.remaining, remaining] } as const
  work.audit({ action: 'pass.corrected', entityKind: 'pass', entityId: passId, studioId: pass.studioId, diff })
}
