import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { listEvents } from '../../../test/support/records.ts'
import { day, months } from '../../../test/support/samples/contract-plan.ts'
import { assertLedgerWhole } from '../../../test/support/scenes/accounts.ts'
import { showClaims } from '../../../test/support/scenes/contract-scene.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import { addToken } from '../../../test/support/scenes/payment-scene.ts'
import {
  openSwitch,
  payUntilMarch,
  refusal,
  type ShownLine,
  shownLines,
  switchCalls,
  type SwitchScene,
} from '../../../test/support/scenes/switch-scene.ts'
import { bookPayment } from '../../accounts/index.ts'
import { readMoney } from '../../platform/values/money.ts'
import { contracts } from '../tables.ts'

// Monday 16 March 2026, 09:00 in Berlin.

let app: TestApp
let calls: ReturnType<typeof switchCalls>
before(async () => {
  app = await openTestApp({ now: '2026-03-16T09:00:00+01:00' })
  calls = switchCalls(app)
})
after(() => app.close())
afterEach(() => assertLedgerWhole(app))

const openScene = (scene?: SwitchScene) => openSwitch(app, scene)
const ownContract = async (customerId: number, contractId: number) =>
  (await app.get(`/v1/memberships/${customerId}/self-service/contract-data`)).body.find(
    ({ id }: { id: number }) => id === contractId,
  )

test('a member who has paid for March and switches in the middle of it pays the first fee of the new contract less what is left of March', async () => {
  const { customerId, contractId, wish } = await openScene()
  await payUntilMarch(app, customerId, contractId)
  const { status, body, text } = await calls.preview(customerId, wish)
  assert.equal(status, 200, text)
  assert.deepEqual(body.paymentPreview.dueOnSigningAmount, { amount: 29.47, currency: 'EUR' })
  const credit = body.paymentPreview.paymentSchedule.find(({ amount }: ShownLine) => amount.amount < 0)
  assert.deepEqual([credit.amount.amount, credit.type, credit.mandatoryOnSigning], [-15.43, 'CONTRACT_FEE', true])
  assert.match(credit.description, /Basic.*16.*31/u)
  const { token } = await addToken(app, { amount: '29.47', customerId })
  const misplaced = await calls.change(customerId, { ...wish, paymentRequestToken: token })
  assert.equal(refusal(misplaced), '400 membership.initialPaymentMissing initialPaymentRequestToken')
  assert.match(misplaced.body.errorMessage, /\binitialPaymentRequestToken\b/u)
  const known = (await listEvents(app)).length
  const answer = await calls.change(customerId, { ...wish, initialPaymentRequestToken: token, notes: 'up' })
  assert.equal(answer.status, 200, answer.text)
  const newId = Number(answer.headers['x-contract-id'])
  assert.equal(await calls.balance(customerId), '0.00')
  const before = (await showClaims(app, contractId)).filter((claim) => claim.includes('-15.43'))
  assert.deepEqual(before, ['POSTED 2026-03-16 -15.43'])
  assert.deepEqual(shownLines(body), [...(await calls.storedLines(newId)), '2026-03-16 -15.43'].toSorted())
  const old = await ownContract(customerId, contractId)
  assert.deepEqual(
    [old.cancelationDate, old.cancelationOrigin, old.cancelationReason, old.endDate],
    ['2026-03-15', 'STUDIO', 'Vertragswechsel', '2026-03-15'],
  )
  const types = (await listEvents(app)).slice(known).map(({ type }) => type)
  const announced = types.filter((type) => type.startsWith('CONTRACT') || type.startsWith('CUSTOMER'))
  assert.deepEqual(announced, [
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
  await payUntilMarch(app, customerId, contractId)
  assert.equal((await calls.preview(customerId, wish)).body.paymentPreview.dueOnSigningAmount.amount, 0)
  const answer = await calls.change(customerId, wish)
  assert.equal(answer.status, 200, answer.text)
  assert.equal(await calls.balance(customerId), '5.53')
})

test('a member who has paid for March and switches in the middle of it may pay less by the credit of the account', async () => {
  const { customerId, contractId, wish } = await openScene()
  await payUntilMarch(app, customerId, contractId)
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
  const answer = await calls.change(customerId, { ...wish, initialPaymentRequestToken: token })
  assert.equal(answer.status, 200, answer.text)
  assert.equal(await calls.balance(customerId), '0.00')
})

test('a member who has paid for March and switches in the middle of it has the credit for what falls due next where nothing is due on signing', async () => {
  const { customerId, contractId, wish } = await openScene({ offer: { terms: [{ frequency: { price: '44.90' } }] } })
  await payUntilMarch(app, customerId, contractId)
  const { body } = await calls.preview(customerId, wish)
  assert.equal(body.paymentPreview.dueOnSigningAmount.amount, 0)
  assert.ok(body.paymentPreview.paymentSchedule.every(({ mandatoryOnSigning }: ShownLine) => !mandatoryOnSigning))
  assert.equal((await calls.change(customerId, wish)).status, 200)
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
    const answers = [await calls.preview(to, { ...wish, ...more }), await calls.change(to, { ...wish, ...more })].map(
      refusal,
    )
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
    refusal(await calls.change(customerId, { ...wish, sourceContractId: other.contractId })),
    '400 membershipSwitch.sourceNotEligible sourceContractId',
  )
  const both = await Promise.all([calls.change(customerId, wish), calls.change(customerId, wish)])
  assert.deepEqual(
    both.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 400],
  )
  assert.equal(refusal(await calls.change(customerId, wish)), '400 membershipSwitch.sourceNotEligible sourceContractId')
})

test('the way says on which days the new contract may start', async () => {
  const start = async (startRule: string, ...days: readonly string[]) => {
    const { customerId, wish } = await openScene({
      config: { startRule },
      plan: { initialTerm: months(2), start: day('2026-01-10'), extension: byTwoMonths },
      offer: { terms: [{}] },
    })
    const answers = await Promise.all(days.map((startDate) => calls.preview(customerId, { ...wish, startDate })))
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
    const answer = await calls.change(customerId, wish)
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
    const shown = shownLines((await calls.preview(customerId, wish)).body)
    const answer = await calls.change(customerId, wish)
    assert.equal(answer.status, 200, answer.text)
    const stored = await calls.storedLines(Number(answer.headers['x-contract-id']))
    assert.deepEqual(shown, stored.toSorted())
    return stored.filter((line) => line.endsWith(' 39.00')).length
  }
  assert.deepEqual([await joining(false), await joining(true)], [0, 1])
})

test('a member switches in another studio of the integration, at its prices', async () => {
  const { hamburg } = app
  const { customerId, contractId, wish } = await openScene({
    config: { studioIds: [app.hamburg.studioId] },
    offer: { terms: [{}] },
  })
  assert.equal(refusal(await calls.change(customerId, wish)), '404 membershipSwitchConfig.notFound')
  const answer = await calls.change(customerId, wish, `?studioId=${hamburg.studioId}`)
  assert.equal(answer.status, 200, answer.text)
  const newId = Number(answer.headers['x-contract-id'])
  const [row] = await app.read(({ db }) => db.select().from(contracts).where(eq(contracts.id, newId)))
  assert.deepEqual([row?.studioId, row?.switchedFromId], [hamburg.studioId, contractId])
})
