import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type DemoApp, openDemoApp } from '../../test/support/demo-app.ts'
import { taxExports } from '../bookkeeping-exports/tables.ts'

let app: DemoApp
before(async () => {
  app = await openDemoApp()
})
after(() => app.close())

const reads = [
  '/v1/customers/1001',
  '/v1/customers?customerStatus=MEMBER&sliceSize=50',
  '/v1/customers/by?cardNumber=1290158199',
  '/v1/customers/by?pin=12378',
  '/v1/customers/by?customerNumber=1-12345',
  '/v1/customers/by?debtorId=2334545',
  '/v1/customers/by?barcode=PSZEYAZ7',
  '/v1/cross-studio/customers/by?cardNumber=1290158199',
  '/v1/cross-studio/customers/1001',
  '/v1/cross-studio/customers/1006',
  '/v1/employees?offset=0&sliceSize=50',
  '/v1/employees/1001',
  '/v1/studios/information',
  '/v1/studios/tags',
  '/v1/studios/utilization',
  '/v1/appointments/bookable?offset=0&sliceSize=50',
  '/v1/appointments/bookable/20334',
  '/v1/appointments/bookable/20334/slots?customerId=203&daysAhead=3',
  '/v1/appointments/booking?customerId=203',
  '/v1/appointments/booking/2033',
  '/v1/classes',
  '/v1/classes/1001',
  '/v1/classes/1001/slots',
  '/v1/classes/1001/slots/20334',
  '/v1/classes/slots?daysAhead=3',
  '/v1/classes/booking?customerId=203',
  '/v1/classes/booking/2041',
]

for (const path of reads) {
  test(`GET ${path} finds something`, async () => {
    const { status, body, text } = await app.get(path)
    assert.equal(status, 200, text)
    const list = Array.isArray(body) ? body : (body.result ?? [body])
    assert.ok(list.length > 0, text)
  })
}

test('Edgar has everything that the example of a customer has', async () => {
  const { body } = await app.get('/v1/customers/1001')
  const { id, customerNumber, firstName, secondFirstName, lastName, uuid, referralCode, thirdPartyId } = body
  assert.deepEqual(
    [id, customerNumber, firstName, secondFirstName, lastName, uuid, referralCode, thirdPartyId],
    [1001, '1-12345', 'Edgar', 'Thomas', 'Bullock', '7be3932c-825b-4401-abff-29e9f9410bc7', '20J6N', 'A1000'],
  )
  assert.deepEqual(body.cardNumbers, ['1290158199'])
  assert.equal(body.status, 'MEMBER')
  assert.equal(body.idlePeriods.length, 2)
})

test('a search by what the example searches for finds Edgar', async () => {
  const wanted = { firstName: 'Edga', lastName: 'Bull', email: 'example@email.com', dateOfBirth: '1952-05-04' }
  for (const path of ['/v1/customers/search', '/v1/cross-studio/customers/search']) {
    const { body } = await app.post(path, wanted)
    assert.deepEqual(
      body.map(({ id }: { id: number }) => id),
      [1001],
    )
  }
})

test('a member of another studio is found across studios only, one without the integration nowhere', async () => {
  const statuses = await Promise.all(
    ['/v1/customers/1006', '/v1/cross-studio/customers/1006', '/v1/cross-studio/customers/1007'].map((path) =>
      app.get(path).then(({ status }) => status),
    ),
  )
  assert.deepEqual(statuses, [404, 200, 404])
})

test('the members of Berlin fill more than one page', async () => {
  const { body } = await app.get('/v1/customers?customerStatus=MEMBER&sliceSize=50')
  assert.equal(body.hasNext, true)
})

test('Max has bookings of every kind', async () => {
  const [appointments, classes] = await Promise.all([
    app.get('/v1/appointments/booking?customerId=203'),
    app.get('/v1/classes/booking?customerId=203'),
  ])
  const states = (list: { bookingStatus: string; appointmentStatus?: string; classSlotStatus?: string }[]) =>
    list.map((each) => `${each.bookingStatus} ${each.appointmentStatus ?? each.classSlotStatus}`)
  assert.deepEqual(states(appointments.body), ['BOOKED COMPLETED', 'BOOKED PLANNED', 'CANCELED CANCELED'])
  assert.deepEqual(states(classes.body), [
    'BOOKED COMPLETED',
    'CANCELED COMPLETED',
    'BOOKED PLANNED',
    'WAITING_LIST PLANNED',
    'CANCELED PLANNED',
  ])
})

test('Max was reminded twice, and the files of last month are there for the tax advisor', async () => {
  const { body } = await app.get('/v1/customers/203/account/balances')
  assert.deepEqual([body.accountBalance.amount, body.dunningLevel], [-94.7, 'Dunning Level 2'])
  await app.app.scheduler.runDue(1)
  const exported = await app.read(({ db }) => db.select().from(taxExports).orderBy(taxExports.id))
  assert.deepEqual(
    exported.map(({ fileFormat, state }) => [fileFormat, state]),
    ['CSV', 'XLSX', 'JSON'].map((format) => [format, 'READY']),
  )
})

test('an appointment can be checked, booked, read and canceled', async () => {
  const [slot] = (await app.get('/v1/appointments/bookable/20334/slots?customerId=203&daysAhead=3')).body
  const { startDateTime, endDateTime, instructors } = slot
  const instructorIds = instructors.map(({ id }: { id: number }) => id)
  const wanted = { customerId: 203, bookableAppointmentId: 20334, startDateTime, endDateTime, instructorIds }
  const checked = await app.post('/v1/appointments/bookable/validate', wanted)
  assert.equal(checked.body.validationStatus, 'AVAILABLE')
  const { body: booked, text } = await app.post('/v1/appointments/booking/book', wanted)
  assert.equal(booked.bookingStatus, 'BOOKED', text)
  const path = `/v1/appointments/booking/${booked.bookingId}`
  assert.equal((await app.get(path)).body.customerId, 203)
  assert.equal((await app.delete(path)).status, 200)
  assert.equal((await app.get(path)).body.bookingStatus, 'CANCELED')
})

test('the seat of the example can be booked and given back', async () => {
  const { body, text } = await app.post('/v1/classes/booking/book', { customerId: 203, classSlotId: 20334 })
  assert.equal(body.bookingStatus, 'BOOKED', text)
  assert.equal((await app.delete(`/v1/classes/booking/${body.bookingId}`)).status, 200)
})
