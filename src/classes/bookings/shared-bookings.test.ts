import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { asc, eq, inArray, sql } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { insertCustomer, insertEntitlement } from '../../../test/support/scenes/booking-world.ts'
import { classScene } from '../../../test/support/scenes/class-scene.ts'
import { bookings } from '../../bookings/tables.ts'
import { everybody } from '../../customers/index.ts'
import { ApiError } from '../../platform/errors/errors.ts'
import { auditLog, outboxEvents } from '../../platform/tables.ts'
import type { Caller } from '../../platform/units/caller.ts'
import type { OpenShared, Outcome } from '../../platform/units/shared-unit.ts'
import { bookClassSlot, type ClassBookingRequest, type CreatedBooking } from './class-bookings.ts'
import { openClassBookings } from './shared-bookings.ts'
import { classSlots } from '../tables.ts'

let app: TestApp
before(async () => void (app = await openTestApp()))
after(() => app.close())

const kinds = ['MEMBER', 'MEMBER', 'USED_UP', 'BLOCKED', 'SEATED', 'ELSEWHERE', 'UNKNOWN'] as const
type Kind = (typeof kinds)[number]

interface Case {
  readonly wishes: readonly Kind[]
  readonly maxParticipants: number
  readonly maxWaiting: number
}

const SLOT_START = '2026-06-17T18:00+02:00'

/** A slot with customers of these kinds; each time another class, other customers, the same numbers. */
async function arrange({ wishes, maxParticipants, maxWaiting }: Case) {
  const scene = classScene(app)
  const rule = { contingentMode: 'REQUIRED', allowForeign: true } as const
  const slot = { maxParticipants, maxWaiting }
  const { classId, serviceId, classSlotId } = await scene.arrange({ rule }, slot, SLOT_START)
  const other = await scene.addSlot(classId, SLOT_START, { maxParticipants: null })
  const customerIds: number[] = []
  for (const kind of wishes) customerIds.push(await arrangeCustomer(kind, { serviceId, classSlotId, other }))
  return { classSlotId, customerIds }
}

async function arrangeCustomer(
  kind: Kind,
  { serviceId, classSlotId, other }: { serviceId: number; classSlotId: number; other: number },
): Promise<number> {
  if (kind === 'UNKNOWN') return 9_999_999
  const customerId = await app.write(async (work) => {
    const block = kind === 'BLOCKED' ? { bookingBlockReason: 'Fees' } : {}
    const id = await insertCustomer(work, app.berlin, block)
    const quantity = kind === 'USED_UP' ? 0 : 5
    if (quantity > 0) await insertEntitlement(work, app.berlin, { customerId: id, serviceId, quantity })
    return id
  })
  const earlier = { SEATED: classSlotId, ELSEWHERE: other }[kind as string]
  if (earlier !== undefined) {
    const wish = { studioId: null, sight: everybody, customerId, classSlotId: earlier }
    await app.write((work) => bookClassSlot(work, wish)).catch(keepRefusal)
  }
  return customerId
}

type Arranged = Awaited<ReturnType<typeof arrange>>

const makeCaller = (n: number): Caller => ({
  actor: { kind: 'API_KEY', id: 5000 + n },
  tenantId: app.berlin.tenantId,
  traceId: String(n).padStart(32, 'a'),
  ip: `198.51.100.${n}`,
})

const toWishes = ({ classSlotId, customerIds }: Arranged): readonly ClassBookingRequest[] =>
  customerIds.map((customerId) => ({ studioId: app.berlin.studioId, sight: everybody, customerId, classSlotId }))

async function bookOneByOne(arranged: Arranged): Promise<readonly Outcome<CreatedBooking>[]> {
  const outcomes: Outcome<CreatedBooking>[] = []
  for (const [n, wish] of toWishes(arranged).entries()) {
    const done = await app.platform.units.write(makeCaller(n), (work) => bookClassSlot(work, wish)).catch(keepRefusal)
    outcomes.push(done instanceof ApiError ? { refused: done } : { done })
  }
  return outcomes
}

function keepRefusal(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  throw error
}

function bookTogether(arranged: Arranged, open = openAll(arranged)): Promise<readonly Outcome<CreatedBooking>[]> {
  const calls = toWishes(arranged).map((_, n) => ({ caller: makeCaller(n) }))
  return app.platform.units.writeShared({ calls, open })
}

function openAll(arranged: Arranged): OpenShared<Caller, CreatedBooking> {
  const wishes = toWishes(arranged)
  return async (view, works) => {
    const book = await openClassBookings(view, wishes)
    return (n) => book(works[n]!, wishes[n]!)
  }
}

/** What is there afterwards, with numbers instead of ids. */
async function found({ classSlotId, customerIds }: Arranged, outcomes: readonly Outcome<CreatedBooking>[]) {
  return app.read(async ({ db }) => {
    const [slot] = await db.select().from(classSlots).where(eq(classSlots.id, classSlotId))
    const rows = await db.select().from(bookings).where(eq(bookings.classSlotId, classSlotId)).orderBy(asc(bookings.id))
    const ids = rows.map(({ id }) => id)
    const lines = await db.select().from(auditLog).where(inArray(auditLog.entityId, ids)).orderBy(asc(auditLog.id))
    const events = await db
      .select()
      .from(outboxEvents)
      .where(inArray(outboxEvents.entityId, ids))
      .orderBy(asc(outboxEvents.id))
    const uses = await db
      .select({ bookingId: sql<number>`booking_id`, state: sql<string>`state` })
      .from(sql`entitlement_usages`)
      .where(sql`booking_id = any(${sql.param(ids)}::bigint[])`)
      .orderBy(sql`booking_id`)
    const person = (id: number | null) => customerIds.indexOf(id ?? -1)
    return {
      outcomes: outcomes.map((outcome) => show(outcome, customerIds)),
      slot: [slot?.bookedCount, slot?.waitingCount, slot?.nextQueueNo, slot?.version],
      rows: rows.map(({ customerId, status, queueNo, channel }) => [person(customerId), status, queueNo, channel]),
      lines: lines.map(({ entityId, action, actorKind, actorId, traceId, ip, diff }) => {
        const { classSlotId: _slot, ...changed } = diff as Record<string, unknown>
        return [ids.indexOf(entityId ?? 0), action, actorKind, actorId, traceId, ip, changed]
      }),
      events: events.map((one) => [
        ids.indexOf(one.entityId),
        one.type,
        person(one.customerId),
        one.actor,
        one.traceId,
      ]),
      uses: uses.map(({ bookingId, state }) => [ids.indexOf(bookingId), state]),
    }
  })
}

function show(outcome: Outcome<CreatedBooking>, customerIds: readonly number[]) {
  if (outcome === 'ALONE') return 'ALONE'
  if ('refused' in outcome) return (outcome.refused as ApiError).code
  const { status, customerId, waitingListPosition } = outcome.done
  return [status, customerIds.indexOf(customerId), waitingListPosition]
}

test('bookings that share a transaction leave what they leave one after the other', async () => {
  const cases = fc.record({
    wishes: fc.array(fc.constantFrom(...kinds), { minLength: 2, maxLength: 9 }),
    maxParticipants: fc.integer({ min: 1, max: 5 }),
    maxWaiting: fc.integer({ min: 0, max: 2 }),
  })
  const property = fc.asyncProperty(cases, async (one) => {
    const [apart, joint] = [await arrange(one), await arrange(one)]
    const expected = await found(apart, await bookOneByOne(apart))
    assert.deepEqual(await found(joint, await bookTogether(joint)), expected)
  })
  await fc.assert(property, { numRuns: 20 })
})

const six: Case = { wishes: Array.from({ length: 6 }, () => 'MEMBER' as const), maxParticipants: 3, maxWaiting: 0 }

test('control: wishes that do not see the seats of those before them take nothing, because the statement refuses', async () => {
  const arranged = await arrange(six)
  const wishes = toWishes(arranged)
  const outcomes = await bookTogether(arranged, async (view, works) => async (n) => {
    const book = await openClassBookings(view, [wishes[n]!])
    return book(works[n]!, wishes[n]!)
  })
  assert.deepEqual([...new Set(outcomes)], ['ALONE'])
  assert.deepEqual((await found(arranged, outcomes)).slot, [0, 0, 1, 0])
})

interface Wide {
  /** By slot of {@link six}, whose customers take turns with those of the other slots. */
  readonly slots: readonly Arranged[]
}

/** As many groups as there are wishes for a slot would be; here all wishes share one transaction. */
async function bookAcross({ slots }: Wide) {
  const wishes = slots.flatMap(toWishes)
  const calls = wishes.map((_, n) => ({ caller: makeCaller(n) }))
  const open: OpenShared<Caller, CreatedBooking> = async (view, works) => {
    const book = await openClassBookings(view, wishes)
    return (n) => book(works[n]!, wishes[n]!)
  }
  return app.platform.units.writeShared({ calls, open })
}

test('bookings of several slots that share a transaction leave what they leave one after the other', async () => {
  const cases = fc.array(
    fc.record({
      wishes: fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 4 }),
      maxParticipants: fc.integer({ min: 1, max: 3 }),
      maxWaiting: fc.integer({ min: 0, max: 1 }),
    }),
    { minLength: 2, maxLength: 4 },
  )
  const property = fc.asyncProperty(cases, async (all) => {
    const arrangeAll = async () => {
      const slots: Arranged[] = []
      for (const one of all) slots.push(await arrange(one))
      return slots
    }
    const [apart, joint] = [await arrangeAll(), await arrangeAll()]
    const outcomes = await bookAcross({ slots: joint })
    let from = 0
    for (const [n, one] of apart.entries()) {
      const [together, until] = [joint[n]!, from + one.customerIds.length]
      const expected = await found(one, await bookOneByOne(one))
      const inGroup = await found(together, outcomes.slice(from, until))
      // The callers are counted over all slots.
      assert.deepEqual(
        { ...inGroup, lines: inGroup.lines.length, events: inGroup.events.length },
        {
          ...expected,
          lines: expected.lines.length,
          events: expected.events.length,
        },
      )
      from = until
    }
  })
  await fc.assert(property, { numRuns: 10 })
})

test('a slot on which another unit works at this moment holds up none of the others', async () => {
  const slots = [await arrange(six), await arrange(six)]
  const [first] = slots
  const outcomes = await app.write(async ({ tx }) => {
    await tx.execute(sql`select from class_slots where id = ${first!.classSlotId} for no key update`)
    return bookAcross({ slots })
  })
  assert.deepEqual([...new Set(outcomes.slice(0, 6))], ['ALONE'])
  assert.deepEqual((await found(slots[1]!, outcomes.slice(6))).slot, [3, 0, 1, 0])
})

test('a slot with a price is booked by itself, and the others of its group are stored', async () => {
  const [free, paid] = [await arrange(six), await arrange(six)]
  await app.write(({ tx }) =>
    tx.execute(sql`update booking_rules set contingent_mode = 'CHARGE', price = 5, currency = 'EUR' where id = (
      select rule_id from classes c join class_slots s on s.class_id = c.id where s.id = ${paid.classSlotId})`),
  )
  const outcomes = await bookAcross({ slots: [free, paid] })
  assert.deepEqual([...new Set(outcomes.slice(6))], ['ALONE'])
  assert.deepEqual((await found(free, outcomes.slice(0, 6))).slot, [3, 0, 1, 0])
})

test('a customer on whom another unit works at this moment holds up nobody of the group', async () => {
  const arranged = await arrange(six)
  const [, second = 0] = arranged.customerIds
  const outcomes = await app.write(async ({ tx }) => {
    await tx.execute(sql`select from customers where id = ${second} for update`)
    return bookTogether(arranged)
  })
  assert.deepEqual((await found(arranged, outcomes)).outcomes, [
    ['BOOKED', 0, undefined],
    'ALONE',
    ['BOOKED', 2, undefined],
    ['BOOKED', 3, undefined],
    'errormessage.booking.bookingLimitReached',
    'errormessage.booking.bookingLimitReached',
  ])
})
