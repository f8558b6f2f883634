import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { meetWaiting } from '../../../test/support/lock-waiters.ts'
import { monthly, year } from '../../../test/support/samples/offer-documents.ts'
import { assertLedgerWhole, bookDueClaims } from '../../../test/support/scenes/accounts.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import { addModule, buyModule } from '../../../test/support/scenes/module-scene.ts'
import { openStaff, type Staff } from '../../../test/support/scenes/staff.ts'
import { accountsModule, listContractClaims, lockAccount } from '../../accounts/index.ts'
import * as accounts from '../../accounts/staff-api.ts'
import { membershipOffersModule } from '../../membership-offers/index.ts'
import * as offers from '../../membership-offers/staff-api.ts'
import { repairCharges } from '../changing/repair.ts'

let app: TestApp
let staff: Staff
before(async () => {
  app = await openTestApp({ now: '2026-06-15T10:00:00+02:00' })
  staff = openStaff(app, membershipOffersModule)
})
after(() => app.close())
afterEach(() => assertLedgerWhole(app))

const fee = { identifier: 'JOIN', name: 'Joining', paymentFrequency: { type: 'NON_RECURRING', price: '10.70' } }

/** A member of a rate for 30.00 a month with a joining fee of 10.70, each with its tax code. */
async function sign(rateTax: string | undefined, feeTax?: string) {
  const rate = { name: 'Basic', taxCode: rateTax }
  const { rateId } = await staff.run(offers.rates.import, {}, rate)
  const { studioId } = app.berlin
  const sold = { rateId, name: 'Basic 12', description: 'All', paymentChoices: ['CASH'] }
  const terms = [{ ...year, paymentFrequency: { ...monthly, price: '30.00' }, flatFees: [{ ...fee, taxCode: feeTax }] }]
  const publications = [{ studioId, position: 1 }]
  const { offerId } = await staff.run(offers.offers.import, {}, { ...sold, publications, terms })
  const termId = (await staff.run(offers.offers.show, { offerId })).terms[0].id
  const customerId = await addCustomer(app)
  const wish = { contractOfferTermId: termId, startDate: '2026-06-15' }
  const answer = await app.post(`/v1/memberships/customers/${customerId}/add-membership`, wish)
  assert.equal(answer.status, 200, answer.text)
  return { rateId, customerId, contractId: Number(answer.headers['x-contract-id']) }
}

/** What is due today of a contract, by what it is for: gross and tax. */
async function listTaxes(contractId: number) {
  const claims = await app.read(({ db }) => listContractClaims(db, contractId))
  return claims
    .filter(({ dueDate }) => dueDate.toString() === '2026-06-15')
    .map(({ component, amount, tax }) => `${component} ${amount} ${tax}`)
    .toSorted()
}

test('what a rate, a fee and a module charge is taxed by the code that staff have given each', async () => {
  const { customerId, contractId } = await sign('REDUCED', 'ZERO')
  const { studioId } = app.berlin
  const bought = await buyModule(app, contractId, await addModule(staff, { taxCode: 'ZERO' }))
  assert.equal(bought.status, 200, bought.text)
  // 7 % of 30.00; the month begins today.
  assert.deepEqual(await listTaxes(contractId), ['FLAT_FEE 1070 0', 'MODULE 1200 0', 'RATE 3000 196'])
  await bookDueClaims(app, { customerId, contractId, until: '2026-06-15' })
  const { entries } = await openStaff(app, accountsModule).run(
    accounts.listJournalEntries,
    {},
    { studioId, customerId },
  )
  const revenue = entries.flatMap(({ lines }: any) => lines).filter(({ role }: any) => role === 'REVENUE')
  assert.deepEqual(new Set(revenue.map(({ account }: any) => account)).size, 2)
  assert.ok(revenue.some(({ account, amount }: any) => account === '8300' && amount === '-28.04'))
})

test('a contract keeps the codes with which it was signed', async () => {
  const { rateId, customerId, contractId } = await sign('REDUCED')
  const known = await listTaxes(contractId)
  assert.deepEqual(known, ['FLAT_FEE 1070 171', 'RATE 3000 196'])
  const shown = await staff.run(offers.rates.show, { rateId })
  await staff.run(offers.rates.import, {}, { ...shown, taxCode: 'ZERO' })
  const billed = { studioId: app.berlin.studioId, runDate: Temporal.PlainDate.from('2026-06-15') }
  assert.equal(await app.write((work) => repairCharges(work, { ...billed, customerIds: [customerId] })), 0)
  assert.deepEqual(await listTaxes(contractId), known)
})

test('a rate that staff change from a day on counts for what waits of days from then on, at once for what is due soon', async () => {
  const { customerId, contractId } = await sign(undefined)
  const money = openStaff(app, accountsModule)
  const taxes = async () => {
    const claims = await app.read(({ db }) => listContractClaims(db, contractId))
    return claims.filter(({ component }) => component === 'RATE').map(({ tax, net }) => `${net} ${tax}`)
  }
  const before = await taxes()
  const [claim] = await app.read(({ db }) => listContractClaims(db, contractId))
  const change = { rate: '16', validFrom: '2026-08-01' }
  await money.run(accounts.setTaxRate, { taxCodeId: claim?.taxCodeId }, change)
  // The first month ends on 14 July, before the day; the second one is due on the day after, the third one later than soon.
  assert.deepEqual(await taxes(), [before[0], '2586 414', ...before.slice(2)])
  await app.app.scheduler.runDue(app.berlin.tenantId)
  assert.deepEqual(await taxes(), [before[0], ...before.slice(1).map(() => '2586 414')])
  const billed = { studioId: app.berlin.studioId, runDate: Temporal.PlainDate.from('2026-06-15') }
  assert.equal(await app.write((work) => repairCharges(work, { ...billed, customerIds: [customerId] })), 0)
})

test('a code that no books have is refused; one that these books lack stands for the usual one', async () => {
  const refused = async (document: object) => {
    const { code, details } = await staff.refuse(offers.rates.import, {}, { name: 'Gold', ...document })
    return [code.split('.').at(-1), details.reference]
  }
  assert.deepEqual(await refused({ taxCode: 'LUXURY' }), ['enum', 'taxCode'])
  const money = openStaff(app, accountsModule)
  const books = { name: 'Other Ltd', countryCode: 'DE', currency: 'EUR' }
  const { legalEntityId } = await money.run(accounts.createLegalEntity, {}, books)
  const numbers = { name: 'LUXURY', rate: '33', validFrom: '2026-01-01', revenueNumber: '8450', taxNumber: '1790' }
  await money.run(accounts.createTaxCode, { legalEntityId }, numbers)
  const { contractId } = await sign('LUXURY')
  assert.ok((await listTaxes(contractId)).includes('RATE 3000 479'))
})

test('a new rate waits for who plans or books with the old one', async () => {
  const { customerId, contractId } = await sign(undefined)
  const [claim] = await app.read(({ db }) => listContractClaims(db, contractId))
  const [locked, free] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const booking = app.write(async (work) => {
    await lockAccount(work, customerId)
    locked.resolve()
    await free.promise
  })
  await locked.promise
  const change = { rate: '17', validFrom: '2026-09-01' }
  const changing = openStaff(app, accountsModule).run(accounts.setTaxRate, { taxCodeId: claim?.taxCodeId }, change)
  await meetWaiting(app.url)
  free.resolve()
  await Promise.all([booking, changing])
})
