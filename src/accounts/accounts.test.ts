import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { sql } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { selectAccount, assertLedgerWhole } from '../../test/support/scenes/accounts.ts'
import { addCustomer } from '../../test/support/scenes/customers.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { formatAmount, readMoney } from '../platform/values/money.ts'
import {
  bookPayment,
  type Charge,
  chargeCustomer,
  creditClaim,
  planInstallments,
  reallocatePayment,
  refundCredit,
  reverseCharge,
  reverseCreditEntry,
  reversePayment,
  spendCredit,
  topUpCredit,
  writeOffClaim,
} from './index.ts'

let app: TestApp
before(async () => void (app = await openTestApp({ now: '2026-02-10T10:00:00+01:00' })))
after(() => app.close())
afterEach(() => assertLedgerWhole(app))

const eur = (amount: string) => readMoney(amount, 'EUR', 'amount')
let keys = 0
const base = (customerId: number, amount: string) => ({
  customerId,
  studioId: app.berlin.studioId,
  amount: eur(amount),
  description: 'Test',
  journalKey: `k${++keys}`,
})
const write = <T>(work: (unit: UnitOfWork) => Promise<T>) => app.write(work)

function charge(customerId: number, amount: string, due: string, more: Partial<Charge> = {}) {
  const dueOn = Temporal.PlainDate.from(due)
  const sale = { kind: 'SALE', chargeType: 'SALE' } as const
  return write((work) => chargeCustomer(work, { ...base(customerId, amount), ...sale, dueOn, ...more }))
}
const pay = (customerId: number, amount: string, claimIds: number[] = []) =>
  write((work) => bookPayment(work, { ...base(customerId, amount), method: 'CASH', claimIds }))
const balance = (customerId: number) =>
  app.read(async ({ db }) => formatAmount((await selectAccount(db, customerId)).balance))
const credit = (customerId: number) =>
  app.read(async ({ db }) => formatAmount((await selectAccount(db, customerId)).credit))

interface Shown {
  readonly id: number
  readonly openAmount: { readonly amount: number }
}
async function open(customerId: number): Promise<Record<number, number>> {
  const path = `/v1/customers/${customerId}/account/transactions`
  const all = [await app.get(`${path}?sliceSize=50`), await app.get(`${path}/upcoming?sliceSize=50`)]
  const rows = all.flatMap(({ body }) => body.result as Shown[])
  return Object.fromEntries(rows.map(({ id, openAmount }) => [id, openAmount.amount]))
}

/** Three claims: 30.00 due on 1 January, 30.00 on 1 February, 45.50 on 1 April. */
async function threeClaims() {
  const customerId = await addCustomer(app)
  const a = await charge(customerId, '30.00', '2026-01-01')
  const b = await charge(customerId, '30.00', '2026-02-01')
  return { customerId, a, b }
}

test('a payment without names settles by due date, and the rest is credit that the next charge uses up', async () => {
  const { customerId, a, b } = await threeClaims()
  assert.equal(await balance(customerId), '-60.00')
  await pay(customerId, '50.00')
  assert.deepEqual([await open(customerId), await balance(customerId)], [{ [a]: 0, [b]: 10 }, '-10.00'])
  await pay(customerId, '20.00')
  assert.equal(await balance(customerId), '10.00')
  const c = await charge(customerId, '45.50', '2026-04-01')
  assert.deepEqual([await open(customerId), await balance(customerId)], [{ [a]: 0, [b]: 0, [c]: 35.5 }, '-35.50'])
})

test('a payment settles the named claims first and lets the rest flow on', async () => {
  const { customerId, a, b } = await threeClaims()
  await pay(customerId, '40.00', [b])
  assert.deepEqual(await open(customerId), { [a]: 20, [b]: 0 })
})

test('claims that cannot be paid, are settled or belong to another customer are refused, and nothing is booked', async () => {
  const { customerId, a } = await threeClaims()
  const stranger = await addCustomer(app)
  await assert.rejects(pay(stranger, '30.00', [a]), { status: 404, code: 'errormessage.debtClaim.notFound' })
  await pay(customerId, '30.00', [a])
  await assert.rejects(pay(customerId, '30.00', [a]), { code: 'errormessage.account.claimAlreadySettled' })
  const note = await write((work) => creditClaim(work, { claimId: a, journalKey: 'note' }))
  await assert.rejects(pay(customerId, '30.00', [note ?? 0]), { code: 'errormessage.account.claimNotPayable' })
  assert.equal(await balance(stranger), '0.00')
})

test('a returned payment opens what it settled, once', async () => {
  const { customerId, a } = await threeClaims()
  const paymentId = await pay(customerId, '60.00')
  assert.equal(await balance(customerId), '0.00')
  const back = { paymentId, kind: 'RETURN', description: 'AM04' } as const
  await write((work) => reversePayment(work, back))
  assert.deepEqual([(await open(customerId))[a], await balance(customerId)], [30, '-60.00'])
  await assert.rejects(
    write((work) => reversePayment(work, back)),
    { status: 409, code: 'errormessage.account.alreadyReversed' },
  )
})

test('what is charged back is credit; it is paid out as far as there is any', async () => {
  const customerId = await addCustomer(app)
  const claimId = await charge(customerId, '12.50', '2026-02-10')
  await pay(customerId, '12.50')
  await write((work) => reverseCharge(work, claimId))
  await write((work) => reverseCharge(work, claimId))
  assert.equal(await balance(customerId), '12.50')
  const refund = (amount: string) =>
    write((work) => refundCredit(work, { ...base(customerId, amount), method: 'CASH' }))
  await assert.rejects(refund('12.51'), { code: 'errormessage.account.amountTooLarge' })
  await refund('5.00')
  assert.equal(await balance(customerId), '7.50')
  await pay(customerId, '2.50')
  await refund('10.00')
  assert.equal(await balance(customerId), '0.00')
})

test('a claim is given up with the tax in it, no further than it is open', async () => {
  const customerId = await addCustomer(app)
  const claimId = await charge(customerId, '10.00', '2026-01-01')
  await pay(customerId, '5.00')
  const amount = eur('5.01')
  await assert.rejects(
    write((work) => writeOffClaim(work, { claimId, amount, journalKey: 'much' })),
    { code: 'errormessage.account.amountTooLarge' },
  )
  const entryId = await write((work) => writeOffClaim(work, { claimId, journalKey: 'rest' }))
  assert.equal(await balance(customerId), '0.00')
  const lines = await app.read(({ db }) =>
    db
      .select({ amount: sql<string>`p.amount::numeric(9,2)::text` })
      .from(sql`postings p where p.entry_id = ${entryId} order by line_no`),
  )
  assert.deepEqual(
    lines.map((line) => line.amount),
    ['4.20', '0.80', '-5.00'],
  )
})

test('installments add up to what was open, and the balance stays', async () => {
  const customerId = await addCustomer(app)
  const a = await charge(customerId, '60.00', '2026-01-01')
  const b = await charge(customerId, '40.00', '2026-02-01')
  const dueDates = ['2026-03-01', '2026-04-01', '2026-05-01'].map((text) => Temporal.PlainDate.from(text))
  const plan = { customerId, claimIds: [a, b], dueDates, description: 'Rate', journalKey: `plan${a}` }
  const parts = await write((work) => planInstallments(work, plan))
  const shown = await open(customerId)
  assert.deepEqual([shown[a], shown[b], ...parts.map((part) => shown[part])], [0, 0, 33.34, 33.33, 33.33])
  assert.equal(await balance(customerId), '-100.00')
})

test('a payment can be moved to another claim', async () => {
  const { customerId, a, b } = await threeClaims()
  const paymentId = await pay(customerId, '30.00')
  await write((work) => reallocatePayment(work, paymentId, [b]))
  assert.deepEqual(await open(customerId), { [a]: 30, [b]: 0 })
})

test('the same key charges and pays once', async () => {
  const customerId = await addCustomer(app)
  const again = { journalKey: 'again' }
  assert.equal(
    await charge(customerId, '3.00', '2026-02-10', again),
    await charge(customerId, '3.00', '2026-02-10', again),
  )
  assert.equal(await balance(customerId), '-3.00')
})

test('prepaid credit is topped up, spent no further than it reaches, and corrected', async () => {
  const customerId = await addCustomer(app)
  const entryId = await write((work) => topUpCredit(work, { ...base(customerId, '6.40'), method: 'CASH' }))
  await write((work) => spendCredit(work, base(customerId, '4.00')))
  assert.equal(await credit(customerId), '2.40')
  await assert.rejects(
    write((work) => spendCredit(work, base(customerId, '4.00'))),
    { code: 'errormessage.account.amountTooLarge' },
  )
  await assert.rejects(
    write((work) => reverseCreditEntry(work, entryId, 'wrong customer')),
    { code: 'errormessage.account.amountTooLarge' },
  )
  assert.deepEqual([await credit(customerId), await balance(customerId)], ['2.40', '0.00'])
})
