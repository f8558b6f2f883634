import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { inArray } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { insertContract, insertEntitlement } from '../../../test/support/scenes/booking-world.ts'
import { classScene } from '../../../test/support/scenes/class-scene.ts'
import { watchStatements } from '../../../test/support/statements.ts'
import { classSlots } from '../tables.ts'

// Monday 15 June 2026, 09:00 in Berlin.

const watch = watchStatements()
let app: TestApp
let scene: ReturnType<typeof classScene>
before(async () => {
  app = await openTestApp()
  scene = classScene(app)
})
after(() => app.close())

const headers = { 'x-booking-details': 'true' }
const validate = async (customerId: number, classSlotId: number) =>
  (await app.post('/v1/classes/booking/validate', { customerId, classSlotId }, { headers })).body
const book = async (customerId: number, classSlotId: number) =>
  (await app.post('/v1/classes/booking/book', { customerId, classSlotId }, { headers })).body
const listIds = ({ alternatives }: { alternatives: { id: number }[] }) => alternatives.map(({ id }) => id)

/** A week of slots at noon; the first of them is full. */
async function arrangeWeek(input: Parameters<typeof scene.arrange>[0] = {}) {
  const full = await scene.arrange(input, { maxParticipants: 0 }, '2026-06-17T12:00+02:00')
  const days = [16, 18, 19, 20, 21]
  const ids: number[] = []
  for (const day of days) ids.push(await scene.addSlot(full.classId, `2026-06-${day}T12:00+02:00`))
  return { ...full, at: new Map(days.map((day, k) => [day, ids[k] as number])) }
}

test('a full slot comes with the three nearest of the class, the earlier of two equally near ones first', async () => {
  const { classSlotId, at } = await arrangeWeek()
  const answer = await validate(await scene.customer(), classSlotId)
  assert.deepEqual([answer.validationStatus, answer.details], ['BOOKING_LIMIT_REACHED', ['BOOKING_LIMIT_REACHED']])
  assert.deepEqual(listIds(answer), [at.get(16), at.get(18), at.get(19)])
  assert.equal(answer.alternatives[0].startDateTime, '2026-06-16T12:00:00.000+02:00[Europe/Berlin]')
})

test('without the header nothing is added, and nothing more is read', async () => {
  const { classSlotId } = await arrangeWeek()
  const customerId = await scene.customer()
  const searches: string[] = []
  watch.onResult = ({ text }) => void (/abs\(extract/.test(text) && searches.push(text))
  await book(customerId, classSlotId)
  assert.equal(searches.splice(0).length, 1)
  for (const value of [undefined, 'false', '']) {
    const call = value === undefined ? {} : { headers: { 'x-booking-details': value } }
    const { text } = await app.post('/v1/classes/booking/validate', { customerId, classSlotId }, call)
    assert.equal(text, '{"validationStatus":"BOOKING_LIMIT_REACHED"}')
    const refused = await app.post('/v1/classes/booking/book', { customerId, classSlotId }, call)
    assert.deepEqual(Object.keys(refused.body), ['errorMessage', 'errorCode', 'traceId', 'args', 'typedArgs'])
  }
  watch.onResult = () => {}
  assert.deepEqual(searches, [])
})

test('all reasons are returned, each once, the one that answers first', async () => {
  const { classSlotId } = await arrangeWeek({
    rule: { latestTermValue: 7, latestTermUnit: 'DAY', contingentMode: 'REQUIRED', requiresActiveContract: true },
  })
  const customerId = await scene.customer()
  const details = ['DATE_TIME_AFTER_LATEST_BOOKING_DATE_TIME', 'NO_CONTINGENT', 'BOOKING_LIMIT_REACHED']
  const checked = await validate(customerId, classSlotId)
  assert.deepEqual(checked, { validationStatus: details[0], details, alternatives: [] })
  const refused = await book(customerId, classSlotId)
  assert.equal(refused.errorCode, 'errormessage.booking.dateTimeAfterLatestBookingDateTime')
  assert.deepEqual([refused.details, refused.alternatives], [details, []])
})

test('a refused booking returns the same as the validation, and has booked nothing', async () => {
  const { classSlotId, at } = await arrangeWeek()
  const customerId = await scene.customer()
  const refused = await book(customerId, classSlotId)
  assert.equal(refused.errorCode, 'errormessage.booking.bookingLimitReached')
  assert.deepEqual(refused.details, ['BOOKING_LIMIT_REACHED'])
  assert.deepEqual(listIds(refused), [at.get(16), at.get(18), at.get(19)])
  assert.deepEqual((await app.get(`/v1/classes/booking?customerId=${customerId}`)).body, [])
})

test('what is available needs no alternative; a position on the waiting list does', async () => {
  const { classId, at } = await arrangeWeek()
  const customerId = await scene.customer()
  const free = await validate(customerId, at.get(16) as number)
  assert.deepEqual(free, { validationStatus: 'AVAILABLE', details: [], alternatives: [] })
  const queue = await scene.addSlot(classId, '2026-06-18T13:00+02:00', { maxParticipants: 0, maxWaiting: 5 })
  const waiting = await validate(customerId, queue)
  assert.deepEqual([waiting.validationStatus, waiting.details], ['AVAILABLE', []])
  assert.deepEqual(listIds(waiting), [at.get(18), at.get(19), at.get(20)])
})

test('a slot of the past, or of before its booking opens, comes with the nearest that can be booked', async () => {
  const rule = { earliestTermValue: 4, earliestTermUnit: 'DAY' } as const
  const { classId, at } = await arrangeWeek({ rule })
  const customerId = await scene.customer()
  const past = await scene.addSlot(classId, '2026-05-01T12:00+02:00')
  assert.deepEqual(listIds(await validate(customerId, past)), [at.get(16), at.get(18), at.get(19)])
  const far = await scene.addSlot(classId, '2026-12-01T12:00+01:00')
  const answer = await validate(customerId, far)
  assert.deepEqual(answer.details, ['DATE_TIME_BEFORE_EARLIEST_BOOKING_DATE_TIME'])
  assert.deepEqual(listIds(answer), [at.get(19), at.get(18), at.get(16)])
})

test('unknown slots and customers are 404 with and without the header', async () => {
  const { classSlotId } = await arrangeWeek()
  const nobody = await book(4711, classSlotId)
  assert.deepEqual([nobody.errorCode, nobody.details], ['errormessage.customer.notFound', undefined])
  assert.equal((await book(await scene.customer(), 4711)).errorCode, 'errormessage.classSlot.notFound')
})

/** The same numbers in every run. */
const dice = (seed: number) => (sides: number) => {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff
  return (seed >> 8) % sides
}

/** A class with 24 slots of all kinds within a week, and a customer who holds some seats already. */
async function arrangeWorld(seed: number) {
  const roll = dice(seed)
  const rule = {
    requiresActiveContract: true,
    ...(roll(2) === 0 ? { contingentMode: 'REQUIRED' as const } : {}),
    latestTermValue: roll(30),
    latestTermUnit: 'HOURS' as const,
    maxPerPeriod: 1,
    maxPerPeriodUnit: 'DAY' as const,
  }
  const monday = Temporal.Instant.from('2026-06-15T00:00+02:00')
  const shape = () =>
    ({ maxParticipants: roll(3), maxWaiting: roll(3), status: roll(6) ? 'PLANNED' : 'CANCELED' }) as const
  const { classId, serviceId, classSlotId } = await scene.arrange({ rule }, shape())
  const ids = [classSlotId]
  for (let k = 1; k < 24; k++) ids.push(await scene.addSlot(classId, `${monday.add({ hours: roll(168) })}`, shape()))
  const customerId = await scene.customer()
  await app.write(async (work) => {
    await insertContract(work, app.berlin, { customerId, lastDay: `2026-06-${18 + roll(4)}` })
    await insertEntitlement(work, app.berlin, { customerId, serviceId, quantity: 9 })
  })
  for (let k = 0; k < 4; k++) await scene.book(customerId, ids[roll(ids.length)] as number)
  return { customerId, ids }
}

for (const seed of [1, 2, 3, 4, 5, 6]) {
  test(`alternatives are slots in which the customer would get a seat, and none that is nearer is left out: world ${seed}`, async () => {
    const { customerId, ids } = await arrangeWorld(seed)
    const validated = new Map<number, Awaited<ReturnType<typeof validate>>>()
    for (const id of ids) validated.set(id, await validate(customerId, id))
    const slots = await app.read(({ db }) => db.select().from(classSlots).where(inArray(classSlots.id, ids)))
    const findStart = (id: number) => slots.find((one) => one.id === id)?.startAt.epochMilliseconds ?? 0
    const plain = new Map<number, string>()
    for (const id of ids) plain.set(id, await scene.validate(customerId, id))
    const hasSeat = (id: number) => slots.some((one) => one.id === id && one.bookedCount < (one.maxParticipants ?? 0))
    const isFree = (id: number) => plain.get(id) === 'AVAILABLE' && hasSeat(id)
    for (const id of ids) {
      assert.equal(validated.get(id).details[0] ?? 'AVAILABLE', plain.get(id))
      if (isFree(id)) {
        assert.deepEqual(validated.get(id).alternatives, [])
        continue
      }
      const away = (one: number) => Math.abs(findStart(one) - findStart(id))
      const nearest = ids.filter((one) => one !== id && isFree(one)).map(away)
      const expected = nearest.toSorted((a, b) => a - b).slice(0, 3)
      assert.deepEqual(listIds(validated.get(id)).map(away), expected, `slot ${ids.indexOf(id)}`)
      for (const one of listIds(validated.get(id))) assert.equal(plain.get(one), 'AVAILABLE')
    }
    assert.ok(ids.some((id) => validated.get(id).alternatives.length > 0))
  })
}
