import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import { openStaff, type Staff } from '../../../test/support/scenes/staff.ts'
import { accountsModule } from '../index.ts'
import * as api from '../staff-api.ts'

let app: TestApp
let staff: Staff
before(async () => {
  app = await openTestApp({ now: '2026-06-15T10:00:00+02:00' })
  staff = openStaff(app, accountsModule)
})
after(() => app.close())

const list = async (asked: object) => (await staff.run(api.listJournalEntries, {}, asked)).entries
const charge = (customerId: number, amount: string, more: object = {}) =>
  staff.run(api.createClaim, {}, { customerId, amount, description: 'Locker', ...more })

test('staff see what was booked, by customer, studio, day and kind, with lines that add up to zero', async () => {
  const { studioId } = app.berlin
  const [one, other] = [await addCustomer(app), await addCustomer(app)]
  const { claimId } = await charge(one, '11.90')
  await charge(other, '5.00')
  const paid = { customerId: one, amount: '11.90', method: 'CASH', description: 'Paid at the desk' }
  const { paymentId } = await staff.run(api.createPayment, {}, paid)
  const [payment, claim, ...more] = await list({ customerId: one })
  assert.deepEqual(more, [])
  assert.deepEqual(
    [payment.kind, payment.description, payment.bookingDate, payment.currency, payment.bookedBy],
    ['PAYMENT', 'Paid at the desk', '2026-06-15', 'EUR', 'STAFF:7'],
  )
  const lines = claim.lines.map(({ role, amount }: any) => `${role} ${amount}`)
  assert.deepEqual(lines, ['RECEIVABLE 11.90', 'REVENUE -10.00', 'TAX_OUTPUT -1.90'])
  assert.deepEqual([claim.lines[0].claimId, claim.lines[0].customerId], [claimId, one])
  assert.deepEqual(payment.lines[1], {
    account: '1400',
    role: 'RECEIVABLE',
    amount: '-11.90',
    customerId: one,
    paymentId,
  })
  const kinds = async (asked: object) => (await list({ studioId, ...asked })).map(({ kind }: any) => kind)
  assert.deepEqual(await kinds({}), ['PAYMENT', 'CHARGE', 'CHARGE'])
  assert.deepEqual(await kinds({ kind: 'CHARGE', from: '2026-06-15', to: '2026-06-15' }), ['CHARGE', 'CHARGE'])
  assert.deepEqual(await kinds({ to: '2026-06-14' }), [])
  assert.deepEqual(await kinds({ before: payment.entryId, most: 1 }), ['CHARGE'])
  const { code } = await staff.refuse(api.listJournalEntries, {}, { before: 1 })
  assert.equal(code, 'errormessage.journalEntry.notFound')
})

test('days that are closed are listed with what they held', async () => {
  const { studioId } = app.berlin
  await app.travelTo('2026-06-16T10:00:00+02:00')
  const { days } = await staff.run(api.listClosedDays, {}, { studioId })
  assert.deepEqual([days[0].day, days[0].entries, days[0].debit, days[0].sha256.length], ['2026-06-15', 3, '28.80', 64])
  assert.equal((await staff.refuse(api.listClosedDays, {}, { studioId: 1 })).code, 'errormessage.studio.notFound')
})

test('what staff sell by hand is a sale', async () => {
  const customerId = await addCustomer(app)
  await charge(customerId, '3.00', { isSale: true })
  const { body } = await app.get(`/v1/customers/${customerId}/account/transactions/upcoming?sliceSize=10`)
  assert.equal(body.result[0].chargeType, 'SALE')
})
