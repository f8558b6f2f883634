import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isNull } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { listEvents } from '../../test/support/records.ts'
import { visitScene } from '../../test/support/scenes/visit-scene.ts'
import { setVisitSettings } from './visit-settings.ts'
import { checkIns } from './tables.ts'
import { toggleVisit } from './visits.ts'

const PEOPLE = 4

const step = fc.record({
  do: fc.constantFrom('enter' as const, 'leave' as const, 'toggle' as const, 'wait' as const),
  who: fc.integer({ min: 0, max: PEOPLE - 1 }),
  studioId: fc.constantFrom(123, 124),
  minutes: fc.integer({ min: 1, max: 120 }),
})

/** What the events say is open in each studio. */
async function returnedOpen(app: TestApp): Promise<Record<number, number>> {
  const open: Record<number, number> = { 123: 0, 124: 0 }
  for (const { type, audienceStudioIds, entityId, content } of await listEvents(app)) {
    const studioId = type === 'AUTOMATIC_CUSTOMER_CHECKOUT' ? entityId : (audienceStudioIds[0] ?? 0)
    const change =
      type === 'CUSTOMER_CHECKIN'
        ? 1
        : type === 'CUSTOMER_CHECKOUT'
          ? -1
          : type === 'AUTOMATIC_CUSTOMER_CHECKOUT'
            ? -(content as { checkouts: unknown[] }).checkouts.length
            : 0
    open[studioId] = (open[studioId] ?? 0) + change
  }
  return open
}

async function storedOpen(app: TestApp): Promise<Record<number, number>> {
  const rows = await app.read(({ db }) => db.select().from(checkIns).where(isNull(checkIns.checkedOutAt)))
  assert.equal(new Set(rows.map(({ customerId }) => customerId)).size, rows.length, 'one open visit per customer')
  const count = (studioId: number) => rows.filter((row) => row.studioId === studioId).length
  return { 123: count(123), 124: count(124) }
}

test('whatever people do, the visits that are open are check-ins minus check-outs minus automatic ones', async () => {
  await using app = await openTestApp()
  const { members, enter, leave } = visitScene(app)
  const people = await members(PEOPLE)
  await app.write(async (work) => {
    await setVisitSettings(work, 123, { autoCheckoutAfterMinutes: 180 })
    await setVisitSettings(work, 124, { autoCheckoutDailyAt: Temporal.PlainTime.from('12:00') })
  })
  let now = Temporal.Instant.from('2026-06-15T09:00:00+02:00')
  const property = fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 12 }), async (steps) => {
    for (const { do: action, who, studioId, minutes } of steps) {
      const customerId = people[who] ?? 0
      if (action === 'enter') await enter(customerId, { studioId })
      if (action === 'leave') await leave(customerId, studioId)
      if (action === 'toggle') await app.write((work) => toggleVisit(work, { customerId, studioId, source: 'DEVICE' }))
      if (action === 'wait') await app.travelTo((now = now.add({ minutes })).toString())
    }
    assert.deepEqual(await returnedOpen(app), await storedOpen(app))
  })
  await fc.assert(property, { numRuns: 8 })
  const ended = await app.read(({ db }) => db.select().from(checkIns))
  for (const { checkedInAt, checkedOutAt } of ended) {
    assert.ok(!checkedOutAt || Temporal.Instant.compare(checkedInAt, checkedOutAt) <= 0)
  }
})
