import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { selectAccount, assertLedgerWhole } from '../../test/support/scenes/accounts.ts'
import { addCustomer } from '../../test/support/scenes/customers.ts'
import { StaffOperations } from '../platform/staff/staff-operations.ts'
import type { StaffOperation } from '../platform/staff/staff-operation.ts'
import { formatAmount } from '../platform/values/money.ts'
import { accountsModule } from './index.ts'
import { legalEntities } from './legal-entities/legal-entity-tables.ts'
import * as api from './staff-api.ts'

let app: TestApp
before(async () => void (app = await openTestApp()))
after(async () => {
  await assertLedgerWhole(app)
  await app.close()
})

const operations = new StaffOperations()
accountsModule.staff?.(operations)

async function run(operation: StaffOperation, params: object, body: object, dryRun = false): Promise<any> {
  const caller = {
    actor: { kind: 'STAFF', id: 7 },
    tenantId: app.berlin.tenantId,
    traceId: '1'.repeat(32),
    permissions: 'ALL',
  } as const
  const request = { params: params as Record<string, unknown>, body, dryRun }
  return (await operations.run(app.platform.units, caller, operation, request)).answer
}

const stands = (customerId: number) =>
  app.read(async ({ db }) => {
    const { balance, credit } = await selectAccount(db, customerId)
    return [formatAmount(balance), formatAmount(credit)]
  })
const description = 'At the desk'

test('staff charge, take money, give it back and give up, and partners see it in the account', async () => {
  const customerId = await addCustomer(app)
  const charge = { customerId, amount: '20.00', description, serviceFrom: '2026-06-01', serviceTo: '2026-06-30' }
  const { claimId } = await run(api.createClaim, {}, { ...charge, dueDate: '2026-06-01' })
  await run(api.createPayment, {}, { customerId, amount: '30.00', method: 'CASH', description })
  assert.deepEqual(await stands(customerId), ['10.00', '0.00'])
  await run(api.refundCredit, { customerId }, { amount: '4.00', method: 'CASH', description })
  await run(api.creditClaim, { claimId }, { amount: '5.00' })
  assert.deepEqual(await stands(customerId), ['11.00', '0.00'])
  const path = `/v1/customers/${customerId}/account`
  assert.deepEqual((await app.get(`${path}/balances`)).body, {
    accountBalance: { amount: 11, currency: 'EUR' },
    consumptionCredit: { amount: 0, currency: 'EUR' },
    inDebtCollection: false,
  })
  const [shown] = (await app.get(`${path}/transactions`)).body.result
  assert.deepEqual(shown, {
    id: claimId,
    dueDate: '2026-06-01',
    description,
    amount: { amount: 20, currency: 'EUR' },
    openAmount: { amount: 0, currency: 'EUR' },
    installmentPlan: false,
    chargeType: 'OTHER',
    paidPeriodFrom: '2026-06-01',
    paidPeriodTo: '2026-06-30',
  })
  const [note] = (await app.get(`${path}/transactions/upcoming`)).body.result
  assert.deepEqual([note.amount.amount, note.chargeType], [-5, 'CREDIT'])
  const second = await run(api.createClaim, {}, { customerId, amount: '15.00', description })
  await run(api.writeOffClaim, { claimId: second.claimId }, {})
  assert.deepEqual(await stands(customerId), ['0.00', '0.00'])
})

test('a customer without any movement has zeros, and a customer of another studio has no account here', async () => {
  const customerId = await addCustomer(app)
  const path = `/v1/customers/${customerId}/account`
  assert.equal((await app.get(`${path}/balances`)).body.accountBalance.amount, 0)
  for (const read of ['balances', 'transactions', 'transactions/upcoming']) {
    assert.equal((await app.get(`${path}/${read}`, { as: app.hamburg })).status, 404)
  }
})

test('a dry run says what would be done, and moves nothing', async () => {
  const customerId = await addCustomer(app)
  await run(api.createClaim, {}, { customerId, amount: '9.00', description }, true)
  assert.deepEqual(await stands(customerId), ['0.00', '0.00'])
})

test('amounts of nothing, below zero or with too many decimals are refused', async () => {
  const customerId = await addCustomer(app)
  for (const amount of ['0', '-1.00', '1.001', 'much']) {
    await assert.rejects(run(api.createClaim, {}, { customerId, amount, description }), { status: 400 })
  }
})

test('prepaid credit is topped up, corrected and paid out', async () => {
  const customerId = await addCustomer(app)
  const top = { amount: '10.00', method: 'CASH', description }
  const { entryId } = await run(api.topUpCredit, { customerId }, top)
  await run(api.topUpCredit, { customerId }, { ...top, amount: '2.00' })
  await run(api.correctCredit, { entryId }, { description: 'Wrong customer' })
  await assert.rejects(run(api.correctCredit, { entryId }, { description }), { status: 409 })
  await run(api.payOutCredit, { customerId }, { ...top, amount: '1.50' })
  assert.deepEqual(await stands(customerId), ['0.00', '0.50'])
})

const legalEntityOfAlps = { name: 'Alps AG', countryCode: 'AT', currency: 'EUR' }

test('bank numbers of a legal entity are stored as banks write them, and refused when they are none', async () => {
  const { iban, bic, ...others } = { ...legalEntityOfAlps, iban: 'IBAN: at61 1904 3002 3457 3201', bic: 'bkau at ww' }
  const { legalEntityId } = await run(api.createLegalEntity, {}, { ...others, iban, bic })
  const stored = await app.read(({ db }) => db.select().from(legalEntities).where(eq(legalEntities.id, legalEntityId)))
  assert.deepEqual([stored[0]?.iban, stored[0]?.bic], ['AT611904300234573201', 'BKAUATWW'])
  for (const wrong of [{ iban: 'AT621904300234573201' }, { bic: 'BKAU' }, { iban: '' }]) {
    await assert.rejects(run(api.updateLegalEntity, { legalEntityId }, wrong), { status: 400 }, JSON.stringify(wrong))
  }
})

test('a tax code of its own decides by the last day that is paid for', async () => {
  const { legalEntityId } = await run(api.createLegalEntity, {}, legalEntityOfAlps)
  await run(api.assignStudio, { legalEntityId, studioId: app.hamburg.studioId }, {})
  const code = { name: 'SPORT', rate: '13', validFrom: '2026-07-01', revenueNumber: '8350', taxNumber: '1773' }
  const { taxCodeId } = await run(api.createTaxCode, { legalEntityId }, code)
  const customerId = await addCustomer(app, {}, { studio: app.hamburg })
  const charge = { customerId, amount: '113.00', description, taxCodeId }
  await assert.rejects(run(api.createClaim, {}, charge), { code: 'errormessage.account.taxRateMissing' })
  const paid = { serviceFrom: '2026-06-15', serviceTo: '2026-07-14' }
  const { claimId } = await run(api.createClaim, {}, { ...charge, ...paid })
  assert.ok(claimId > 0)
})
