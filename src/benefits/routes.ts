import { parseCardNumber } from '../customers/index.ts'
import { badRequest, notFound } from '../platform/errors/errors.ts'
import type { Operations } from '../platform/http/operations.ts'
import type { PartnerView } from '../platform/units/work.ts'
import * as api from './api.ts'
import { judgeBenefits } from './benefit-rules.ts'
import { toSite } from './site.ts'
import { presentBenefit } from './present.ts'
import { findCardHolder } from './use-store.ts'
import { findVisibleFacts, useBenefit } from './uses.ts'

/** An id that nobody has: an unknown card costs the same statements as one that the caller may not see. */
const nobody = 0

export function benefitRoutes({ read, write }: Operations) {
  read(api.getBenefits, async (view, { params: { customerId }, query: { key } }) => {
    const listed = await listBenefits(view, customerId, key)
    if (!listed) throw notFound('customer', customerId)
    return listed
  })
  read(api.getBenefitsByCardNumber, async (view, { query: { cardNumber, cardNumberFormat, key } }) => {
    const card = parseCardNumber(cardNumber, cardNumberFormat)
    if (card === undefined) throw badRequest('errormessage.cardNumber.invalid', { reference: 'cardNumber' })
    const holder = await findCardHolder(view.db, card, view.now)
    const listed = await listBenefits(view, holder ?? nobody, key)
    if (!listed) throw notFound('customer', 'cardNumber')
    return listed
  })
  write(api.useBenefit, async (work, { params: { customerId, benefitKey } }) => {
    await useBenefit(work, { customerId, key: benefitKey, site: toSite(work.caller) }, 'API')
  })
}

async function listBenefits({ db, caller, now }: PartnerView, customerId: number, keys: string[] | undefined) {
  const facts = await findVisibleFacts(db, customerId, toSite(caller), now)
  if (!facts) return undefined
  return judgeBenefits(facts, keys, now).map(({ key, verdict }) => presentBenefit(key, verdict))
}
