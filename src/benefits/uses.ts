import { type ApiError, badRequest, notFound } from '../platform/errors/errors.ts'
import type { Queryable } from '../platform/database/database.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import type { BenefitFacts } from './benefit-facts.ts'
import { type BenefitSite, findBenefitFacts } from './benefit-facts-store.ts'
import { type BenefitRefusal, type BenefitVerdict, judgeBenefit } from './benefit-rules.ts'
import { hasUse, insertUse, type NewUse, reverseUseRow } from './use-store.ts'

/** Which benefit of which customer, and where it is to be used. */
export interface BenefitWish {
  readonly customerId: number
  readonly key: string
  readonly site: BenefitSite
}

/** What came of an attempt to use a benefit. */
export type BenefitUse = { readonly usageId: number } | { readonly refusal: BenefitRefusal | 'CUSTOMER_NOT_FOUND' }

/**
 * The facts about a customer whose benefits the caller may see: one of the own studio, or a guest for whom at least one
 * benefit is cross-facility and switched on both here and at home.
 */
export async function findVisibleFacts(
  db: Queryable,
  customerId: number,
  site: BenefitSite,
  now: Temporal.Instant,
): Promise<BenefitFacts | undefined> {
  const facts = await findBenefitFacts(db, customerId, site, now)
  if (!facts) return undefined
  const isGuest = facts.homeStudioId !== site.studioId
  return isGuest && facts.benefits.length === 0 ? undefined : facts
}

/** Whether a customer could use a benefit now; consumes nothing. Undefined for nobody whom the caller sees. */
export async function findBenefitUse(
  db: Queryable,
  { customerId, key, site }: BenefitWish,
  now: Temporal.Instant,
): Promise<BenefitVerdict | undefined> {
  const facts = await findVisibleFacts(db, customerId, site, now)
  const offered = facts?.benefits.find((benefit) => benefit.key === key)
  return facts && judgeBenefit(facts, offered, now)
}

/**
 * Uses a benefit once within the unit: the first choice that has something left when the counter is taken, so that of
 * many at once nobody gets more than the amount. Stores nothing when it refuses.
 */
export async function takeBenefit(work: UnitOfWork, wish: BenefitWish, source: NewUse['source']): Promise<BenefitUse> {
  const { tx, now } = work
  const { customerId, key, site } = wish
  const verdict = await findBenefitUse(tx, wish, now)
  if (!verdict) return { refusal: 'CUSTOMER_NOT_FOUND' }
  if (!verdict.isUsable) return { refusal: verdict.reason }
  const { benefitId } = verdict
  for (const { ruleId, contractId, amount, period } of verdict.choices) {
    const periodStart = period?.from ?? null
    const row = { customerId, benefitId, ruleId, contractId, amount, periodStart, studioId: site.studioId, source }
    const usageId = await insertUse(tx, row, now)
    if (usageId === undefined) continue
    const diff = {
      key: [null, key],
      source: [null, source],
      periodStart: [null, periodStart?.toString() ?? null],
    } as const
    work.audit({
      action: 'benefit.used',
      entityKind: 'benefitUsage',
      entityId: usageId,
      studioId: site.studioId,
      diff,
    })
    return { usageId }
  }
  return { refusal: 'CONTINGENT_EXHAUSTED' }
}

/** Uses a benefit once within the unit, or refuses as the API does. Answers the id of the usage. */
export async function useBenefit(work: UnitOfWork, wish: BenefitWish, source: NewUse['source']): Promise<number> {
  const use = await takeBenefit(work, wish, source)
  if ('refusal' in use) throw refuseBenefit(use.refusal, wish)
  return use.usageId
}

/** The refusal as the API answers it; only whether something is left is distinguished from all other reasons. */
function refuseBenefit(refusal: BenefitRefusal | 'CUSTOMER_NOT_FOUND', { customerId, key }: BenefitWish): ApiError {
  if (refusal === 'CUSTOMER_NOT_FOUND') return notFound('customer', customerId)
  if (refusal === 'NOT_FOUND') return notFound('benefit', key)
  if (refusal === 'CONTINGENT_EXHAUSTED') return badRequest('errormessage.benefit.contingentExhausted')
  return badRequest('errormessage.benefit.notEntitled')
}

/** Staff take a use back: it counts no more in the period in which it was made. Doing so again changes nothing. */
export async function reverseBenefitUse(work: UnitOfWork, usageId: number) {
  const reversed = await reverseUseRow(work.tx, usageId, work.now)
  if (reversed) {
    const { studioId } = reversed
    work.audit({ action: 'benefit.reversed', entityKind: 'benefitUsage', entityId: usageId, studioId })
  } else if (!(await hasUse(work.tx, usageId))) {
    throw notFound('benefitUse', usageId)
  }
}
