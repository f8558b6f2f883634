import { eq } from 'drizzle-orm'
import { presentMoney } from '../../../platform/api/values.ts'
import type { Queryable } from '../../../platform/database/database.ts'
import { chooseLanguage } from '../../../platform/errors/localisation.ts'
import { badRequest, notFound } from '../../../platform/errors/errors.ts'
import { dateIn } from '../../../platform/time/zoned-time.ts'
import { isBefore } from '../../../platform/time/order.ts'
import type { View } from '../../../platform/units/work.ts'
import { defined } from '../../../platform/values/defined.ts'
import { findStudio } from '../../../studios/index.ts'
import { findOfferIdOfTerm, loadOffers } from '../../catalogue/offer-store.ts'
import { planContract, planOfferModule } from '../../catalogue/price-plan.ts'
import type { ContractLine } from '../../pricing/contract-line.ts'
import { wantedLines } from '../../pricing/contract-lines.ts'
import { planInitialSchedule, sumDueOnSigning } from '../../pricing/initial-schedule.ts'
import type { ContractPlan } from '../../pricing/plan.ts'
import { findTermEnd } from '../../pricing/run-time-rules.ts'
import { refuseAge } from '../../selling/order-rules.ts'
import { describeLine } from '../../selling/line-texts.ts'
import { proposeStart, proposeStartOfUse } from '../../start-rules.ts'
import { offerPublications } from '../../tables.ts'
import { Speaker } from '../../wording.ts'

/** A contract that staff imagine. */
export interface ImaginedSale {
  readonly termId: number
  /** Where it is sold; left out: the first studio in which the offer is published. */
  readonly studioId?: number | undefined
  readonly birthDate?: Temporal.PlainDate | undefined
  /** Left out: as the term proposes. */
  readonly start?: Temporal.PlainDate | undefined
  /** Modules of the offer that cost something. */
  readonly moduleIds: readonly number[]
}

/**
 * What a contract on a term would cost in its first year if it were signed today, by the rules that charge it later. Whether
 * the term is sold now does not matter.
 */
export async function planFirstYear({ db, now }: Pick<View, 'db' | 'now'>, sale: ImaginedSale) {
  const offerId = await findOfferIdOfTerm(db, sale.termId)
  if (offerId === undefined) throw notFound('membershipOfferTerm', sale.termId)
  const studio = await requireStudio(db, sale.studioId ?? (await findFirstStudio(db, offerId)))
  const [offer] = await loadOffers(db, { studioId: studio.id, offerIds: [offerId] })
  const term = offer?.terms.find(({ id }) => id === sale.termId)
  if (!offer || !term) throw notFound('membershipOfferTerm', sale.termId)
  const today = dateIn(now, studio.timeZone)
  const { currency } = studio
  const start = sale.start ?? proposeStart(term, today)
  refuseAge(offer, sale.birthDate, start)
  const wanted = sale.moduleIds.map((id) => {
    const module = offer.modules.find((each) => each.id === id && (each.termId ?? term.id) === term.id)
    if (!module) throw badRequest('errormessage.membership.moduleNotFound', { reference: 'moduleIds' })
    return planOfferModule(module, { start, signedOn: today, currency })
  })
  const isUsedBefore = offer.preUseType !== 'NOT_AVAILABLE'
  const plan = planContract(term, {
    currency,
    start,
    useFrom: isUsedBefore ? proposeStartOfUse(term, { start, today }) : start,
    signedOn: today,
    preUse: offer.preUseType,
    ...defined({ birthDate: sale.birthDate }),
    modules: wanted,
  })
  const speaker = new Speaker({ language: chooseLanguage(undefined, studio.languageTag, studio.languageTag) })
  const lines = listFirstYear(plan).map((line) => ({
    dueDate: line.due.toString(),
    description: describeLine(line, { plan, rateName: term.rateName }, speaker),
    type: line.type,
    amount: presentMoney(line.amount),
    serviceFrom: line.service.from.toString(),
    serviceTo: line.service.until.subtract({ days: 1 }).toString(),
    mandatoryOnSigning: line.isMandatoryOnSigning,
  }))
  const { end, deadline } = findTermEnd({ terms: plan, start, pauses: [] }, 0)
  return {
    studioId: studio.id,
    startDate: start.toString(),
    endDate: end.toString(),
    lastPossibleCancelationDate: deadline.toString(),
    dueOnSigning: presentMoney(sumDueOnSigning(planInitialSchedule(plan), currency)),
    lines,
  }
}

async function requireStudio(db: Queryable, studioId: number) {
  const studio = await findStudio(db, studioId)
  if (!studio) throw notFound('studio', studioId)
  return studio
}

async function findFirstStudio(db: Queryable, offerId: number): Promise<number> {
  const { studioId } = offerPublications
  const [row] = await db
    .select({ studioId })
    .from(offerPublications)
    .where(eq(offerPublications.offerId, offerId))
    .orderBy(studioId)
    .limit(1)
  if (row) return row.studioId
  throw badRequest('errormessage.validation.required', {
    args: [{ type: 'STRING', value: 'studioId' }],
    reference: 'studioId',
  })
}

/** Nobody cancels: the contract is as far committed as it will be on the last day of the year. */
function listFirstYear(plan: ContractPlan): ContractLine[] {
  const until = plan.start.add({ years: 1 })
  const lines = wantedLines(plan, { today: until.subtract({ days: 1 }), pauses: [] })
  return lines.filter(({ periodFrom }) => isBefore(periodFrom, until))
}
