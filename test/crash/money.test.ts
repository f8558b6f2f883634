import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { chargeCustomer, countTakenBack, topUpCredit } from '../../src/accounts/index.ts'
import { listEntries } from '../../src/payments/bank-files/entry-store.ts'
import { importBankFile } from '../../src/payments/bank-files/import-file.ts'
import { settleEntry } from '../../src/payments/bank-files/settling.ts'
import { prepareRefund } from '../../src/payments/refunds.ts'
import { configureReturns } from '../../src/payments/returning/return-settings.ts'
import * as api from '../../src/payments/staff-api.ts'
import { ApiError } from '../../src/platform/errors/errors.ts'
import type { TestApp } from '../support/app.ts'
import { returned, toFile, writeCamt } from '../support/camt.ts'
import { type MoneyWork, runCutRounds } from '../support/crash/money.ts'
import { addWaitingClaim } from '../support/scenes/accounts.ts'
import { addDebtor, collect, openAgency } from '../support/scenes/collection.ts'
import { addCustomer } from '../support/scenes/customers.ts'
import { addToken } from '../support/scenes/payment-scene.ts'
import { openRunScene } from '../support/scenes/run-scene.ts'
import { arrangeStripe, deliver, type PaidPayment, type StripeScene } from '../support/stripe/stripe-scene.ts'
import { openStripeStandIn } from '../support/stripe/stripe-stand-in.ts'

// A process dies between any two statements; another one does the rest. The books are those of an undisturbed day.

const ROUNDS = Number(process.env['PALESTRA_CRASH_ROUNDS'] ?? 20)

const runDue = (app: TestApp) => app.app.scheduler.runDue(app.berlin.tenantId)
const underKey = (key: string) => ({ headers: { 'idempotency-key': key } })

/** Asks as a client does that has got no answer: again, under the same key. */
async function insist(app: TestApp, path: string, body?: unknown): Promise<any> {
  const answer = await app.post(path, body, underKey('once'))
  assert.equal(answer.status, 200, answer.text)
  return answer.body
}

const billing: MoneyWork<void> = {
  async prepare(app) {
    for (const amounts of [['29.90', '29.90'], ['10.00', '-4.00'], ['22.54']]) {
      const customerId = await addCustomer(app)
      for (const amount of amounts) await addWaitingClaim(app, { customerId, amount, due: '2026-06-16' })
    }
    await runDue(app)
    await app.app.clocks.begin(app.berlin.tenantId, Temporal.Instant.from('2026-06-16T03:00:00+02:00'))
  },
  work: runDue,
}

const paying = (stored: boolean): MoneyWork<{ path: string; body: object }> => ({
  async prepare(app) {
    const customerId = await addCustomer(app)
    const amount = { minor: 2000n, currency: 'EUR' }
    const sale = { kind: 'SALE', chargeType: 'SALE', description: 'Drink', journalKey: 'drink' } as const
    const { studioId } = app.berlin
    const claimId = await app.write((work) => chargeCustomer(work, { ...sale, customerId, studioId, amount }))
    const { token } = await addToken(app, { customerId, stored })
    const body = { amount: { amount: 20, currency: 'EUR' }, debtClaimIds: [claimId], paymentRequestToken: token }
    return { path: `/v1/customers/${customerId}/account/payment`, body }
  },
  async work(app, { path, body }) {
    await insist(app, path, body)
    await runDue(app)
  },
})

const handover: MoneyWork<{ path: string }> = {
  async prepare(app) {
    await openAgency(app, { type: 'PURCHASE', restrictAccess: false })
    const { customerId } = await addDebtor(app, ['20.00', '35.00'])
    const { runId } = await collect(app, customerId, { confirms: false })
    return { path: `/v1/debt-collection/${runId}/confirmTransfer` }
  },
  work: (app, { path }) => insist(app, path),
}

const exporting: MoneyWork<void> = {
  async prepare(app) {
    const customerId = await addCustomer(app)
    for (const amount of ['29.90', '-17.61']) await addWaitingClaim(app, { customerId, amount, due: '2026-06-15' })
    await app.travelTo('2026-06-17T12:00:00+02:00')
  },
  async work(app) {
    const days = { fromDate: '2026-06-15', toDate: '2026-06-16' }
    await insist(app, '/v1/taxadvisor/exports/create', { ...days, exportFormat: 'SINGLE', exportFileFormat: 'XLSX' })
    await runDue(app)
  },
}

const collecting: MoneyWork<{ runId: number }> = {
  async prepare(app) {
    const scene = await openRunScene(app)
    for (const amount of ['29.90', '49.00', '12.50']) await scene.charge(await scene.member(), amount)
    await scene.openBank()
    return { runId: await scene.draft() }
  },
  async work(app, { runId }) {
    const scene = await openRunScene(app)
    const params = { paymentRunId: runId }
    if ((await scene.show(runId)).state === 'DRAFT') await scene.staff.run(api.exportPaymentRun, params)
    const { state, fileId } = await scene.show(runId)
    if (state === 'EXPORTED' && fileId === undefined) {
      await scene.staff.run(api.stopPaymentRun, params)
      await scene.staff.run(api.continuePaymentRun, params)
    }
    await scene.settle()
    if ((await scene.show(runId)).state === 'EXPORTED') await scene.step('submit', runId)
    assert.equal((await scene.collect(runId)).state, 'BOOKED')
  },
}

const returningTopUp: MoneyWork<{ topUpEntryId: number }> = {
  async prepare(app) {
    const customerId = await addCustomer(app)
    const { studioId } = app.berlin
    const amount = { minor: 2000n, currency: 'EUR' }
    const move = {
      customerId,
      studioId,
      amount,
      method: 'DIRECT_DEBIT',
      description: 'Credit',
      journalKey: 'topped',
    } as const
    await app.write((work) => configureReturns(work, studioId, { fee: '5.00' }))
    return { topUpEntryId: await app.write((work) => topUpCredit(work, move)) }
  },
  async work(app, { topUpEntryId }) {
    const file = toFile(writeCamt([returned('TOP-UP', 'AM04', { amount: '20.00' })]))
    const { importId } = await importBankFile(
      (work) => app.write(work),
      file,
      () => undefined,
    )
    const open = await app.read(({ db }) => listEntries(db, { importId, state: 'UNMATCHED', after: 0, limit: 1 }))
    for (const { id } of open) await app.write((work) => settleEntry(work, id, { topUpEntryId, cost: '3.20' }))
  },
}

const standIn = await openStripeStandIn()
after(() => standIn.close())

type PaidByCard = PaidPayment & Pick<StripeScene, 'book' | 'secret'>

/** A refund that the bank of the payer does not take: before its answer comes, or later. */
const failingRefund = (isEarly: boolean): MoneyWork<PaidByCard> => ({
  environment: { PALESTRA_STRIPE_API: standIn.url },
  async prepare(app) {
    const scene = await arrangeStripe(app, standIn)
    return { ...(await scene.paid()), book: scene.book, secret: scene.secret }
  },
  async work(app, { paymentId, book, secret }) {
    const fail = async () => {
      for (const made of book.list('refund')) if (made['status'] === 'succeeded') book.failRefund(String(made['id']))
    }
    standIn.faults.splice(0)
    if (isEarly) standIn.faults.push({ call: /POST \/v1\/refunds/, kind: 'HELD', until: fail })
    const wish = { paymentId, amount: '8.00', description: 'Goodwill' }
    if ((await app.read(({ db }) => countTakenBack(db, paymentId))) === 0) {
      await app.write(prepareRefund(wish)).catch((error: unknown) => {
        if (!isEarly || !(error instanceof ApiError)) throw error
      })
    }
    await fail()
    const event = book.events.findLast((each) => each['type'] === 'refund.failed') ?? {}
    assert.equal((await deliver(app, event, { secret })).status, 200)
  },
})

for (const [what, money] of [
  ['a night of billing', billing],
  ['a payment that is authorised before', paying(false)],
  ['a payment by a stored card', paying(true)],
  ['a payment run from its export, stopped and continued, to its booking', collecting],
  ['the sale of debts to an agency', handover],
  ['an export for the tax advisor', exporting],
  ['a top-up that a bank returns, from its file on', returningTopUp],
  ['a refund that has failed when it is booked', failingRefund(true)],
  ['a refund that fails later', failingRefund(false)],
] as const) {
  test(`${what}, cut off ${ROUNDS} times, leaves the books of an undisturbed one`, async () => {
    const { statements } = await runCutRounds(money as MoneyWork<unknown>, ROUNDS)
    console.log(`${what}: ${ROUNDS} cuts, spread over ${statements} statements`)
  })
}
