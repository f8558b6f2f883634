import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { fetchLink, printDocuments, readPdf } from '../../../test/support/printed.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import { addOffer } from '../../../test/support/scenes/offer-world.ts'
import { subContracts } from '../tables.ts'

// Monday 15 June 2026, 09:00 in Berlin.

let app: TestApp
before(async () => void (app = await openTestApp()))
after(() => app.close())

test('a module that another one follows is printed once, also when the paper is printed after the second has begun', async () => {
  const month = { termValue: 1, termUnit: 'MONTH', extensionTermValue: 1, extensionTermUnit: 'MONTH' } as const
  const { termId, optionalIds } = await addOffer(app, {
    terms: [{ modules: [{ name: 'Sauna', extensionType: 'NEW', ...month }] }],
  })
  const sold = { contractOfferTermId: termId, startDate: '2026-06-15', selectedOptionalModuleIds: optionalIds }
  const sign = async () => {
    const customerId = await addCustomer(app)
    const answer = await app.post(`/v1/memberships/customers/${customerId}/add-membership`, sold)
    assert.equal(answer.status, 200, answer.text)
    return { customerId, contractId: Number(answer.headers['x-contract-id']) }
  }
  const countSaunas = async ({ customerId }: { customerId: number }) => {
    await printDocuments(app)
    const { body } = await app.get(`/v1/customers/${customerId}/contracts`)
    const text = await readPdf((await fetchLink(app, body[0].signedDocumentUrl)).bytes)
    return text.split('Sauna').length - 1
  }
  const once = await countSaunas(await sign())
  const late = await sign()
  await app.travelTo('2026-07-15T09:00:00+02:00')
  const modules = await app.read(({ db }) =>
    db.select().from(subContracts).where(eq(subContracts.contractId, late.contractId)),
  )
  assert.ok(modules.length > 1, 'the first one is followed by now')
  assert.equal(await countSaunas(late), once)
})
