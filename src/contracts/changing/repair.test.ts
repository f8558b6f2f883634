import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { and, eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { day, samplePlan } from '../../../test/support/samples/contract-plan.ts'
import { assertLedgerWhole } from '../../../test/support/scenes/accounts.ts'
import { showClaims, signPlan } from '../../../test/support/scenes/contract-scene.ts'
import { addCustomer, newPerson } from '../../../test/support/scenes/customers.ts'
import { addOffer, addOfferVoucher } from '../../../test/support/scenes/offer-world.ts'
import { readDrift } from '../../../test/support/scenes/money-whole.ts'
import { debtClaims } from '../../accounts/tables.ts'

let app: TestApp
before(async () => void (app = await openTestApp({ now: '2026-04-05T10:00:00+02:00' })))
after(() => app.close())

test('a member is charged month by month by the clock, and no charge has drifted', async () => {
  const customerId = await addCustomer(app)
  const contractId = await signPlan(app, customerId, samplePlan({ start: day('2026-04-06') }))
  await app.travelTo('2026-05-06T03:00:00+02:00')
  assert.deepEqual((await showClaims(app, contractId)).slice(0, 3), [
    'POSTED 2026-04-06 30.00',
    'POSTED 2026-05-06 30.00',
    'SCHEDULED 2026-06-06 30.00',
  ])
  assert.equal(await readDrift(app), 0)
  await assertLedgerWhole(app)
})

test('a waiting charge that is not what the contract wants is put right before it is booked, and counted', async () => {
  const customerId = await addCustomer(app)
  const contractId = await signPlan(app, customerId, samplePlan({ start: day('2026-05-20') }))
  const first = and(eq(debtClaims.contractId, contractId), eq(debtClaims.periodFrom, day('2026-05-20')))
  await app.write(({ tx }) =>
    tx
      .update(debtClaims)
      .set({ dueDate: day('2026-05-08') })
      .where(first),
  )
  await app.travelTo('2026-05-08T03:00:00+02:00')
  assert.equal((await showClaims(app, contractId))[0], 'SCHEDULED 2026-05-20 30.00')
  assert.equal(await readDrift(app), 1)
  await assertLedgerWhole(app)
})

test('what a company pays of a charge is booked by night without the member, whose balance has the rest alone', async () => {
  const { termId } = await addOffer(app)
  const split = { companySplitType: 'PERCENTAGE', companySplitPercentage: '33.33' } as const
  await addOfferVoucher(app, { code: 'ACME', type: 'COMPANY_FEE_SPLIT', company: 'Acme', ...split })
  const contract = { contractOfferTermId: termId, startDate: '2026-06-01', voucherCode: 'ACME' }
  const signed = await app.post('/v1/memberships/signup', { contract, customer: newPerson() })
  assert.equal(signed.status, 200, signed.text)
  await app.travelTo('2026-06-01T03:00:00+02:00')
  const { body } = await app.get(`/v1/customers/${signed.body.customerId}/account/balances`)
  assert.equal(body.accountBalance.amount, -20)
  await assertLedgerWhole(app)
})
