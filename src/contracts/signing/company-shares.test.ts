import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { assertLedgerWhole, selectAccount } from '../../../test/support/scenes/accounts.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import { addOffer, addOfferVoucher } from '../../../test/support/scenes/offer-world.ts'
import { openStaff, type Staff } from '../../../test/support/scenes/staff.ts'
import { accountsModule, listCustomerCredits } from '../../accounts/index.ts'
import * as money from '../../accounts/staff-api.ts'
import { membershipVouchers } from '../../membership-offers/tables.ts'
import { formatAmount } from '../../platform/values/money.ts'
import { contractsModule } from '../index.ts'
import * as voiding from '../voiding/staff-api.ts'
import * as signing from './staff-api.ts'

// Monday 15 June 2026, 09:00 in Berlin. The company pays 10.00 of each 30.00, the first of which is due on signing.

let app: TestApp
let accounts: Staff
let contracts: Staff
let contractOfferTermId = 0
let count = 0
before(async () => {
  app = await openTestApp()
  accounts = openStaff(app, accountsModule)
  contracts = openStaff(app, contractsModule)
  contractOfferTermId = (await addOffer(app, { terms: [{ dueOnSigning: ['FIRST_CONTRACT_FEE'] }] })).termId
})
after(() => app.close())
afterEach(() => assertLedgerWhole(app))

/** A company with so many people, each of whom has signed. */
async function employ(people: number) {
  const code = `FIRM${++count}`
  const split = { companySplitType: 'ABSOLUTE', companySplitAmount: '10.00' } as const
  const voucherId = await addOfferVoucher(app, { code, type: 'COMPANY_FEE_SPLIT', company: code, ...split })
  const [row] = await app.read(({ db }) =>
    db.select().from(membershipVouchers).where(eq(membershipVouchers.id, voucherId)),
  )
  const contractIds: number[] = []
  for (let n = 0; n < people; n++) {
    const customerId = await addCustomer(app)
    const wish = { contractOfferTermId, startDate: '2026-07-01', voucherCode: code, paidBy: 'CASH' }
    contractIds.push((await contracts.run(signing.signContract, { customerId }, wish)).contractId)
  }
  return { companyId: row?.companyId ?? 0, contractIds }
}
const owed = async (companyId: number) =>
  (await accounts.run(money.listCompanyClaims, { companyId })).claims.map(({ open }: { open: string }) => open)
const listed = async (companyId: number) => (await accounts.run(money.listCompanyClaims, { companyId })).claims
const pay = (companyId: number, amount: string, more: object = {}) => {
  const body = { amount, studioId: app.berlin.studioId, description: 'Acme June', ...more }
  return [money.payCompanyClaims, { companyId }, body] as const
}

test('a company pays what it owes for its people, the oldest first, and a mistake is taken back once', async () => {
  const { companyId } = await employ(3)
  assert.deepEqual(await owed(companyId), ['10.00', '10.00', '10.00'])
  await accounts.run(...pay(companyId, '25.00'), { dryRun: true })
  const { entryId } = await accounts.run(...pay(companyId, '25.00'))
  assert.deepEqual(await owed(companyId), ['5.00'])
  assert.equal((await accounts.refuse(...pay(companyId, '5.01'))).code, 'errormessage.account.amountTooLarge')
  assert.equal((await accounts.refuse(...pay(companyId, '0.00'))).code, 'errormessage.validation.min')
  const back = [money.reverseCompanyPayment, { entryId }, { description: 'Of another firm' }] as const
  await accounts.run(...back)
  assert.deepEqual(await owed(companyId), ['10.00', '10.00', '10.00'])
  assert.equal((await accounts.refuse(...back)).code, 'errormessage.account.alreadyReversed')
})

test('a company pays chosen claims, and never those of another one', async () => {
  const { companyId } = await employ(2)
  const other = await employ(1)
  const [, second] = await listed(companyId)
  const [foreign] = await listed(other.companyId)
  const refused = await accounts.refuse(...pay(companyId, '10.00', { claimIds: [foreign.claimId] }))
  assert.equal(refused.code, 'errormessage.debtClaim.notFound')
  await accounts.run(...pay(companyId, '10.00', { claimIds: [second.claimId] }))
  assert.equal(
    (await listed(companyId)).some(({ claimId }: any) => claimId === second.claimId),
    false,
  )
  assert.deepEqual([await owed(companyId), await owed(other.companyId)], [['10.00'], ['10.00']])
})

test('what a company has paid is no money of its people: they neither see it nor can it be paid out to them', async () => {
  const { companyId } = await employ(1)
  const [{ customerId }] = await listed(companyId)
  const standing = async () => [
    await app.read(async ({ db }) => formatAmount((await selectAccount(db, customerId)).balance)),
    (await app.get(`/v1/customers/${customerId}/account/transactions?sliceSize=50`)).body.result.length,
  ]
  const before = await standing()
  const { entryId } = await accounts.run(...pay(companyId, '10.00'))
  assert.deepEqual(await standing(), before)
  const { entries } = await accounts.run(money.listJournalEntries, {}, { customerId })
  assert.equal(
    entries.some((entry: { entryId: number }) => entry.entryId === entryId),
    false,
  )
})

test('the credit note of a contract that is taken back settles what the company owes for it, before any money does', async () => {
  const { companyId, contractIds } = await employ(2)
  const [contractId] = contractIds
  await contracts.run(voiding.voidContract, { contractId }, { reason: 'Entered twice' })
  assert.deepEqual((await owed(companyId)).toSorted(), ['-10.00', '10.00', '10.00'])
  assert.equal((await accounts.refuse(...pay(companyId, '10.01'))).code, 'errormessage.account.amountTooLarge')
  await accounts.run(...pay(companyId, '10.00'))
  assert.deepEqual(await owed(companyId), [])
})

test('staff give up what a company does not pay', async () => {
  const { companyId } = await employ(1)
  const [{ claimId, customerId }] = await listed(companyId)
  await accounts.run(money.writeOffClaim, { claimId }, { amount: '4.00' })
  assert.deepEqual(await owed(companyId), ['6.00'])
  await accounts.run(...pay(companyId, '6.00'))
  const credits = await app.read(({ db }) => listCustomerCredits(db, customerId))
  assert.deepEqual(
    credits.map(({ kind, amount }) => `${kind} ${amount}`),
    ['PAYMENT 20.0000'],
  )
})

test('an unknown company is refused, whether staff list what it owes or book what it has paid', async () => {
  const refused = [
    await accounts.refuse(money.listCompanyClaims, { companyId: 999_999 }, {}),
    await accounts.refuse(...pay(999_999, '1.00')),
  ]
  assert.deepEqual(
    refused.map(({ status, code }) => `${status} ${code}`),
    ['404 errormessage.company.notFound', '404 errormessage.company.notFound'],
  )
})
