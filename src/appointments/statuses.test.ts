import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import {
  appointmentCalls,
  type BookableInput,
  insertBlocking,
  insertBookable,
  openDaily,
} from '../../test/support/scenes/appointment-world.ts'
import {
  insertContract,
  insertCustomer,
  insertEntitlement,
  insertIdlePeriod,
  insertResource,
} from '../../test/support/scenes/booking-world.ts'
import { customers } from '../customers/customer-table.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { saveOpeningHours } from '../studios/index.ts'
import { eq } from 'drizzle-orm'

// Monday 15 June 2026, 09:00 in Berlin; open from 08:00 to 20:00.

let app: TestApp
let calls: ReturnType<typeof appointmentCalls>
before(async () => {
  app = await openTestApp()
  calls = appointmentCalls(app)
  await app.write((work) => openDaily(work, app.berlin, '08:00', '20:00'))
})
after(() => app.close())

interface Case {
  readonly status: string
  readonly bookable?: BookableInput
  /** Local time of the 16th, or a whole date-time. */
  readonly start?: string
  readonly end?: string
  readonly arrange?: (work: UnitOfWork, world: World) => Promise<unknown>
}
interface World {
  readonly customerId: number
  readonly bookableId: number
  readonly serviceId: number
  readonly roomId: number
}

const required = { rule: { contingentMode: 'REQUIRED' } } as const
const inStudio = () => app.berlin
const block =
  (changes: Partial<typeof customers.$inferInsert>) =>
  (work: UnitOfWork, { customerId }: World) =>
    work.tx.update(customers).set(changes).where(eq(customers.id, customerId))

const cases: readonly Case[] = [
  { status: 'PAST_START_DATE_TIME', start: '2026-06-15T09:00+02:00', end: '2026-06-15T09:45+02:00' },
  { status: 'END_DATE_TIME_NOT_AFTER_START_DATE_TIME', end: '10:00' },
  { status: 'PERIOD_DOES_NOT_MATCH', end: '10:44' },
  {
    status: 'CUSTOMER_IN_OTHER_BOOKING',
    arrange: async (work, { customerId }) => {
      const other = await insertBookable(work, inStudio(), {})
      return work.afterCommit(async () => {
        const wish = { customerId, bookableId: other.bookableId, start: at('10:30') }
        assert.equal((await calls.book(wish)).status, 200)
      })
    },
  },
  {
    status: 'CUSTOMER_IDLE',
    arrange: async (work, { customerId }) => {
      const { contractId } = await insertContract(work, inStudio(), { customerId })
      await insertIdlePeriod(work, contractId, '2026-06-16', '2026-06-16')
    },
  },
  { status: 'NO_CONTINGENT', bookable: required },
  {
    status: 'BOOKABLE_APPOINTMENT_RESTRICTIONS_NOT_FULFILLED',
    bookable: { rule: { requiresActiveContract: true } },
  },
  {
    status: 'BOOKABLE_APPOINTMENT_RESTRICTIONS_NOT_FULFILLED',
    bookable: { rule: { allowedMemberCodes: ['GOLD'] } },
  },
  {
    status: 'BOOKING_LIMIT_REACHED',
    bookable: { rule: { maxOpenPerCustomer: 1 } },
    arrange: async (work, { customerId, bookableId }) =>
      work.afterCommit(async () => {
        assert.equal((await calls.book({ customerId, bookableId, start: at('15:00') })).status, 200)
      }),
  },
  {
    status: 'DATE_TIME_BEFORE_EARLIEST_BOOKING_DATE_TIME',
    bookable: { rule: { earliestTermValue: 24, earliestTermUnit: 'HOURS' } },
  },
  {
    status: 'DATE_TIME_AFTER_LATEST_BOOKING_DATE_TIME',
    bookable: { rule: { latestTermValue: 2, latestTermUnit: 'DAY' } },
  },
  { status: 'STUDIO_CLOSED', start: '19:30', end: '20:15' },
  { status: 'STUDIO_CLOSED', start: '2026-06-20T10:00+02:00', end: '2026-06-20T10:45+02:00' },
  {
    status: 'RESOURCE_NOT_AVAILABLE',
    arrange: (work, { roomId: resourceId }) =>
      insertBlocking(work, inStudio(), { resourceId, from: at('10:44'), until: at('11:00') }),
  },
  { status: 'NOT_AVAILABLE', start: '10:10', end: '10:55' },
  { status: 'NOT_AVAILABLE', bookable: { validFrom: Temporal.PlainDate.from('2026-06-17') } },
  { status: 'NOT_AVAILABLE', arrange: block({ bookingBlockReason: 'No-shows' }) },
  { status: 'AVAILABLE' },
  {
    status: 'AVAILABLE',
    bookable: required,
    arrange: (work, { customerId, serviceId }) => insertEntitlement(work, inStudio(), { customerId, serviceId }),
  },
]

const at = (time: string) => (time.includes('T') ? time : `2026-06-16T${time}:00+02:00`)
const camel = (status: string) => status.toLowerCase().replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())

async function arrange({ bookable = {}, arrange: more }: Case) {
  return app.write(async (work) => {
    const roomId = await insertResource(work, app.berlin)
    const lines = [{ kind: 'ROOM', pool: [roomId] }] as const
    const made = await insertBookable(work, app.berlin, { lines, ...bookable })
    const world = { ...made, roomId, customerId: await insertCustomer(work, app.berlin) }
    await more?.(work, world)
    return world
  })
}

test('each status is answered by the validation, and the booking is refused with the same one', async (t) => {
  await app.write((work) =>
    saveOpeningHours(work, app.berlin.studioId, {
      closings: [
        {
          reason: 'Inventory',
          fromLocal: Temporal.PlainDateTime.from('2026-06-20T00:00'),
          toLocal: Temporal.PlainDateTime.from('2026-06-21T00:00'),
        },
      ],
    }),
  )
  for (const one of cases) {
    await t.test(one.status, async () => {
      const { customerId, bookableId } = await arrange(one)
      const wish = { customerId, bookableId, start: at(one.start ?? '10:00'), end: at(one.end ?? '10:45') }
      assert.equal(await calls.validate(wish), one.status)
      const { status, body } = await calls.book(wish)
      if (one.status === 'AVAILABLE') return assert.equal(status, 200)
      assert.equal(status, 400)
      assert.equal(body.errorCode, `errormessage.booking.${camel(one.status)}`)
      assert.deepEqual(body.args, [one.status])
    })
  }
})

test('all fourteen statuses are covered', () => {
  assert.equal(new Set(cases.map(({ status }) => status)).size, 14)
})

test('what does not exist or is not offered is 404, the bookable first', async () => {
  const { customerId, bookableId } = await arrange({ status: '' })
  const hidden = await app.write(async (work) => ({
    offline: (await insertBookable(work, app.berlin, { onlineBookable: false })).bookableId,
    trial: (await insertBookable(work, app.berlin, { forCustomers: false })).bookableId,
    archived: (await insertBookable(work, app.berlin, { active: false })).bookableId,
    over: (await insertBookable(work, app.berlin, { validTo: Temporal.PlainDate.from('2026-06-14') })).bookableId,
    elsewhere: (await insertBookable(work, app.hamburg, {})).bookableId,
  }))
  for (const id of [...Object.values(hidden), 4711]) {
    const code = await calls.validate({ customerId: 4711, bookableId: id, start: at('10:00') })
    assert.equal(code, 'errormessage.bookableAppointment.notFound')
    assert.equal((await app.get(`/v1/appointments/bookable/${id}`)).status, 404)
    assert.equal((await calls.slots(id)).status, 404)
  }
  assert.equal(
    await calls.validate({ customerId: 4711, bookableId, start: at('10:00') }),
    'errormessage.customer.notFound',
  )
  assert.equal((await calls.slots(bookableId, { customerId: 4711 })).body.errorCode, 'errormessage.customer.notFound')
  assert.equal(await calls.validate({ customerId, bookableId, start: at('10:00') }), 'AVAILABLE')
})

test('a customer of a sister studio needs an entitlement that is valid across studios', async () => {
  const bookable = await arrange({ status: '' })
  const strict = await arrange({ status: '', bookable: { rule: { allowForeign: false } } })
  const foreign = await app.write((work) => insertCustomer(work, app.hamburg))
  const wish = { customerId: foreign, bookableId: bookable.bookableId, start: at('10:00') }
  assert.equal(await calls.validate(wish), 'NO_CONTINGENT')
  await app.write(async (work) => {
    for (const { serviceId } of [bookable, strict]) {
      await insertEntitlement(work, app.hamburg, { customerId: foreign, serviceId, crossStudio: true })
    }
  })
  assert.equal(await calls.validate(wish), 'AVAILABLE')
  assert.equal(await calls.validate({ ...wish, bookableId: strict.bookableId }), 'NOT_AVAILABLE')
})
