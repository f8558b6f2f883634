import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { addCustomer } from '../../test/support/scenes/customers.ts'
import { createOnlineOffer, updateOnlineOffer } from './offers.ts'
import { findOffer, listOffers, type NewOffer } from './offer-store.ts'
import { findUsablePass, listPasses } from './pass-store.ts'
import { grantFreePass, setRemainingVisits, useVisitOfPass } from './passes.ts'

const dayPass = { name: 'Day pass', periodOfUseValue: 1, periodOfUseUnit: 'DAY', position: 1 } as const

function addOffer(app: TestApp, changes: Partial<NewOffer> = {}): Promise<number> {
  return app.write((work) => createOnlineOffer(work, { ...dayPass, studioId: app.berlin.studioId, ...changes }))
}

function usable(app: TestApp, customerId: number, studio = app.berlin) {
  return app.read(({ db, now }) => findUsablePass(db, { customerId, studioId: studio.studioId, now }))
}

const use = (app: TestApp, passId: number) => app.write((work) => useVisitOfPass(work, passId, work.now))

test('a pass counts in its studio, on its days, while visits are left', async () => {
  await using app = await openTestApp()
  const customerId = await addCustomer(app)
  const onlineOfferId = await addOffer(app, { quantity: 2, periodOfUseValue: 3 })
  const validFrom = Temporal.PlainDate.from('2026-06-16')
  const { passId, ...granted } = await app.write((work) =>
    grantFreePass(work, { customerId, onlineOfferId, validFrom }),
  )
  assert.deepEqual(granted, { studioId: 123, quantity: 2, validFrom, validTo: Temporal.PlainDate.from('2026-06-18') })
  assert.equal(await usable(app, customerId), undefined)
  await app.travelTo('2026-06-16T00:00:00+02:00')
  assert.equal(await usable(app, customerId), passId)
  assert.equal(await usable(app, customerId, app.hamburg), undefined)
  assert.deepEqual([await use(app, passId), await use(app, passId), await use(app, passId)], [true, true, false])
  assert.equal(await usable(app, customerId), undefined)
  await app.write((work) => setRemainingVisits(work, passId, 1))
  await app.travelTo('2026-06-18T23:59:59+02:00')
  assert.equal(await usable(app, customerId), passId)
  await app.travelTo('2026-06-19T00:00:00+02:00')
  assert.equal(await usable(app, customerId), undefined)
  const wrong = (remaining: number) => app.write((work) => setRemainingVisits(work, passId, remaining))
  await assert.rejects(wrong(3), { code: 'errormessage.validation.max' })
  await assert.rejects(wrong(-1), { code: 'errormessage.validation.min' })
  const [pass] = await app.read(({ db }) => listPasses(db, customerId))
  assert.equal(pass?.remaining, 1)
})

test('a pass of hours runs from its first visit on', async () => {
  await using app = await openTestApp()
  const customerId = await addCustomer(app)
  const onlineOfferId = await addOffer(app, { quantity: 5, periodOfUseValue: 2, periodOfUseUnit: 'HOURS' })
  const { passId } = await app.write((work) => grantFreePass(work, { customerId, onlineOfferId }))
  await app.travelTo('2026-06-15T20:00:00+02:00')
  assert.equal(await usable(app, customerId), passId)
  await use(app, passId)
  await app.travelTo('2026-06-15T21:59:59+02:00')
  assert.equal(await usable(app, customerId), passId)
  await use(app, passId)
  await app.travelTo('2026-06-15T22:00:00+02:00')
  assert.equal(await usable(app, customerId), undefined)
})

test('of several passes the one that expires first is used', async () => {
  await using app = await openTestApp()
  const customerId = await addCustomer(app)
  const onlineOfferId = await addOffer(app)
  const grant = (days: number) =>
    app.write((work) => grantFreePass(work, { customerId, onlineOfferId, period: { value: days, unit: 'DAY' } }))
  await grant(9)
  const { passId } = await grant(2)
  await grant(5)
  assert.equal(await usable(app, customerId), passId)
})

test('passes need a living customer and an offer; partners who asked for it receive them', async () => {
  await using app = await openTestApp()
  const customerId = await addCustomer(app)
  const onlineOfferId = await addOffer(app)
  const grant = (wish: { customerId: number; onlineOfferId: number }) => app.write((work) => grantFreePass(work, wish))
  await assert.rejects(grant({ customerId: 1, onlineOfferId }), { code: 'errormessage.customer.notFound' })
  await assert.rejects(grant({ customerId, onlineOfferId: 1 }), { code: 'errormessage.onlineOffer.notFound' })
  const emitted = await app.write(async (work) => {
    const events: unknown[] = []
    const { passId } = await grantFreePass(
      { ...work, emit: (event) => void events.push(event) },
      { customerId, onlineOfferId },
    )
    return { passId, events }
  })
  assert.deepEqual(emitted.events, [
    {
      type: 'ONLINE_OFFER_PURCHASED',
      entityId: customerId,
      customerId,
      audienceStudioIds: [123],
      content: { onlineOfferPurchaseId: emitted.passId, onlineOfferId },
    },
  ])
})

test('staff change an offer, not what was bought before; an impossible one is refused', async () => {
  await using app = await openTestApp()
  const offerId = await addOffer(app, { price: '12.50' })
  await app.write((work) => updateOnlineOffer(work, offerId, { name: 'Guest pass', position: 0 }, 0))
  const change = (changes: Partial<NewOffer>, version?: number) =>
    app.write((work) => updateOnlineOffer(work, offerId, changes, version))
  await assert.rejects(change({ active: false }, 0), { code: 'errormessage.concurrentModification' })
  await assert.rejects(change({ price: '-1' }), { code: 'errormessage.validation.min' })
  await assert.rejects(change({ price: '1.005' }), { code: 'errormessage.validation.moneyScale' })
  await assert.rejects(change({ name: ' ' }), { code: 'errormessage.validation.required' })
  await assert.rejects(change({ quantity: 0 }), { code: 'errormessage.validation.min' })
  const dates = { saleFrom: Temporal.PlainDate.from('2026-02-02'), saleTo: Temporal.PlainDate.from('2026-02-01') }
  await assert.rejects(change(dates), { code: 'errormessage.validation.dateOrder' })
  const other = await addOffer(app)
  const listed = await app.read(({ db }) => listOffers(db, app.berlin.studioId))
  assert.deepEqual(
    listed.map(({ id, name }) => [id, name]),
    [
      [offerId, 'Guest pass'],
      [other, 'Day pass'],
    ],
  )
  assert.equal((await app.read(({ db }) => findOffer(db, offerId)))?.version, 1)
})
