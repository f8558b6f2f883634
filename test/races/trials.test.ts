import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { and, eq, ne } from 'drizzle-orm'
import { bookings } from '../../src/bookings/tables.ts'
import { setMembershipUntil } from '../../src/customers/index.ts'
import { leads } from '../../src/leads/tables.ts'
import { openTestApp, outOfTurn, type TestAnswer, type TestApp } from '../support/app.ts'
import { insertTrainer } from '../support/scenes/appointment-world.ts'
import { listEvents } from '../support/records.ts'
import { trialScene } from '../support/scenes/trial-scene.ts'
import { runUnlocked } from '../support/unlocked.ts'

// Every race runs twice: as it is, and as a control without row locks, in which it has to be lost.

const pauseBefore = /^(?:with .*)?insert into "?(?:appointments|bookings)/is

function tally(answers: readonly TestAnswer[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { status, body } of answers) {
    const key = status === 200 ? body.bookingStatus : `${status} ${body.errorCode.split('.').at(-1)}`
    counts[key] = (counts[key] ?? 0) + 1
  }
  return counts
}

const countTrials = (app: TestApp, configId: number) =>
  app.read(({ db }) =>
    db.$count(bookings, and(eq(bookings.trialOfferConfigId, configId), ne(bookings.status, 'CANCELED'))),
  )

/** One person who wants several dates of an offer that gives one, each on a day of its own. */
async function wantSeveral(app: TestApp, wanted: number) {
  const scene = trialScene(app)
  const { classId, classSlotId, configId } = await scene.arrangeClass({ contingent: 1 })
  const slots = [classSlotId]
  for (let day = 18; slots.length < wanted; day++)
    slots.push(await scene.addSlot(classId, `2026-06-${day}T18:00+02:00`))
  const customerId = await scene.prospect()
  const answers = await Promise.all(slots.map((slot) => scene.bookClass(customerId, slot)))
  return { answers, stored: await countTrials(app, configId) }
}

test('of several trials that one person books at once, as many are stored as the offer gives', async () => {
  await using app = await openTestApp(outOfTurn)
  const { answers, stored } = await wantSeveral(app, 8)
  assert.deepEqual(tally(answers), { BOOKED: 1, '400 noContingent': 7 })
  assert.equal(stored, 1)
})

test('control: without locks one person gets more trials than the offer gives', async () => {
  await runUnlocked({ pauseBefore }, async (app) => {
    const { stored } = await wantSeveral(app, 4)
    assert.ok(stored > 1, `${stored} trials`)
  })
})

/** One person who wants two kinds of trial of one offer, closer together than it allows. */
async function wantBoth(app: TestApp) {
  const scene = trialScene(app)
  const apart = { contingent: 9, preventMultipleTermValue: 2, preventMultipleTermUnit: 'WEEK' as const }
  const { classId, classSlotId } = await scene.arrangeClass()
  const { bookableId, configId } = await scene.arrangeBookable(apart)
  await scene.assign(configId, { classIds: [classId], bookableIds: [bookableId] })
  const customerId = await scene.prospect()
  const wish = { bookableId, customerId, start: '2026-06-20T10:00:00+02:00' }
  const answers = await Promise.all([scene.bookClass(customerId, classSlotId), scene.bookAppointment(wish)])
  return { answers, stored: await countTrials(app, configId) }
}

test('a class and an appointment booked at once keep the distance of their offer', async () => {
  await using app = await openTestApp(outOfTurn)
  for (let turn = 0; turn < 5; turn++) {
    const { answers, stored } = await wantBoth(app)
    assert.deepEqual(tally(answers), { BOOKED: 1, '400 bookingLimitReached': 1 })
    assert.equal(stored, 1)
  }
})

test('control: without locks both are stored', async () => {
  await runUnlocked({ pauseBefore }, async (app) => {
    assert.equal((await wantBoth(app)).stored, 2)
  })
})

/** Prospects who want the only trainer at the same time. */
async function wantTheSame(app: TestApp, prospects: number) {
  const scene = trialScene(app)
  const { resourceId } = await app.write((work) => insertTrainer(work, app.berlin))
  const { bookableId, configId } = await scene.arrangeBookable(
    {},
    { lines: [{ kind: 'EMPLOYEE', pool: [resourceId] }] },
  )
  const wish = { bookableId, start: '2026-06-16T10:00:00+02:00' }
  const customers: number[] = []
  for (let k = 0; k < prospects; k++) customers.push(await scene.prospect())
  const answers = await Promise.all(customers.map((customerId) => scene.bookAppointment({ ...wish, customerId })))
  return { answers, stored: await countTrials(app, configId) }
}

test('of prospects who want the last trial appointment at once, one gets it', async () => {
  await using app = await openTestApp(outOfTurn)
  const { answers, stored } = await wantTheSame(app, 6)
  assert.deepEqual(tally(answers), { BOOKED: 1, '400 resourceNotAvailable': 5 })
  assert.equal(stored, 1)
})

test('control: without locks and constraint the trainer has two prospects', async () => {
  const without = ['resource_allocations.resource_allocations_exclusive']
  await runUnlocked({ without, pauseBefore }, async (app) => {
    assert.ok((await wantTheSame(app, 3)).stored > 1)
  })
})

test('of prospects who want the last trial place of a class at once, one gets it and one waits', async () => {
  await using app = await openTestApp(outOfTurn)
  const scene = trialScene(app)
  const { classSlotId } = await scene.arrangeClass({}, {}, { maxParticipants: 1, maxWaiting: 1 })
  const customers = []
  for (let k = 0; k < 6; k++) customers.push(await scene.prospect())
  const answers = await Promise.all(customers.map((customerId) => scene.bookClass(customerId, classSlotId)))
  assert.deepEqual(tally(answers), { BOOKED: 1, WAITING_LIST: 1, '400 bookingLimitReached': 4 })
})

const DEADLINE = '2026-06-16T18:00:00+02:00'

/** A trial is confirmed in its last moment, while the clock moves on and the sweeper searches what has expired. */
async function confirmAtTheEnd(app: TestApp, head: number) {
  const scene = trialScene(app)
  const config = { confirmationTermValue: 1, confirmationTermUnit: 'DAY' as const }
  const { classSlotId } = await scene.arrangeClass(config)
  const bookingId = await scene.mustBookClass(await scene.prospect(), classSlotId, 'BOOKED_WITH_CONFIRMATION_REQUIRED')
  await app.travelTo(DEADLINE)
  const confirming = scene.confirm(bookingId)
  await sleep(head)
  await app.travelTo(String(Temporal.Instant.from(DEADLINE).add({ milliseconds: 1 })))
  const { body } = await confirming
  const types = (await listEvents(app)).filter(({ entityId }) => entityId === bookingId).map(({ type }) => type)
  const { bookingStatus } = (await app.get(`/v1/classes/booking/${bookingId}`)).body
  return { outcome: `${body.status} ${bookingStatus} ${types.join(' ')}` }
}

test('confirmation against expiry: exactly one wins, and partners receive one event', async () => {
  const outcomes = new Set<string>()
  for (const head of [0, 3, 40]) {
    await using app = await openTestApp(outOfTurn)
    outcomes.add((await confirmAtTheEnd(app, head)).outcome)
  }
  const possible = ['CONFIRMED BOOKED CLASS_BOOKING_CREATED', 'EXPIRED CANCELED CLASS_BOOKING_CANCELLED']
  for (const outcome of outcomes) assert.ok(possible.includes(outcome), outcome)
})

test('control: without locks a trial is both confirmed and expired', async () => {
  const outcomes: string[] = []
  const isBoth = (outcome: string) => /CLASS_BOOKING_C\w+ CLASS_BOOKING_C\w+$/.test(outcome)
  // How long the confirmation reads, before it pauses, depends on how busy the machine is.
  for (const head of [60, 110, 30, 150, 60]) {
    if (outcomes.some(isBoth)) break
    await runUnlocked({ pauseBefore: /^update "bookings"/ }, async (app) => {
      outcomes.push((await confirmAtTheEnd(app, head)).outcome)
    })
  }
  assert.ok(outcomes.some(isBoth), outcomes.join('; '))
})

test('one person entered at once as a lead and for an offer becomes one customer', async () => {
  await using app = await openTestApp(outOfTurn)
  const { configId } = await trialScene(app).arrangeClass()
  const person = { firstname: 'Tim', lastname: 'Doppel', email: 'twice@mail.example' }
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, n) =>
      n % 2 === 0
        ? app.post('/v1/leads/create', { leadCustomer: person })
        : app.post('/v1/trial-offers/lead/create', { trialOfferConfigId: configId, leadCustomerData: person }),
    ),
  )
  assert.equal(answers.filter(({ status }) => status === 200).length, 1)
  assert.equal(tally(answers.filter(({ status }) => status !== 200))['400 duplicateCustomer'], 5)
  assert.equal(await app.read(({ db }) => db.$count(leads)), 1)
})

test('who becomes a member while a trial waits for the lock is refused', async () => {
  await using app = await openTestApp(outOfTurn)
  const scene = trialScene(app)
  const { classSlotId } = await scene.arrangeClass()
  const { bookableId } = await scene.arrangeBookable()
  const customers = [await scene.prospect(), await scene.prospect()] as const
  const wish = { bookableId, customerId: customers[1], start: '2026-06-16T10:00:00+02:00' }
  const bookings = [() => scene.bookClass(customers[0], classSlotId), () => scene.bookAppointment(wish)] as const
  const codes = []
  for (const [n, book] of bookings.entries()) {
    const waiting = await app.write(async (work) => {
      await setMembershipUntil(work, customers[n] as number, 'FOREVER')
      const booking = book()
      await sleep(400)
      return { booking }
    })
    codes.push((await waiting.booking).body.errorCode)
  }
  assert.deepEqual(codes, [
    'errormessage.booking.notAvailable',
    'errormessage.booking.bookableAppointmentRestrictionsNotFulfilled',
  ])
})
