import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addAccessMedium, setMembershipUntil } from '../../src/customers/index.ts'
import { openDemoApp } from '../support/demo-app.ts'
import { deviceScene } from '../support/scenes/device-scene.ts'
import { visitScene } from '../support/scenes/visit-scene.ts'
import { assertMoneyWhole } from '../support/scenes/money-whole.ts'

// Paula finds the studio's booking widget on Monday, 15 June 2026, tries a class, signs, and stays.

test('a prospect becomes a regular', async (story) => {
  await using app = await openDemoApp()
  const { reader } = deviceScene(app)
  const { contract } = visitScene(app)
  const door = await reader({ purpose: 'ENTRANCE' })
  const trials = '/v1/trial-offers'
  const leadCustomerData = {
    firstname: 'Paula',
    lastname: 'Neumann',
    email: 'paula.neumann@example.org',
    telephone: '+49 30 5550117',
  }
  let [paula, trial, classSlotId, startsAt] = [0, 0, 0, '']
  const slots = async (path: string) => (await app.get(path)).body.result as { id: number; startDateTime: string }[]
  const status = async () => (await app.get(`/v1/customers/${paula}`)).body.status

  await story.test('Monday: she chooses a class, a seat is held for her, and she leaves her name', async () => {
    const offered = await slots(`${trials}/bookable-trial-offers/classes/1001/slots?sliceSize=100`)
    const first = offered.find(({ startDateTime }) => startDateTime > '2026-06-23')
    assert.ok(first, 'a class can be tried')
    ;[classSlotId, startsAt] = [first.id, first.startDateTime]
    const hold = await app.post('/ext/v1/holds/classes', { classSlotId })
    assert.equal(hold.status, 200, hold.text)
    const lead = await app.post(`${trials}/lead/create`, { trialOfferConfigId: 1, leadCustomerData })
    assert.equal(lead.status, 200, lead.text)
    paula = lead.body.leadCustomerId
    const { holdId } = hold.body
    const booked = await app.post(`${trials}/classes/booking/book`, { customerId: paula, classSlotId, holdId })
    assert.equal(booked.body.bookingStatus, 'BOOKED_WITH_CONFIRMATION_REQUIRED', booked.text)
    trial = booked.body.bookingId
  })

  await story.test('she says again that she comes, and the booking is definite', async () => {
    assert.equal((await app.post(`${trials}/bookings/${trial}/confirm`)).body.status, 'CONFIRMED')
    assert.equal((await app.get(`/v1/classes/booking/${trial}`)).body.bookingStatus, 'BOOKED')
  })

  await story.test('a second trial of the offer is refused, and the turnstile does not know her yet', async () => {
    const again = await app.post(`${trials}/classes/booking/book`, { customerId: paula, classSlotId })
    assert.equal(again.status, 400)
    assert.equal(await status(), 'PROSPECT')
  })

  await story.test('the class is over: she was there', async () => {
    const end = Temporal.ZonedDateTime.from(startsAt).add({ hours: 3 })
    await app.travelTo(end.toInstant().toString())
    assert.equal((await app.get(`/v1/classes/booking/${trial}`)).body.classSlotStatus, 'COMPLETED')
  })

  await story.test('she signs: a member at once, with a card that opens the door', async () => {
    const today = Temporal.ZonedDateTime.from(startsAt).toPlainDate()
    await contract(paula, { from: today.toString(), lastDay: today.add({ years: 1 }).toString() })
    await app.write((work) => setMembershipUntil(work, paula, today.add({ years: 1 })))
    assert.equal(await status(), 'MEMBER')
    const medium = { type: 'CARD_NUMBER', value: '7700112233' } as const
    await app.write((work) => addAccessMedium(work, paula, medium, app.platform.secrets))
    const identification = { type: 'NUMBER', value: medium.value }
    const shown = await door.post('cardreader/identification', { identification })
    assert.equal(shown.status, 200, shown.text)
  })

  await story.test('a week later she books a class like every member', async () => {
    const [next] = (await slots('/v1/classes/1001/slots?sliceSize=100')).slice(-1)
    const booked = await app.post('/v1/classes/booking/book', { customerId: paula, classSlotId: next?.id })
    assert.equal(booked.body.bookingStatus, 'BOOKED', booked.text)
    const { body } = await app.get(`/v1/customers/${paula}/activities/checkins`)
    assert.equal(body.result.length, 1)
  })

  await assertMoneyWhole(app)
})
