import assert from 'node:assert/strict'
import { test } from 'node:test'
import { membershipOffersModule } from '../../src/membership-offers/index.ts'
import * as api from '../../src/membership-offers/staff-api.ts'
import { openTestApp, outOfTurn, type TestApp } from '../support/app.ts'
import { year } from '../support/samples/offer-documents.ts'
import { openStaff } from '../support/scenes/staff.ts'
import { runUnlocked } from '../support/unlocked.ts'

/** Each of three offers is to go on as the next one, all at once; answers how many were saved and how many refused. */
async function raceForCircle(app: TestApp) {
  const staff = openStaff(app, membershipOffersModule)
  const { rateId } = await staff.run(api.rates.import, {}, { name: 'Basic' })
  const offers: any[] = []
  for (const name of ['A', 'B', 'C']) {
    const { offerId } = await staff.run(api.offers.import, {}, { rateId, name, description: name, terms: [year] })
    offers.push(await staff.run(api.offers.show, { offerId }))
  }
  const saved = await Promise.allSettled(
    offers.map((offer, at) => {
      const [{ extensionTerm: _none, ...term }] = offer.terms
      const subsequentTermId = offers[(at + 1) % offers.length].terms[0].id
      const terms = [{ ...term, extensionType: 'SUBSEQUENT_RATE_DETAIL', subsequentTermId }]
      return staff.run(api.offers.import, {}, { ...offer, terms })
    }),
  )
  const refused = saved.flatMap((each) => (each.status === 'rejected' ? [each.reason.code] : []))
  return { saved: saved.length - refused.length, refused }
}

test('of three offers that would follow each other in a circle, the last one is refused', async () => {
  await using app = await openTestApp(outOfTurn)
  assert.deepEqual(await raceForCircle(app), { saved: 2, refused: ['errormessage.catalogue.termsLeadBack'] })
})

test('control: without the lock of the catalogue the circle is closed', async () => {
  await runUnlocked({ pauseBefore: /^update "membership_offers"/ }, async (app) => {
    assert.deepEqual(await raceForCircle(app), { saved: 3, refused: [] })
  })
})
