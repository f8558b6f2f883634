import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type DemoApp, openDemoApp } from '../../../test/support/demo-app.ts'
import { readPdf } from '../../../test/support/printed.ts'
import { inboundKey } from './keys.ts'
import { offer } from './offers.ts'

let app: DemoApp
before(async () => {
  app = await openDemoApp()
})
after(() => app.close())

const path = '/v1/memberships/membership-offers'
const english = { 'accept-language': 'en' }

test('Berlin sells every kind of membership but the one that is over', async () => {
  const { body } = await app.get(path, { headers: english })
  const { expired: _over, ...sold } = offer
  assert.deepEqual(
    body.map(({ id }: { id: number }) => id),
    Object.values(sold),
  )
  const frequencies = body.map((each: { terms: { paymentFrequency: { formattedPaymentFrequency: string } }[] }) =>
    each.terms.map(({ paymentFrequency }) => paymentFrequency.formattedPaymentFrequency),
  )
  assert.deepEqual(frequencies[0], ['Every month', 'Every month'])
  assert.deepEqual(frequencies.slice(4, 7), [
    ['One-time'],
    ['Every year on 31 March, 30 September'],
    ['After 0 months, 3 months, 6 months'],
  ])
  assert.equal((await app.get(`${path}/${offer.expired}`)).status, 404)
})

test('Premium has everything that an offer can have', async () => {
  const { body } = await app.get(`${path}/${offer.premium}`, { headers: english })
  const [term] = body.terms
  assert.equal(body.contractSignaturesRequired, true)
  assert.deepEqual([body.selectableModules.length, body.maximumNumberOfSelectableModules], [3, 1])
  assert.deepEqual(
    term.optionalModules.map(({ name }: { name: string }) => name),
    ['Sauna', 'Personal training'],
  )
  assert.deepEqual([term.defaultContractStartDate, term.defaultContractStartDateOfUse], ['2026-07-01', '2026-06-15'])
  assert.deepEqual([term.priceAfterExtension.amount, term.flatFees[0].starterPackage], [54.9, true])
  assert.deepEqual(body.rateCodes, [{ identifier: 'Tier: Premium', name: 'Premium' }])
  assert.equal(body.contractTextBlocks.length, 2)
  const { pathname, search } = new URL(body.contractTextBlocks[0].attachedDocument.url)
  const specimen = await app.app.server.inject({ method: 'GET', url: pathname + search })
  assert.match(await readPdf(specimen.rawPayload), /Variante 1: Premium/)
  const student = (await app.get(`${path}/${offer.student}`)).body.terms[0]
  assert.equal(student.subsequentRate.name, 'Basic')
  const quiet = (await app.get(`${path}/${offer.offPeak}`)).body
  assert.equal(quiet.timeRestrictions.openingHoursCategory.name, 'Off-Peak')
})

test('London sells in pounds, at prices of its own', async () => {
  const headers = { ...english, 'x-api-key': inboundKey('demoLondonFull') }
  const { body } = await app.get(path, { headers })
  assert.deepEqual(
    body.map((each: { terms: { paymentFrequency: { price: object } }[] }) => each.terms[0]?.paymentFrequency.price),
    [
      { amount: 34.9, currency: 'GBP' },
      { amount: 44.9, currency: 'GBP' },
    ],
  )
})
