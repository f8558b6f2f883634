import type { StaffOperations } from '../platform/staff/staff-operations.ts'
import { defined, nonNull } from '../platform/values/defined.ts'
import { listOffers, type OfferChanges, type OnlineOffer } from './offer-store.ts'
import { createOnlineOffer, orderOffers, updateOnlineOffer } from './offers.ts'
import { searchPasses } from './pass-search-store.ts'
import { grantFreePass, setRemainingVisits } from './passes.ts'
import * as api from './staff-api.ts'
import { readDay } from '../platform/time/zoned-time.ts'

/** Binds what staff do with offers and passes. */
export function onlineOfferStaff(operations: StaffOperations) {
  offers(operations)
  passes(operations)
}

function offers(operations: StaffOperations) {
  operations.write(api.createOnlineOffer, async (work, { body: { studioId, name, period, ...fields } }) => {
    const position = fields.position ?? ((await listOffers(work.db, studioId)).at(-1)?.position ?? 0) + 1
    const needed = { studioId, name, periodOfUseValue: period.value, periodOfUseUnit: period.unit }
    return { onlineOfferId: await createOnlineOffer(work, { ...readFields(fields), ...needed, position }) }
  })
  operations.write(api.updateOnlineOffer, async (work, { params: { offerId }, body }) => {
    const { name, period, clear = [], ...fields } = body
    const length = defined({ name, periodOfUseValue: period?.value, periodOfUseUnit: period?.unit })
    const emptied = Object.assign({}, ...clear.map((field) => emptyColumns[field])) as OfferChanges
    await updateOnlineOffer(work, offerId, { ...emptied, ...length, ...readFields(fields) })
    return { onlineOfferId: offerId }
  })
  operations.write(api.orderOnlineOffers, async (work, { params: { studioId }, body: { offerIds } }) => ({
    offerIds: await orderOffers(work, studioId, offerIds),
  }))
  operations.read(api.listOnlineOffers, async ({ db }, { body: { studioId, active } }) =>
    (await listOffers(db, studioId)).filter((offer) => active !== true || offer.active).map(showOffer),
  )
}

/** The columns of a field that is emptied. */
const emptyColumns: Readonly<Record<(typeof api.clearable)[number], OfferChanges>> = {
  DESCRIPTION: { description: null },
  PRICE: { price: null },
  REDEEM_WITHIN: { redeemWithinValue: null, redeemWithinUnit: null },
  SALE_FROM: { saleFrom: null },
  SALE_TO: { saleTo: null },
  LIMIT: { perCustomerLimit: null },
  RATE_CODE: { requiredRateCode: null },
}

interface Fields {
  readonly redeemWithin?: { readonly value: number; readonly unit: 'DAY' | 'WEEK' | 'MONTH' | 'YEAR' }
  readonly saleFrom?: string
  readonly saleTo?: string
}

/** The columns of what was given. */
function readFields<T extends Fields>({ redeemWithin, saleFrom, saleTo, ...same }: T) {
  return {
    ...same,
    ...defined({
      redeemWithinValue: redeemWithin?.value,
      redeemWithinUnit: redeemWithin?.unit,
      saleFrom: readDay(saleFrom),
      saleTo: readDay(saleTo),
    }),
  }
}

function showOffer(offer: OnlineOffer) {
  const { id, name, price, quantity, position, saleFrom, saleTo, perCustomerLimit, requiredRateCode } = offer
  return {
    id,
    name,
    quantity,
    period: { value: offer.periodOfUseValue, unit: offer.periodOfUseUnit },
    position,
    allowOnAccount: offer.allowOnAccount,
    active: offer.active,
    ...nonNull({
      price,
      saleFrom: saleFrom?.toString(),
      saleTo: saleTo?.toString(),
      perCustomerLimit,
      requiredRateCode,
    }),
  }
}

function passes(operations: StaffOperations) {
  operations.write(api.grantPass, async (work, { body: { customerId, offerId, from, period } }) => {
    const wish = { customerId, onlineOfferId: offerId, ...defined({ validFrom: readDay(from), period }) }
    const { validFrom, validTo, ...pass } = await grantFreePass(work, wish)
    return { ...pass, validFrom: validFrom.toString(), validTo: validTo.toString() }
  })
  operations.write(api.setRemaining, async (work, { params: { passId }, body: { visits } }) => {
    await setRemainingVisits(work, passId, visits)
    return { passId, remaining: visits }
  })
  operations.read(api.listPasses, async ({ db, now }, { body: { offerId, ...search } }) => {
    const found = await searchPasses(db, { ...search, onlineOfferId: offerId }, now)
    return found.map(({ purchaseDate, validFrom, validTo, ...pass }) => ({
      ...pass,
      purchaseDate: purchaseDate.toString(),
      validFrom: validFrom.toString(),
      validTo: validTo.toString(),
    }))
  })
}
