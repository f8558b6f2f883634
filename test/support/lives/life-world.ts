import { eq, sql } from 'drizzle-orm'
import { membershipOffersModule } from '../../../src/membership-offers/index.ts'
import * as staffApi from '../../../src/membership-offers/staff-api.ts'
import { configureAmendments } from '../../../src/self-service/index.ts'
import { idlePolicies, idleReasons, rates } from '../../../src/membership-offers/tables.ts'
import { studios } from '../../../src/studios/tables.ts'
import { openTestApp, type TestApp } from '../app.ts'
import { pricedTerms } from '../samples/priced-terms.ts'
import { addReason } from '../scenes/canceling-scene.ts'
import { policy } from '../scenes/idle-scene.ts'
import { addModule, type SoldInTest } from '../scenes/module-scene.ts'
import { addOffer, addOfferVoucher, type TermInput } from '../scenes/offer-world.ts'
import { openStaff, type Staff } from '../scenes/staff.ts'

export type SoldOffer = Awaited<ReturnType<typeof addOffer>>

/** A studio that sells everything, and whose members may do everything by themselves. */
export interface LifeWorld {
  readonly app: TestApp
  /** The first ones can be signed; the last one is only switched to. */
  readonly offers: readonly SoldOffer[]
  readonly modules: readonly SoldInTest[]
  readonly switchId: number
  readonly idleReasonId: number
  readonly cancelationReasonId: number
}

/** Beside every kind of price: what is due on signing, another price later, another rate later, and an end by receipt. */
const moreTerms: readonly TermInput[] = [
  {
    frequency: { price: '44.95' },
    fees: [
      { name: 'Starter', starterPackage: true, frequency: { type: 'NON_RECURRING', price: '39.00', termValue: null } },
    ],
    dueOnSigning: ['STARTER_PACKAGE', 'FIRST_CONTRACT_FEE', 'PRE_USE'],
    priceAfterExtension: '49.95',
    cancelationPeriodValue: 1,
    cancelationPeriodUnit: 'MONTH',
  },
  {
    frequency: { price: '24.50' },
    termValue: 3,
    cancelationStrategy: 'RECEIPT_DATE',
    cancelationPeriodValue: 2,
    cancelationPeriodUnit: 'WEEK',
  },
]

export async function openLifeWorld(now: string): Promise<LifeWorld> {
  const app = await openTestApp({ now, environment: { PALESTRA_RATELIMIT_DEFAULT: '1000000' } })
  const staff = openStaff(app, membershipOffersModule)
  const offers: SoldOffer[] = []
  const sell = (term: TermInput) =>
    addOffer(app, { offer: { preUseType: 'CHARGEABLE' }, terms: [term], choices: ['CASH', 'CREDIT_CARD'] })
  for (const term of [...pricedTerms, ...moreTerms]) offers.push(await sell(term))
  const follows = {
    extensionType: 'SUBSEQUENT_RATE_DETAIL',
    extensionTermValue: null,
    extensionTermUnit: null,
  } as const
  const subsequentTermId = offers[0]?.termId ?? 0
  offers.push(await sell({ frequency: { price: '14.99' }, termValue: 5, ...follows, subsequentTermId }))
  await addVouchers(app)
  const idleReasonId = await allowAll(app)
  const modules = [
    await addModule(staff),
    await addModule(staff, { trialTerm: { value: 1, unit: 'MONTH' }, billingAlignment: 'MAIN_CONTRACT' }),
  ]
  return {
    app,
    offers,
    modules,
    switchId: await openSwitch(app, staff, offers),
    idleReasonId,
    cancelationReasonId: await addReason(app),
  }
}

async function addVouchers(app: TestApp) {
  const codeRow = { maxRedemptions: 1_000_000 }
  const third = {
    type: 'PERCENTAGE',
    percentage: '33.33',
    effective: 'TIME_BASED',
    termValue: 2,
    termUnit: 'MONTH',
  } as const
  const windows = [third, { type: 'ABSOLUTE', amount: '4.99', effective: 'INITIAL_TERM' } as const]
  await addOfferVoucher(app, { code: 'THIRD', codeRow, windows })
  const split = { companySplitType: 'PERCENTAGE', companySplitPercentage: '17.17' } as const
  await addOfferVoucher(app, { code: 'SPLIT', codeRow, type: 'COMPANY_FEE_SPLIT', company: 'Acme', ...split })
  await addOfferVoucher(app, { code: 'CREDIT', codeRow, type: 'CREDIT', creditValue: '12.34' })
}

/** Members of Berlin pause, cancel and buy by themselves. Answers the reason of their pauses. */
async function allowAll(app: TestApp): Promise<number> {
  const { studioId } = app.berlin
  return app.write(async (work) => {
    const { tx, now } = work
    const stamps = { createdAt: now, updatedAt: now }
    for (const kind of ['IDLE_PERIOD', 'CONTRACT_CANCELATION', 'MODULE_CANCELATION'] as const) {
      await configureAmendments(work, { studioId, kind, mode: 'CHANGES_WITHOUT_VERIFICATION', requireSignature: false })
    }
    // Its nights would cost as much time as those of Berlin.
    await tx.update(studios).set({ status: 'CLOSED' }).where(eq(studios.id, app.hamburg.studioId))
    const byMonth = { ...policy, unlimitedAllowed: true, recurringCharges: true, maxTerms: 6 }
    const free = { feeType: 'NONE', amountPerUnit: null, recurringCharges: false } as const
    const byDay = {
      ...byMonth,
      temporalUnit: 'DAY',
      maxTerms: 60,
      dayShortening: true,
      unlimitedAllowed: false,
      ...free,
    } as const
    const ids: number[] = []
    for (const rules of [byMonth, byDay]) {
      const [row] = await tx
        .insert(idlePolicies)
        .values({ ...rules, ...stamps })
        .returning({ id: idlePolicies.id })
      ids.push(row?.id ?? 0)
    }
    const [months = 0, days = 0] = ids
    await tx
      .update(rates)
      .set({ idlePolicyId: sql`case when ${rates.id} % 2 = 0 then ${months}::bigint else ${days}::bigint end` })
    const reason = { studioId, name: 'Vacation', documentRequired: false, position: 0, ...stamps }
    const [row] = await tx.insert(idleReasons).values(reason).returning({ id: idleReasons.id })
    return row?.id ?? 0
  })
}

async function openSwitch(app: TestApp, staff: Staff, offers: readonly SoldOffer[]): Promise<number> {
  const { configId } = await staff.run(
    staffApi.switches.import,
    {},
    {
      name: 'Change',
      studioIds: [app.berlin.studioId],
      sourceRateIds: offers.map(({ rateId }) => rateId),
      destinationOfferIds: offers.map(({ offerId }) => offerId),
      carryAdditionalModules: true,
    },
  )
  return configId
}
