import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { and, eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { listEvents } from '../../../test/support/records.ts'
import { day, monthly, months, samplePlan } from '../../../test/support/samples/contract-plan.ts'
import { assertLedgerWhole, selectAccount } from '../../../test/support/scenes/accounts.ts'
import { showClaims, signPlan } from '../../../test/support/scenes/contract-scene.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import { addOffer, type OfferInput } from '../../../test/support/scenes/offer-world.ts'
import { addToken } from '../../../test/support/scenes/payment-scene.ts'
import { openStaff, type Staff } from '../../../test/support/scenes/staff.ts'
import { bookPayment, listContractClaims } from '../../accounts/index.ts'
import { membershipOffersModule, packPlan } from '../../membership-offers/index.ts'
import * as staffApi from '../../membership-offers/staff-api.ts'
import { modules } from '../../membership-offers/tables.ts'
import { formatAmount, readMoney } from '../../platform/values/money.ts'
import { finishChange } from '../changing/finish-change.ts'
import { contractCancelations, contractPhases, contracts, idlePeriods, subContracts } from '../tables.ts'

// Monday 16 March 2026, 09:00 in Berlin.

let app: TestApp
let staff: Staff
before(async () => {
  app = await openTestApp({ now: '2026-03-16T09:00:00+01:00' })
  staff = openStaff(app, membershipOffersModule)
})
after(() => app.close())
afterEach(() => assertLedgerWhole(app))

interface Scene {
  readonly plan?: Parameters<typeof samplePlan>[0]
  readonly offer?: OfferInput
  readonly config?: object
  readonly price?: string
}

/** A member from 1 January 2026 for 29.90 a month who has paid until the end of March, and a way to another offer. */
async function openScene({ plan, offer, config, price = '44.90' }: Scene = {}) {
  const customerId = await addCustomer(app)
  const byMonth = { type: 'TERM_EXTENSION', next: months(1) } as const
  const basics = { start: day('2026-01-01'), signedOn: day('2026-01-01'), extension: byMonth }
  const contractId = await signPlan(
    app,
    customerId,
    samplePlan({ ...basics, initialTerm: months(12), frequency: monthly('29.90'), ...plan }),
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
  const { configId } = await staff.run(
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
async function payUntilMarch(customerId: number, contractId: number) {
  const claims = await app.read(({ db }) => listContractClaims(db, contractId))
  const due = claims.filter(({ dueDate, state }) => state === 'SCHEDULED' && dueDate.toString() <= '2026-03-31')
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
const preview = (customerId: number, wish: object) => app.post(`${path(customerId)}/preview`, wish)
const change = (customerId: number, wish: object) => app.post(path(customerId), wish)
const refusal = ({ status, body }: { status: number; body: { errorCode?: string; reference?: string } }) =>
  `${status} ${body.errorCode?.replace('errormessage.', '')} ${body.reference ?? ''}`.trim()
const balance = (customerId: number) =>
  app.read(async ({ db }) => formatAmount((await selectAccount(db, customerId)).balance))
const ownContract = async (customerId: number, contractId: number) =>
  (await app.get(`/v1/memberships/${customerId}/self-service/contract-data`)).body.find(
    ({ id }: { id: number }) => id === contractId,
  )

interface Line {
  readonly dueDate: string
  readonly amount: { readonly amount: number }
  readonly description: string
  readonly mandatoryOnSigning: boolean
}
const shownLines = (body: { paymentPreview: { paymentSchedule: Line[] } }) =>
  body.paymentPreview.paymentSchedule.map(({ dueDate, amount }) => `${dueDate} ${amount.amount.toFixed(2)}`).toSorted()
const storedLines = async (contractId: number) =>
  (await showClaims(app, contractId)).map((claim) => claim.replace(/^\w+ /u, ''))

test('a member who has paid for March and switches in the middle of it pays the first fee of the new contract less what is left of March', async () => {
  const { customerId, contractId, wish } = await openScene()
  await payUntilMarch(customerId, contractId)
  const { status, body, text } = await preview(customerId, wish)
  assert.equal(status, 200, text)
  assert.deepEqual(body.paymentPreview.dueOnSigningAmount, { amount: 29.47, currency: 'EUR' })
  const credit = body.paymentPreview.paymentSchedule.find(({ amount }: Line) => amount.amount < 0)
  assert.deepEqual([credit.amount.amount, credit.type, credit.mandatoryOnSigning], [-15.43, 'CONTRACT_FEE', true])
  assert.match(credit.description, /Basic.*16.*31/u)
  assert.equal(
    refusal(await change(customerId, wish)),
    '400 membership.initialPaymentMissing initialPaymentRequestToken',
  )
  const { token } = await addToken(app, { amount: '29.47', customerId })
  const known = (await listEvents(app)).length
  const answer = await change(customerId, { ...wish, initialPaymentRequestToken: token, notes: 'up' })
  assert.equal(answer.status, 200, answer.text)
  const newId = Number(answer.headers['x-contract-id'])
  assert.equal(await balance(customerId), '0.00')
  const before = (await showClaims(app, contractId)).filter((claim) => claim.includes('-15.43'))
  assert.deepEqual(before, ['POSTED 2026-03-16 -15.43'])
  assert.deepEqual(shownLines(body), [...(await storedLines(newId)), '2026-03-16 -15.43'].toSorted())
  const old = await ownContract(customerId, contractId)
  assert.deepEqual(
    [old.cancelationDate, old.cancelationOrigin, old.cancelationReason, old.endDate],
    ['2026-03-15', 'STUDIO', 'Vertragswechsel', '2026-03-15'],
  )
  const types = (await listEvents(app)).slice(known).map(({ type }) => type)
  const told = types.filter((type) => type.startsWith('CONTRACT') || type.startsWith('CUSTOMER'))
  assert.deepEqual(told, [
    'CONTRACT_CANCELLED',
    'CONTRACT_UPDATED',
    'CONTRACT_CREATED',
    'CUSTOMER_CHECKIN_STUDIOS_UPDATED',
  ])
  const [row] = await app.read(({ db }) => db.select().from(contracts).where(eq(contracts.id, newId)))
  assert.deepEqual([row?.origin, row?.switchedFromId, row?.notes], ['SWITCH', contractId, 'up'])
})

test('a member who has paid for March and switches in the middle of it keeps what is left beyond the first fee as credit', async () => {
  const { customerId, contractId, wish } = await openScene({ price: '9.90' })
  await payUntilMarch(customerId, contractId)
  assert.equal((await preview(customerId, wish)).body.paymentPreview.dueOnSigningAmount.amount, 0)
  const answer = await change(customerId, wish)
  assert.equal(answer.status, 200, answer.text)
  assert.equal(await balance(customerId), '5.53')
})

test('a member who has paid for March and switches in the middle of it may pay less by the credit of the account', async () => {
  const { customerId, contractId, wish } = await openScene()
  await payUntilMarch(customerId, contractId)
  const amount = readMoney('20.00', 'EUR', 'amount')
  const { studioId } = app.berlin
  const gift = {
    customerId,
    studioId,
    method: 'CASH',
    description: 'Gift',
    journalKey: `gift:${customerId}`,
  } as const
  await app.write((work) => bookPayment(work, { ...gift, amount }))
  const { token } = await addToken(app, { amount: '9.47', customerId })
  const answer = await change(customerId, { ...wish, initialPaymentRequestToken: token })
  assert.equal(answer.status, 200, answer.text)
  assert.equal(await balance(customerId), '0.00')
})

test('a member who has paid for March and switches in the middle of it has the credit for what falls due next where nothing is due on signing', async () => {
  const { customerId, contractId, wish } = await openScene({ offer: { terms: [{ frequency: { price: '44.90' } }] } })
  await payUntilMarch(customerId, contractId)
  const { body } = await preview(customerId, wish)
  assert.equal(body.paymentPreview.dueOnSigningAmount.amount, 0)
  assert.ok(body.paymentPreview.paymentSchedule.every(({ mandatoryOnSigning }: Line) => !mandatoryOnSigning))
  assert.equal((await change(customerId, wish)).status, 200)
  assert.ok((await showClaims(app, contractId)).includes('SCHEDULED 2026-03-16 -15.43'))
})

const byTwoMonths = { type: 'TERM_EXTENSION', next: months(2) } as const

test('the first rule that fails is the answer: customer, way, contract, term, first day, modules, age', async () => {
  const { customerId, wish } = await openScene({ offer: { offer: { minAge: 120 } } })
  const stranger = await addCustomer(app, {}, { studio: app.hamburg })
  const wrong = {
    configId: 999_999,
    sourceContractId: 999_999,
    membershipOfferTermId: 999_999,
    startDate: '2026-03-15',
    selectedSelectableModuleIds: [999_999],
  }
  const ask = async (to: number, more: object) => {
    const answers = [await preview(to, { ...wish, ...more }), await change(to, { ...wish, ...more })].map(refusal)
    assert.equal(answers[0], answers[1])
    return answers[0]
  }
  assert.equal(await ask(stranger, wrong), '404 customer.notFound')
  const { configId: _way, ...second } = wrong
  assert.equal(await ask(customerId, wrong), '404 membershipSwitchConfig.notFound')
  assert.equal(await ask(customerId, second), '400 membershipSwitch.sourceNotEligible sourceContractId')
  const { sourceContractId: _source, ...third } = second
  assert.equal(await ask(customerId, third), '400 membershipSwitch.termNotDestination membershipOfferTermId')
  const { membershipOfferTermId: _term, ...fourth } = third
  assert.equal(await ask(customerId, fourth), '400 membershipSwitch.startDateInvalid startDate')
  const { startDate: _start, ...fifth } = fourth
  assert.equal(await ask(customerId, fifth), '400 membership.moduleNotFound selectedSelectableModuleIds')
  assert.equal(await ask(customerId, {}), '400 membership.ageNotAllowed dateOfBirth')
})

test('a contract is switched once, by one of two calls at once, and never the contract of another customer', async () => {
  const { customerId, wish } = await openScene({ price: '9.90', offer: { terms: [{}] } })
  const other = await openScene()
  assert.equal(
    refusal(await change(customerId, { ...wish, sourceContractId: other.contractId })),
    '400 membershipSwitch.sourceNotEligible sourceContractId',
  )
  const both = await Promise.all([change(customerId, wish), change(customerId, wish)])
  assert.deepEqual(
    both.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 400],
  )
  assert.equal(refusal(await change(customerId, wish)), '400 membershipSwitch.sourceNotEligible sourceContractId')
})

test('the way says on which days the new contract may start', async () => {
  const start = async (startRule: string, ...days: readonly string[]) => {
    const { customerId, wish } = await openScene({
      config: { startRule },
      plan: { initialTerm: months(2), start: day('2026-01-10'), extension: byTwoMonths },
      offer: { terms: [{}] },
    })
    const answers = await Promise.all(days.map((startDate) => preview(customerId, { ...wish, startDate })))
    return days.filter((_day, at) => answers[at]?.status === 200)
  }
  // The second term is shown: it ends on 9 May.
  assert.deepEqual(await start('ANY_DAY', '2026-03-16', '2026-05-10', '2026-05-11'), ['2026-03-16', '2026-05-10'])
  assert.deepEqual(await start('NEXT_BILLING_PERIOD', '2026-03-16', '2026-04-01', '2026-04-10', '2026-05-10'), [
    '2026-04-10',
    '2026-05-10',
  ])
  assert.deepEqual(await start('NEXT_TERM', '2026-03-20', '2026-04-10', '2026-05-09', '2026-05-10'), ['2026-05-10'])
})

test('the new contract keeps the minimum end of the old one, or begins its term anew', async () => {
  const end = async (termHandling: string) => {
    const terms = [{ termValue: 3, frequency: { price: '44.90' } }]
    const { customerId, wish } = await openScene({ config: { termHandling }, offer: { terms } })
    const answer = await change(customerId, wish)
    assert.equal(answer.status, 200, answer.text)
    return (await ownContract(customerId, Number(answer.headers['x-contract-id']))).endDate
  }
  assert.equal(await end('RESTART'), '2026-06-15')
  assert.equal(await end('KEEP_MIN_END'), '2026-12-31')
})

test('the joining fee is charged again only where the way says so', async () => {
  const fee = { name: 'Starter', starterPackage: true } as const
  const joining = async (chargeStarterPackage: boolean) => {
    const terms = [{ fees: [fee] }]
    const { customerId, wish } = await openScene({ config: { chargeStarterPackage }, offer: { terms } })
    const shown = shownLines((await preview(customerId, wish)).body)
    const answer = await change(customerId, wish)
    assert.equal(answer.status, 200, answer.text)
    const stored = await storedLines(Number(answer.headers['x-contract-id']))
    assert.deepEqual(shown, stored.toSorted())
    return stored.filter((line) => line.endsWith(' 39.00')).length
  }
  assert.deepEqual([await joining(false), await joining(true)], [0, 1])
})

/** Sells a module for 10.00 a month from 1 February, by its own terms. */
async function sellModule(contractId: number, origin: 'ADDITIONAL' | 'OPTIONAL') {
  return app.write(async (work) => {
    const stamps = { createdAt: work.now, updatedAt: work.now }
    const module = { name: 'Drinks', extensionType: 'NONE', ...stamps } as const
    const [sold] = await work.tx.insert(modules).values(module).returning({ id: modules.id })
    const plan = packPlan({
      componentId: 0,
      name: 'Drinks',
      paidFrom: day('2026-02-01'),
      signedOn: day('2026-02-01'),
      frequency: monthly('10.00'),
      ageAdjustments: [],
      alignment: 'MAIN_CONTRACT',
    })
    const [row] = await work.tx
      .insert(subContracts)
      .values({
        contractId,
        kind: 'MODULE',
        origin,
        moduleId: sold?.id as number,
        name: 'Drinks',
        startDate: day('2026-02-01'),
        snapshot: { name: 'Drinks', extensionType: 'TERM_EXTENSION', plan, services: [] },
        ...stamps,
      })
      .returning({ id: subContracts.id })
    await finishChange(work, { contractId, action: 'contract.moduleSold', effectiveFrom: day('2026-02-01') })
    return row?.id as number
  })
}
const findModule = async (id: number) =>
  (await app.read(({ db }) => db.select().from(subContracts).where(eq(subContracts.id, id))))[0]

test('a bought module goes over with its billing, one of the offer ends', async () => {
  const { customerId, contractId, wish } = await openScene({ config: { carryAdditionalModules: true } })
  const [bought, included] = [await sellModule(contractId, 'ADDITIONAL'), await sellModule(contractId, 'OPTIONAL')]
  await payUntilMarch(customerId, contractId)
  const { body } = await preview(customerId, wish)
  // 16 of 31 days of the rate and of the module of the offer.
  const credits = shownLines(body).filter((line) => line.includes(' -'))
  assert.deepEqual(credits, ['2026-03-16 -15.43', '2026-03-16 -5.16'])
  assert.equal(body.paymentPreview.dueOnSigningAmount.amount, 24.31)
  const { token } = await addToken(app, { amount: '24.31', customerId })
  const known = (await listEvents(app)).length
  const answer = await change(customerId, { ...wish, initialPaymentRequestToken: token })
  assert.equal(answer.status, 200, answer.text)
  const newId = Number(answer.headers['x-contract-id'])
  const [moved, ended] = [await findModule(bought), await findModule(included)]
  assert.deepEqual([moved?.contractId, moved?.committedEnd], [newId, null])
  assert.deepEqual([ended?.contractId, ended?.committedEnd?.toString()], [contractId, '2026-03-15'])
  assert.equal(await balance(customerId), '0.00')
  const claims = (await showClaims(app, newId)).filter((claim) => claim.endsWith(' 10.00'))
  assert.deepEqual(claims.slice(0, 3), [
    'POSTED 2026-03-16 10.00',
    'POSTED 2026-03-16 10.00',
    'SCHEDULED 2026-04-01 10.00',
  ])
  const events = (await listEvents(app)).slice(known).filter(({ type }) => type.includes('MODULE'))
  assert.deepEqual(
    events.map(({ type, content }) => [type, content]),
    [
      ['CONTRACT_ADDITIONAL_MODULE_CANCELLED', { contractId, moduleContractId: included }],
      ['CONTRACT_ADDITIONAL_MODULE_UPDATED', { contractId: newId, moduleContractId: bought }],
    ],
  )
})

test('a bought module ends where the way takes none along', async () => {
  const { customerId, contractId, wish } = await openScene({ price: '9.90' })
  const bought = await sellModule(contractId, 'ADDITIONAL')
  await payUntilMarch(customerId, contractId)
  assert.equal((await change(customerId, wish)).status, 200)
  const row = await findModule(bought)
  assert.deepEqual([row?.contractId, row?.committedEnd?.toString()], [contractId, '2026-03-15'])
  assert.equal(await balance(customerId), '10.69')
})

test('pauses end with it, later ones are dropped, and wishes for pauses come to nothing', async () => {
  const { customerId, contractId, wish } = await openScene({ offer: { terms: [{}] } })
  await app.write(({ tx, now }) =>
    tx.insert(idlePeriods).values(
      [
        ['2026-03-10', '2026-03-31', 'ACCEPTED'] as const,
        ['2026-05-01', '2026-05-31', 'ACCEPTED'] as const,
        ['2026-07-01', '2026-07-31', 'PENDING_VERIFICATION'] as const,
      ].map(([from, to, state]) => ({
        contractId,
        startDate: day(from),
        endDate: day(to),
        state,
        policySnapshot: {},
        createdAt: now,
        updatedAt: now,
      })),
    ),
  )
  const known = (await listEvents(app)).length
  const answer = await change(customerId, wish)
  assert.equal(answer.status, 200, answer.text)
  const rows = await app.read(({ db }) =>
    db.select().from(idlePeriods).where(eq(idlePeriods.contractId, contractId)).orderBy(idlePeriods.startDate),
  )
  assert.deepEqual(
    rows.map(({ endDate, state }) => `${endDate} ${state}`),
    ['2026-03-15 ACCEPTED', '2026-05-31 WITHDRAWN', '2026-07-31 REJECTED'],
  )
  const events = (await listEvents(app)).slice(known).filter(({ type }) => type.includes('IDLE'))
  assert.deepEqual(
    events.map(({ type }) => type),
    ['CONTRACT_IDLE_PERIOD_CANCELLED'],
  )
})

test('the cancelation is one by the studio, for a switch', async () => {
  const { customerId, contractId, wish } = await openScene({ offer: { terms: [{}] } })
  assert.equal((await change(customerId, wish)).status, 200)
  const rows = await app.read(({ db }) =>
    db
      .select()
      .from(contractCancelations)
      .where(and(eq(contractCancelations.contractId, contractId), eq(contractCancelations.kind, 'SWITCH'))),
  )
  assert.deepEqual(
    rows.map(({ origin, state, toDate }) => [origin, state, toDate.toString()]),
    [['STUDIO', 'EFFECTIVE', '2026-03-15']],
  )
})

test('a member switches in another studio of the integration, at its prices', async () => {
  const { hamburg } = app
  const { customerId, contractId, wish } = await openScene({
    config: { studioIds: [app.hamburg.studioId] },
    offer: { terms: [{}] },
  })
  assert.equal(refusal(await change(customerId, wish)), '404 membershipSwitchConfig.notFound')
  const answer = await app.post(`${path(customerId)}?studioId=${hamburg.studioId}`, wish)
  assert.equal(answer.status, 200, answer.text)
  const newId = Number(answer.headers['x-contract-id'])
  const [row] = await app.read(({ db }) => db.select().from(contracts).where(eq(contracts.id, newId)))
  assert.deepEqual([row?.studioId, row?.switchedFromId], [hamburg.studioId, contractId])
})
