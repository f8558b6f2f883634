import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { listAudit } from '../../../test/support/records.ts'
import { assertLedgerWhole, bookDueClaims } from '../../../test/support/scenes/accounts.ts'
import { outcome, type Signed } from '../../../test/support/scenes/canceling-scene.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import { addOffer, addOfferVoucher } from '../../../test/support/scenes/offer-world.ts'
import { openStaff, type Staff } from '../../../test/support/scenes/staff.ts'
import { openVoiding } from '../../../test/support/scenes/voiding-scene.ts'
import { listCustomerClaims, listCustomerCredits, refundCredit } from '../../accounts/index.ts'
import { debtClaims } from '../../accounts/tables.ts'
import {
  membershipVoucherCodes,
  membershipVoucherRedemptions,
  membershipVouchers,
} from '../../membership-offers/tables.ts'
import { contractsModule } from '../index.ts'
import * as api from './staff-api.ts'

let app: TestApp
let scene: ReturnType<typeof openVoiding>
let staff: Staff
let termId: number
before(async () => {
  app = await openTestApp({ now: '2026-06-10T10:00:00+02:00' })
  scene = openVoiding(app)
  staff = openStaff(app, contractsModule)
  termId = (await addOffer(app)).termId
})
after(() => app.close())
afterEach(() => assertLedgerWhole(app))

/** Signs a membership from today on; `undefined` where it was refused. */
async function sign(voucherCode: string | undefined, customerId?: number): Promise<Signed | undefined> {
  const buyer = customerId ?? (await addCustomer(app))
  const contract = { contractOfferTermId: termId, startDate: '2026-06-10', voucherCode }
  const answer = await app.post(`/v1/memberships/customers/${buyer}/add-membership`, contract)
  if (answer.status !== 200) assert.equal(answer.body.errorCode, 'errormessage.voucher.invalidCode', answer.text)
  return answer.status === 200 ? { customerId: buyer, contractId: Number(answer.headers['x-contract-id']) } : undefined
}

async function signFor(voucherCode?: string, customerId?: number): Promise<Signed> {
  const signed = await sign(voucherCode, customerId)
  assert.ok(signed)
  return signed
}

/** How often each code and voucher was redeemed, and how many redemptions there are. */
const counts = () =>
  app.read(async ({ db }) => ({
    codes: (await db.select().from(membershipVoucherCodes)).map(({ redeemed }) => redeemed),
    vouchers: (await db.select().from(membershipVouchers)).map(({ redeemed }) => redeemed),
    redemptions: await db.$count(membershipVoucherRedemptions),
  }))

const showOpen = ({ kind, openAmount }: { kind: string; openAmount: string }) => `${kind} ${openAmount}`
const gift = (code: string) => addOfferVoucher(app, { code, type: 'CREDIT', creditValue: '20.00' })

test('a code that allows one redemption can be redeemed again once the contract is taken back', async () => {
  const voucherId = await addOfferVoucher(app, { code: 'ONCE', codeRow: { maxRedemptions: 1 }, maxRedemptions: 1 })
  const contract = await signFor('ONCE')
  assert.equal(await sign('ONCE'), undefined)
  assert.equal(outcome(await scene.withdraw(contract)), 'true')
  assert.deepEqual(await counts(), { codes: [0], vouchers: [0], redemptions: 0 })
  const line = (await listAudit(app)).findLast(({ action }) => action === 'voucher.redemptionReturned')
  assert.deepEqual([line?.entityId, line?.diff], [voucherId, { contractId: [contract.contractId, null] }])
  const { contractId } = await signFor('ONCE')
  assert.deepEqual(await counts(), { codes: [1], vouchers: [1], redemptions: 1 })
  await staff.run(api.voidContract, { contractId }, { reason: 'Entered twice' }, { dryRun: true })
  assert.deepEqual(await counts(), { codes: [1], vouchers: [1], redemptions: 1 })
})

test('credit that a voucher gave goes with the contract, and comes once with the next one', async () => {
  await gift('GIFT')
  const contract = await signFor('GIFT')
  assert.equal(await scene.balance(contract), '20.00')
  const { contractId, customerId } = contract
  const answer = await staff.run(api.voidContract, { contractId }, { reason: 'Entered twice' })
  assert.deepEqual(answer, { contractId, customerId, credited: '0.00', voucherCreditTakenBack: '20.00' })
  assert.equal(await scene.balance(contract), '0.00')
  await signFor('GIFT', customerId)
  assert.equal(await scene.balance(contract), '20.00')
})

test('what the credit has settled is open again, of the contract itself and of others', async () => {
  await gift('SPENT')
  const until = '2026-06-10'
  const own = await signFor('SPENT')
  await bookDueClaims(app, { ...own, until })
  assert.equal(await scene.balance(own), '-10.00')
  assert.equal(outcome(await scene.withdraw(own)), 'true')
  assert.equal(await scene.balance(own), '0.00')
  const contract = await signFor('SPENT')
  const { contractId } = await signFor(undefined, contract.customerId)
  await bookDueClaims(app, { customerId: contract.customerId, contractId, until })
  assert.equal(await scene.balance(contract), '-10.00')
  assert.equal(outcome(await scene.withdraw(contract)), 'true')
  assert.equal(await scene.balance(contract), '-30.00')
})

test('credit that has settled what an agency collects is charged, and leaves that alone', async () => {
  await gift('LATE')
  const contract = await signFor('LATE')
  const { customerId } = contract
  const other = await signFor(undefined, customerId)
  await bookDueClaims(app, { ...other, until: '2026-06-10' })
  await app.write(({ tx }) =>
    tx.update(debtClaims).set({ collectionState: 'AT_AGENCY' }).where(eq(debtClaims.contractId, other.contractId)),
  )
  assert.equal(outcome(await scene.withdraw(contract)), 'true')
  const claims = await app.read(({ db }) => listCustomerClaims(db, customerId))
  assert.deepEqual(
    claims.filter(({ openAmount, state }) => state === 'POSTED' && !openAmount.startsWith('0')).map(showOpen),
    ['PRINCIPAL_CLAIM 20.0000', 'DEBT_CLAIM 10.0000'].toSorted(),
  )
})

test('credit that was paid out before is charged', async () => {
  await gift('CASHED')
  const contract = await signFor('CASHED')
  const { customerId } = contract
  const amount = { minor: 1500n, currency: 'EUR' }
  const payOut = { customerId, studioId: app.berlin.studioId, amount, method: 'CASH', description: 'Paid out' } as const
  await app.write((work) => refundCredit(work, { ...payOut, journalKey: 'out' }))
  assert.equal(outcome(await scene.withdraw(contract)), 'true')
  assert.equal(await scene.balance(contract), '-15.00')
  const credits = await app.read(({ db }) => listCustomerCredits(db, customerId))
  assert.deepEqual(
    credits.map(({ kind, remaining, reversed }) => [kind, remaining, reversed]),
    [['VOUCHER', '0.0000', '20.0000']],
  )
})
