import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { addOffer } from '../../test/support/scenes/offer-world.ts'
import { activations } from '../integrations/tables.ts'
import { studios } from '../studios/tables.ts'

const path = '/v1/cross-studio/membership-offers/studios'
const day = (text: string) => Temporal.PlainDate.from(text)
const listIds = async (app: TestApp, as = app.berlin) =>
  (await app.get(path, { as })).body.map(({ studioId }: { studioId: number }) => studioId)

test('a studio is listed while its own key would list an offer', async () => {
  await using app = await openTestApp()
  const { berlin, hamburg } = app
  assert.deepEqual(await listIds(app), [])
  await addOffer(app, { position: null })
  await addOffer(app, { offer: { active: false } })
  await addOffer(app, { terms: [{ active: false }] })
  await addOffer(app, { offer: { limitedFrom: day('2026-06-16'), limitedTo: day('2026-06-16') } })
  assert.deepEqual(await listIds(app), [])
  await addOffer(app, { studio: hamburg })
  assert.deepEqual(await listIds(app), [hamburg.studioId])
  await app.travelTo('2026-06-16T00:00:00+02:00')
  assert.deepEqual(await listIds(app), [berlin.studioId, hamburg.studioId])
  assert.deepEqual(await listIds(app, hamburg), [berlin.studioId, hamburg.studioId])
  assert.deepEqual(await listIds(app, app.stranger), [])
  await app.travelTo('2026-06-17T00:00:00+02:00')
  assert.deepEqual(await listIds(app), [hamburg.studioId])
})

test('today is the day of each studio', async () => {
  await using app = await openTestApp({ now: '2026-06-15T23:30:00Z' })
  const { berlin, hamburg } = app
  const offer = { limitedFrom: day('2026-06-16'), limitedTo: day('2026-06-16') }
  for (const studio of [berlin, hamburg]) await addOffer(app, { studio, offer })
  await app.write(({ tx }) =>
    tx.update(studios).set({ timeZone: 'America/Santiago' }).where(eq(studios.id, hamburg.studioId)),
  )
  assert.deepEqual(await listIds(app), [berlin.studioId])
})

test('studios that open later are listed, those that have closed are not', async () => {
  await using app = await openTestApp()
  const { hamburg } = app
  await addOffer(app, { studio: hamburg })
  const set = (changes: Partial<typeof studios.$inferInsert>) =>
    app.write(({ tx }) => tx.update(studios).set(changes).where(eq(studios.id, hamburg.studioId)))
  await set({ openingDate: day('2027-01-01'), closingDate: day('2026-06-15'), description: 'By the port' })
  const { body } = await app.get(path, { headers: { 'accept-language': 'fr' } })
  assert.deepEqual(body, [
    {
      studioId: hamburg.studioId,
      name: 'Hamburg',
      description: 'By the port',
      country: 'Allemagne',
      countryCode: 'DE',
      openingDate: '2027-01-01',
      closingDate: '2026-06-15',
    },
  ])
  await set({ closingDate: day('2026-06-14') })
  assert.deepEqual(await listIds(app), [])
})

test('a studio that has not activated the integration is not listed', async () => {
  await using app = await openTestApp()
  for (const studio of [app.berlin, app.hamburg]) await addOffer(app, { studio })
  const own = eq(activations.id, app.hamburg.activationId)
  await app.write(({ tx }) => tx.update(activations).set({ status: 'SUSPENDED' }).where(own))
  assert.deepEqual(await listIds(app), [app.berlin.studioId])
})
