import { eq, inArray } from 'drizzle-orm'
import { membershipOffersModule } from '../../../src/membership-offers/index.ts'
import * as staffApi from '../../../src/membership-offers/staff-api.ts'
import { configureAmendments } from '../../../src/self-service/index.ts'
import { idlePolicies, idleReasons, rates } from '../../../src/membership-offers/tables.ts'
import { studios } from '../../../src/studios/tables.ts'
import { openTestApp, type TestApp } from '../app.ts'
import { addReason } from '../scenes/canceling-scene.ts'
import { addModule, type SoldInTest } from '../scenes/module-scene.ts'
import { addOffer, addOfferVoucher, type OfferVoucherInput } from '../scenes/offer-world.ts'
import { openStaff, type Staff } from '../scenes/staff.ts'
import { patient } from '../patient-app.ts'
import { followedOffer, lifeOffers, lifePolicies } from './life-offers.ts'

export type SoldOffer = Awaited<ReturnType<typeof addOffer>>

/** A studio that sells everything, and whose members may do everything by themselves. */
export interface LifeWorld {
  readonly app: TestApp
  readonly offers: readonly SoldOffer[]
  readonly modules: readonly SoldInTest[]
  readonly switchId: number
  readonly idleReasonId: number
  readonly cancelationReasonId: number
}

export async function openLifeWorld(now: string): Promise<LifeWorld> {
  const app = patient(await openTestApp({ now, environment: { PALESTRA_RATELIMIT_DEFAULT: '1000000' } }))
  const staff = openStaff(app, membershipOffersModule)
  const offers: SoldOffer[] = []
  for (const offer of lifeOffers) offers.push(await addOffer(app, offer))
  offers.push(await addOffer(app, followedOffer(offers[0]?.termId ?? 0)))
  await addVouchers(app)
  const idleReasonId = await allowAll(app, offers)
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

const third = {
  type: 'PERCENTAGE',
  percentage: '33.33',
  effective: 'TIME_BASED',
  termValue: 2,
  termUnit: 'MONTH',
} as const
const company = { type: 'COMPANY_FEE_SPLIT', company: 'Acme', appliesModules: true } as const

/** Codes for discounts, for credit, for free weeks, and of companies that pay a part. */
export const lifeVouchers: readonly OfferVoucherInput[] = [
  { code: 'THIRD', windows: [third, { type: 'ABSOLUTE', amount: '4.99', effective: 'INITIAL_TERM' }] },
  {
    code: 'ALWAYS',
    windows: [{ type: 'PERCENTAGE', percentage: '7.5', effective: 'UNLIMITED' }],
    appliesPreuse: true,
    appliesModules: true,
    omitStarterPackage: true,
    flatFeeIdentifiers: ['Card', 'Towels'],
  },
  { code: 'CREDIT', type: 'CREDIT', creditValue: '12.34' },
  { code: 'SPLIT', ...company, companySplitType: 'PERCENTAGE', companySplitPercentage: '17.17' },
  { code: 'PART', ...company, companySplitType: 'ABSOLUTE', companySplitAmount: '5.05', appliesPreuse: true },
  {
    code: 'WEEKS',
    bonusValue: 3,
    bonusUnit: 'WEEK',
    bonusStrategy: 'CONTRACT_START',
    bonusRuntimeExtensionType: 'WITH_EXTENSION',
  },
]

async function addVouchers(app: TestApp) {
  for (const voucher of lifeVouchers) {
    await addOfferVoucher(app, { ...voucher, codeRow: { maxRedemptions: 1_000_000 } })
  }
}

/** Members of Berlin pause, cancel and buy by themselves. Answers the reason of their pauses. */
async function allowAll(app: TestApp, offers: readonly SoldOffer[]): Promise<number> {
  const { studioId } = app.berlin
  return app.write(async (work) => {
    const { tx, now } = work
    const stamps = { createdAt: now, updatedAt: now }
    for (const kind of ['IDLE_PERIOD', 'CONTRACT_CANCELATION', 'MODULE_CANCELATION'] as const) {
      await configureAmendments(work, { studioId, kind, mode: 'CHANGES_WITHOUT_VERIFICATION', requireSignature: false })
    }
    // Its nights would cost as much time as those of Berlin.
    await tx.update(studios).set({ status: 'CLOSED' }).where(eq(studios.id, app.hamburg.studioId))
    for (const [at, rules] of lifePolicies.entries()) {
      const { lineText: _text, ...columns } = rules
      const [row] = await tx
        .insert(idlePolicies)
        .values({ ...columns, ...stamps })
        .returning({ id: idlePolicies.id })
      const rateIds = offers.filter((_, n) => n % lifePolicies.length === at).map(({ rateId }) => rateId)
      await tx.update(rates).set({ idlePolicyId: row?.id }).where(inArray(rates.id, rateIds))
    }
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
