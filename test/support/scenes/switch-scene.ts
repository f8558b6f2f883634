import { bookPayment, listContractClaims } from '../../../src/accounts/index.ts'
import { contractPhases } from '../../../src/contracts/tables.ts'
import { membershipOffersModule } from '../../../src/membership-offers/index.ts'
import * as staffApi from '../../../src/membership-offers/staff-api.ts'
import { formatAmount } from '../../../src/platform/values/money.ts'
import { eq } from 'drizzle-orm'
import type { TestApp } from '../app.ts'
import { day, monthly, months, samplePlan } from '../samples/contract-plan.ts'
import { selectAccount } from './accounts.ts'
import { showClaims, signPlan } from './contract-scene.ts'
import { addCustomer } from './customers.ts'
import { addOffer, type OfferInput } from './offer-world.ts'
import { openStaff } from './staff.ts'

export interface SwitchScene {
  readonly plan?: Parameters<typeof samplePlan>[0]
  /** What else the contract was signed with. */
  readonly signed?: Parameters<typeof signPlan>[3]
  readonly offer?: OfferInput
  readonly config?: object
  readonly price?: string
}

/** A member from 1 January 2026 for 29.90 a month who has paid until the end of March, and a way to another offer. */
export async function openSwitch(app: TestApp, { plan, signed, offer, config, price = '44.90' }: SwitchScene = {}) {
  const customerId = await addCustomer(app)
  const byMonth = { type: 'TERM_EXTENSION', next: months(1) } as const
  const basics = { start: day('2026-01-01'), signedOn: day('2026-01-01'), extension: byMonth }
  const contractId = await signPlan(
    app,
    customerId,
    samplePlan({ ...basics, initialTerm: months(12), frequency: monthly('29.90'), ...plan }),
    signed,
  )
  const { termId, offerId, ...more } = await addOffer(app, {
    position: null,
    rate: { name: 'Premium' },
    terms: [{ frequency: { price }, dueOnSigning: ['FIRST_CONTRACT_FEE'] }],
    choices: ['CASH', 'CREDIT_CARD'],
    ...offer,
  })
  const [phase] = await app.read(({ db }) =>
    db.select().from(contractPhases).where(eq(contractPhases.contractId, contractId)),
  )
  const { configId } = await openStaff(app, membershipOffersModule).run(
    staffApi.switches.import,
    {},
    {
      name: 'Upgrade',
      studioIds: [app.berlin.studioId],
      sourceRateIds: [phase?.rateId],
      destinationOfferIds: [offerId],
      ...config,
    },
  )
  const wish = { configId, membershipOfferTermId: termId, sourceContractId: contractId, startDate: '2026-03-16' }
  return { customerId, contractId, wish, ...more }
}

/** Books what fell due until today, and the payment of it. */
export async function payUntilMarch(app: TestApp, customerId: number, contractId: number) {
  const claims = await app.read(({ db }) => listContractClaims(db, contractId))
  const due = claims.filter(
    ({ dueDate, state, payer }) => payer === 'MEMBER' && state === 'SCHEDULED' && dueDate.toString() <= '2026-03-31',
  )
  const minor = due.reduce((sum, { amount }) => sum + amount, 0n)
  const { studioId } = app.berlin
  const payment = {
    customerId,
    studioId,
    method: 'CASH',
    description: 'Paid',
    journalKey: `paid:${contractId}`,
  } as const
  const amount = { minor, currency: 'EUR' }
  await app.write((work) => bookPayment(work, { ...payment, amount, claimIds: due.map(({ id }) => id) }))
}

const path = (customerId: number) => `/v1/memberships/${customerId}/membership-switch`

/** Calls about switches, and what came of them. */
export const switchCalls = (app: TestApp) => ({
  preview: (customerId: number, wish: object) => app.post(`${path(customerId)}/preview`, wish),
  change: (customerId: number, wish: object, query = '') => app.post(`${path(customerId)}${query}`, wish),
  balance: (customerId: number) =>
    app.read(async ({ db }) => formatAmount((await selectAccount(db, customerId)).balance)),
  storedLines: async (contractId: number) =>
    (await showClaims(app, contractId)).map((claim) => claim.replace(/^\w+ /u, '')),
})

export const refusal = ({ status, body }: { status: number; body: { errorCode?: string; reference?: string } }) =>
  `${status} ${body.errorCode?.replace('errormessage.', '')} ${body.reference ?? ''}`.trim()

export interface ShownLine {
  readonly dueDate: string
  readonly amount: { readonly amount: number }
  readonly mandatoryOnSigning: boolean
}

/** The payments of a preview, as `2026-03-16 44.90`. */
export const shownLines = (body: { paymentPreview: { paymentSchedule: ShownLine[] } }) =>
  body.paymentPreview.paymentSchedule.map(({ dueDate, amount }) => `${dueDate} ${amount.amount.toFixed(2)}`).toSorted()
