import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eq } from 'drizzle-orm'
import { accountsModule, checkLedger } from '../../src/accounts/index.ts'
import * as money from '../../src/accounts/staff-api.ts'
import { contractsModule } from '../../src/contracts/index.ts'
import * as signing from '../../src/contracts/signing/staff-api.ts'
import { membershipVouchers } from '../../src/membership-offers/tables.ts'
import { openTestApp, outOfTurn, type TestApp } from '../support/app.ts'
import { addCustomer } from '../support/scenes/customers.ts'
import { assertBooksWhole } from '../support/scenes/money-whole.ts'
import { addOffer, addOfferVoucher } from '../support/scenes/offer-world.ts'
import { openStaff } from '../support/scenes/staff.ts'
import { runUnlocked } from '../support/unlocked.ts'

/** A company that owes 10.00 for each of two people is paid for by two clerks at once. */
async function payTwice(app: TestApp) {
  const accounts = openStaff(app, accountsModule)
  const contracts = openStaff(app, contractsModule)
  const { termId } = await addOffer(app, { terms: [{ dueOnSigning: ['FIRST_CONTRACT_FEE'] }] })
  const split = { companySplitType: 'ABSOLUTE', companySplitAmount: '10.00' } as const
  const voucherId = await addOfferVoucher(app, {
    code: 'FIRM',
    type: 'COMPANY_FEE_SPLIT',
    company: 'Firm',
    ...split,
  })
  const [voucher] = await app.read(({ db }) =>
    db.select().from(membershipVouchers).where(eq(membershipVouchers.id, voucherId)),
  )
  const companyId = voucher?.companyId ?? 0
  for (let n = 0; n < 2; n++) {
    const wish = { contractOfferTermId: termId, startDate: '2026-07-01', voucherCode: 'FIRM', paidBy: 'CASH' }
    await contracts.run(signing.signContract, { customerId: await addCustomer(app) }, wish)
  }
  const body = { amount: '20.00', studioId: app.berlin.studioId, description: 'Firm June' }
  const pay = () => accounts.run(money.payCompanyClaims, { companyId }, body)
  const both = await Promise.allSettled([pay(), pay()])
  return both.map(({ status }) => status).toSorted()
}

test('of two payments of a company for the same claims the second one is refused', async () => {
  await using app = await openTestApp(outOfTurn)
  assert.deepEqual(await payTwice(app), ['fulfilled', 'rejected'])
  await assertBooksWhole(app)
})

test('control: without locks both payments settle the claims', async () => {
  const without = ['debt_claims.debt_claims_open_within_amount']
  await runUnlocked({ without, pauseBefore: /^insert into "allocations"/ }, async (app) => {
    assert.deepEqual(await payTwice(app), ['fulfilled', 'fulfilled'])
    assert.notDeepEqual(await app.read(({ db }) => checkLedger(db)), [])
  })
})
