import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { and, eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { fetchLink, printDocuments, readPdf } from '../../../test/support/printed.ts'
import { addReason } from '../../../test/support/scenes/canceling-scene.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import { addModule, buyModule } from '../../../test/support/scenes/module-scene.ts'
import { addOffer } from '../../../test/support/scenes/offer-world.ts'
import { iban } from '../../../test/support/scenes/run-scene.ts'
import { openStaff } from '../../../test/support/scenes/staff.ts'
import { customers } from '../../customers/index.ts'
import { customerAccessLog } from '../../customers/tables.ts'
import { membershipOffersModule } from '../../membership-offers/index.ts'
import { membershipOffers } from '../../membership-offers/tables.ts'
import { enterMandate } from '../../payments/index.ts'
import { cancelContract } from '../canceling/staff-api.ts'
import { contractsModule } from '../index.ts'
import { cancelModule } from '../module-canceling/staff-api.ts'
import { contractDocuments, subContracts } from '../tables.ts'

// Monday 15 June 2026, 09:00 in Berlin. The studio speaks German.

let app: TestApp
before(async () => void (app = await openTestApp()))
after(() => app.close())

const add = async (customerId: number, contract: object) => {
  const path = `/v1/memberships/customers/${customerId}/add-membership`
  const answer = await app.post(path, { startDate: '2026-07-01', ...contract })
  assert.equal(answer.status, 200, answer.text)
  return Number(answer.headers['x-contract-id'])
}
const linkTo = async (customerId: number, contractId: number) => {
  const { body } = await app.get(`/v1/customers/${customerId}/contracts`)
  return body.find(({ id }: { id: number }) => id === contractId).signedDocumentUrl as string | undefined
}

test('the contract is printed as it was signed, whatever has become of customer and catalogue since', async () => {
  const { termId, offerId } = await addOffer(app, { offer: { name: 'Before' } })
  const customerId = await addCustomer(app, { lastName: 'Before' })
  const contractId = await add(customerId, { contractOfferTermId: termId })
  await app.write(async ({ tx }) => {
    await tx.update(customers).set({ lastName: 'Afterwards' }).where(eq(customers.id, customerId))
    await tx.update(membershipOffers).set({ name: 'Afterwards' }).where(eq(membershipOffers.id, offerId))
  })
  await printDocuments(app)
  const { bytes } = await fetchLink(app, (await linkTo(customerId, contractId)) ?? '')
  const text = await readPdf(bytes)
  assert.match(text, /Before/)
  assert.doesNotMatch(text, /Afterwards/)
  const [row] = await app.read(({ db }) =>
    db.select().from(contractDocuments).where(eq(contractDocuments.contractId, contractId)),
  )
  assert.equal(row?.buyer, null)
})

test('what is bought, canceled and paid otherwise after the signature is no part of the document', async () => {
  const sauna = { name: 'Sauna', frequency: { price: '7.50' } }
  const { termId: contractOfferTermId, optionalIds } = await addOffer(app, { terms: [{ modules: [sauna] }] })
  const sign = async () => {
    const customerId = await addCustomer(app, { lastName: 'Signer' })
    const wish = { contractOfferTermId, selectedOptionalModuleIds: optionalIds }
    return { customerId, contractId: await add(customerId, wish) }
  }
  const [left, changed] = [await sign(), await sign()]
  const paper = { customerId: changed.customerId, iban, holder: 'Mara Weber', isOneOff: false }
  await app.write((work) => enterMandate(work, app.platform.secrets, paper))
  const bought = await buyModule(app, changed.contractId, await addModule(openStaff(app, membershipOffersModule)))
  assert.equal(bought.status, 200, bought.text)
  const reasonId = await addReason(app, { name: 'Goodwill' })
  const staff = openStaff(app, contractsModule)
  const carried = and(eq(subContracts.contractId, changed.contractId), eq(subContracts.origin, 'OPTIONAL'))
  const [module] = await app.read(({ db }) => db.select().from(subContracts).where(carried))
  const end = { kind: 'EXTRAORDINARY', reasonId }
  await staff.run(cancelModule, { moduleContractId: module?.id }, { ...end, toDate: '2026-08-10' })
  await staff.run(cancelContract, { contractId: changed.contractId }, { ...end, toDate: '2026-09-10' })
  await printDocuments(app)
  const read = async ({ customerId, contractId }: typeof left) => {
    const { bytes } = await fetchLink(app, (await linkTo(customerId, contractId)) ?? '')
    return (await readPdf(bytes)).replaceAll(/\d{5,}|Geburtsdatum [\d.]+/g, '#')
  }
  const text = await read(changed)
  assert.match(text, /Sauna 7,50 €/)
  assert.equal(text, await read(left))
})

test('who was given a link to a document is on record', async () => {
  const customerId = await addCustomer(app)
  const contractId = await add(customerId, { contractOfferTermId: (await addOffer(app)).termId })
  const lines = () => {
    const own = eq(customerAccessLog.customerId, customerId)
    return app.read(({ db }) => db.select().from(customerAccessLog).where(own))
  }
  assert.equal(await linkTo(customerId, contractId), undefined)
  await printDocuments(app)
  assert.ok(await linkTo(customerId, contractId))
  // Lines are stored within a second.
  for (let attempt = 0; attempt < 100 && (await lines()).length === 0; attempt++) await pause(50)
  assert.deepEqual(
    (await lines()).map(({ operation }) => operation),
    ['getCustomersContracts'],
  )
})
