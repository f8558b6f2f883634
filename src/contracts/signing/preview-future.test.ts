import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { readCharged, readShown } from '../../../test/support/lives/shown-and-charged.ts'
import { pricedTerms } from '../../../test/support/samples/priced-terms.ts'
import { newPerson } from '../../../test/support/scenes/customers.ts'
import { addOffer, addOfferVoucher } from '../../../test/support/scenes/offer-world.ts'
import { defined } from '../../platform/values/defined.ts'

let app: TestApp
before(async () => void (app = await openTestApp({ now: '2026-01-30T10:00:00+01:00' })))
after(() => app.close())

test('what a preview shows is what is charged, cent for cent, whatever is sold to whom', async () => {
  const offers: Awaited<ReturnType<typeof addOffer>>[] = []
  for (const term of pricedTerms)
    offers.push(await addOffer(app, { offer: { preUseType: 'CHARGEABLE' }, terms: [term] }))
  const codeRow = { maxRedemptions: 1000 }
  const half = {
    type: 'PERCENTAGE',
    percentage: '33.33',
    effective: 'TIME_BASED',
    termValue: 2,
    termUnit: 'MONTH',
  } as const
  await addOfferVoucher(app, {
    code: 'THIRD',
    codeRow,
    windows: [half, { type: 'ABSOLUTE', amount: '4.99', effective: 'INITIAL_TERM' }],
  })
  await addOfferVoucher(app, {
    code: 'SPLIT',
    codeRow,
    type: 'COMPANY_FEE_SPLIT',
    company: 'Acme',
    companySplitType: 'PERCENTAGE',
    companySplitPercentage: '17.17',
  })
  const order = fc.record({
    at: fc.nat(pricedTerms.length - 1),
    startIn: fc.integer({ min: 0, max: 330 }),
    before: fc.integer({ min: 0, max: 40 }),
    bornAgo: fc.integer({ min: 16 * 365, max: 60 * 365 }),
    voucherCode: fc.constantFrom(undefined, 'THIRD', 'SPLIT'),
  })
  const today = Temporal.PlainDate.from('2026-01-30')
  await fc.assert(
    fc.asyncProperty(order, async ({ at, startIn, before: days, bornAgo, voucherCode }) => {
      const { termId = 0, optionalIds = [] } = offers[at] ?? {}
      const start = today.add({ days: startIn })
      const contract = {
        contractOfferTermId: termId,
        startDate: start.toString(),
        preuseDate: today.add({ days: Math.max(0, startIn - days) }).toString(),
        selectedOptionalModuleIds: optionalIds,
        ...defined({ voucherCode }),
      }
      const customer = newPerson({ dateOfBirth: today.subtract({ days: bornAgo }).toString() })
      const body = { contract, customer: { ...customer, lastName: `Lindner ${crypto.randomUUID()}` } }
      const preview = await app.post('/v1/memberships/signup/preview', body)
      assert.equal(preview.status, 200, preview.text)
      const answer = await app.post('/v1/memberships/signup', body)
      assert.equal(answer.status, 200, answer.text)
      const contractId = Number(answer.headers['x-contract-id'])
      assert.deepEqual(await readCharged(app, contractId), readShown(preview.body.paymentPreview))
    }),
    { numRuns: 40 },
  )
})
