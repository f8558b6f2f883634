import { badRequest } from '../../platform/errors/errors.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { StudioView } from '../../platform/units/work.ts'
import { defined } from '../../platform/values/defined.ts'
import { openCatalogue } from '../catalogue/catalogue.ts'
import type { OfferModuleRecord, OfferRecord } from '../catalogue/offer-store.ts'
import { planContract, planOfferModule } from '../catalogue/price-plan.ts'
import type { SellingStudio } from '../catalogue/catalogue-store.ts'
import type { TermRecord } from '../catalogue/term-store.ts'
import { listActiveTerms } from '../present-offers.ts'
import type { ContractPlan } from '../pricing/plan.ts'
import { chooseModules, readStartOfUse, refuseAge, refuseStart, type Selling, type Wish } from './order-rules.ts'
import { isRedeemable, readVoucherBonus, readVoucherTerms } from './voucher-rules.ts'
import { findVoucher, type VoucherRecord } from './voucher-store.ts'

/** Who buys, as far as it decides on prices and vouchers. */
export interface Buyer {
  readonly birthDate?: Temporal.PlainDate
  /** Has had a membership within the last twelve months. */
  readonly isMember: boolean
}

/** What a contract would be that is signed today. */
export interface Quote {
  readonly offer: OfferRecord
  readonly term: TermRecord
  /** The chosen modules; those that come with the offer are in the offer. */
  readonly modules: readonly OfferModuleRecord[]
  /** With what the voucher changes. */
  readonly plan: ContractPlan
  /** Without the voucher and its free time. */
  readonly plainPlan: ContractPlan
  readonly voucher?: VoucherRecord
}

/** A code that was sent, and whether it counts. */
export interface QuotedCode {
  readonly text: string
  readonly voucher?: VoucherRecord
}

/**
 * What the buyer would sign: the first rule that fails is the answer, and their order is part of the API. A code that does
 * not count changes nothing; the caller decides whether it refuses.
 */
export async function makeQuote(
  view: Pick<StudioView, 'db' | 'caller' | 'now'>,
  wish: Wish,
  { buyer, voucherCode }: { readonly buyer: () => Promise<Buyer>; readonly voucherCode?: string },
): Promise<{ readonly quote: Quote; readonly code?: QuotedCode; readonly studio: SellingStudio }> {
  const selling = await openSelling(view, wish.termId)
  const { offer, term, today, studio } = selling
  refuseStart(wish.startDate, today, studio)
  const useFrom = readStartOfUse(wish, selling)
  const modules = chooseModules(wish, selling)
  const { birthDate, isMember } = await buyer()
  refuseAge(offer, birthDate, wish.startDate)
  const { id: studioId, currency } = studio
  const found = voucherCode === undefined ? undefined : await findVoucher(view.db, voucherCode)
  const voucher = found && isRedeemable(found, { today, studioId, offerId: offer.id, isMember }) ? found : undefined
  const purchase = {
    currency,
    start: wish.startDate,
    useFrom,
    signedOn: today,
    preUse: offer.preUseType,
    ...defined({ birthDate }),
    modules: modules.map((module) => planOfferModule(module, { start: wish.startDate, signedOn: today, currency })),
  }
  const plainPlan = planContract(term, purchase)
  const quote = { offer, term, modules, plainPlan, plan: redeem(plainPlan, voucher), ...defined({ voucher }) }
  return {
    quote,
    studio,
    ...(voucherCode === undefined ? {} : { code: { text: voucherCode, ...defined({ voucher }) } }),
  }
}

async function openSelling({ db, caller, now }: Pick<StudioView, 'db' | 'caller' | 'now'>, termId: number) {
  const catalogue = await openCatalogue(db, caller.studio.id)
  const { studio } = catalogue
  const today = dateIn(now, studio.zone)
  const offerId = await catalogue.findOfferId(termId)
  const published = offerId === undefined ? [] : await catalogue.listPublishedIds(today)
  const [offer] = await catalogue.loadOffers(published.filter((id) => id === offerId))
  const term = offer && listActiveTerms(offer).find(({ id }) => id === termId)
  if (!offer || !term) {
    throw badRequest('errormessage.membership.offerTermNotFound', { reference: 'contractOfferTermId' })
  }
  return { offer, term, today, studio } satisfies Selling
}

/** The plan with the voucher's prices; its free time comes after that of the term. */
function redeem(plan: ContractPlan, voucher: VoucherRecord | undefined): ContractPlan {
  if (!voucher) return plan
  const bonus = readVoucherBonus(voucher)
  return {
    ...withTerms(plan, readVoucherTerms(voucher, plan.currency)),
    bonusPeriods: bonus ? [...plan.bonusPeriods, bonus] : plan.bonusPeriods,
  }
}

/** What follows the initial term has the voucher too, but for the window that ends with this term. */
function withTerms(plan: ContractPlan, voucher: NonNullable<ContractPlan['voucher']>): ContractPlan {
  const { subsequent } = plan
  const windows = voucher.windows.filter(({ effective }) => effective !== 'INITIAL_TERM')
  return { ...plan, voucher, ...(subsequent ? { subsequent: withTerms(subsequent, { ...voucher, windows }) } : {}) }
}
