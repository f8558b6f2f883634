import { badRequest } from '../../platform/errors/errors.ts'
import type { PartnerView } from '../../platform/units/work.ts'
import { defined } from '../../platform/values/defined.ts'
import { openCatalogue } from '../catalogue/catalogue.ts'
import { planContract, planOfferModule } from '../catalogue/price-plan.ts'
import type { TermRecord } from '../catalogue/term-store.ts'
import type { OfferStudio } from '../offers.ts'
import { listActiveTerms } from '../present-offers.ts'
import { chooseModules, refuseAge, type Wish } from '../selling/order-rules.ts'
import type { Quote } from '../selling/quotes.ts'
import { listDestinationIds, type SwitchConfig } from './switch-store.ts'

/** A way that a member goes, and what the contract before it means for the new one. */
export interface SwitchOrder {
  readonly config: SwitchConfig
  /** The studio that sells. */
  readonly studio: OfferStudio
  readonly today: Temporal.PlainDate
  /** Refuses a first day on which the contract before does not let go. */
  readonly refuseStart: () => void
  readonly findBirthDate: () => Promise<Temporal.PlainDate | undefined>
  /** First day after the present term of the contract before. */
  readonly until: Temporal.PlainDate
}

/**
 * What a member who switches would sign: an offer at the end of the way, without use before the start and without voucher.
 * The first rule that fails is the answer (400): term, first day, modules, age.
 */
export async function makeSwitchQuote(db: PartnerView['db'], wish: Wish, order: SwitchOrder): Promise<Quote> {
  const { config, studio, today } = order
  const { offer, term } = await findDestination(db, wish.termId, order)
  order.refuseStart()
  const modules = chooseModules(wish, { offer, term })
  const birthDate = await order.findBirthDate()
  refuseAge(offer, birthDate, wish.startDate)
  const { startDate: start } = wish
  const { currency } = studio
  const plan = {
    ...planContract(term, {
      currency,
      start,
      useFrom: start,
      signedOn: today,
      preUse: 'NOT_AVAILABLE',
      ...defined({ birthDate }),
      modules: modules.map((module) => planOfferModule(module, { start, signedOn: today, currency })),
    }),
    ...(config.termHandling === 'KEEP_MIN_END' ? { endsNotBefore: order.until } : {}),
  }
  return { offer, term, modules, plan, plainPlan: plan }
}

async function findDestination(db: PartnerView['db'], termId: number, { config, studio, today }: SwitchOrder) {
  const catalogue = await openCatalogue(db, studio.id)
  const offerId = await catalogue.findOfferId(termId)
  const offerIds = await listDestinationIds(db, { configId: config.id, today })
  const [offer] = await catalogue.loadOffers(offerIds.filter((id) => id === offerId))
  const term = offer && listActiveTerms(offer).find(({ id }) => id === termId)
  if (!offer || !term) {
    throw badRequest('errormessage.membershipSwitch.termNotDestination', { reference: 'membershipOfferTermId' })
  }
  return { offer, term: config.chargeStarterPackage ? term : withoutStarterPackage(term) }
}

/** Members who switch have joined before. */
function withoutStarterPackage(term: TermRecord): TermRecord {
  return { ...term, fees: term.fees.filter(({ starterPackage }) => !starterPackage) }
}
