import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { commandLine } from '../../test/support/command-line.ts'

let app: TestApp

before(async () => void (app = await openTestApp()))
after(() => app.close())

const run = (line: string) => commandLine(app)(line)
let customerId = 0

test('staff plan a class by the command line, and a partner books it', async () => {
  const { employeeId } = await run('employee create --first-name Ada --last-name Trainer --studios 123')
  const { resourceId: room } = await run('resource create --studio 123 --kind room --name Hall --capacity 1')
  await run(`resource create --studio 123 --kind employee --employee ${employeeId}`)
  const { classId } = await run(
    'class create --studio 123 --title "Yoga Flow" --duration 60 --max 1 --waiting 5 --no-contract --cancel 2h',
  )
  const start = '2026-06-16T18:30+02:00'
  const { classSlotId } = await run(`slot plan ${classId} ${start} --room ${room} --instructors ${employeeId}`)
  const file = join(tmpdir(), `palestra-person-${process.pid}.json`)
  const person = {
    firstName: 'Mara',
    lastName: 'Lindner',
    language: { languageCode: 'de' },
    dateOfBirth: '1990-01-31',
    gender: 'FEMALE',
    street: 'Invalidenstraße',
    city: 'Berlin',
    zipCode: '10115',
    countryCode: 'DE',
  }
  await writeFile(file, JSON.stringify({ ...person, email: 'mara@example.com' }))
  ;({ customerId } = await run(`customer create --studio 123 --file ${file}`))
  const slots = await app.get(`/v1/classes/${classId}/slots`)
  assert.deepEqual(
    slots.body.result.map(({ id }: { id: number }) => id),
    [classSlotId],
  )
  const booked = await app.post('/v1/classes/booking/book', { customerId, classSlotId })
  assert.equal(booked.status, 200, booked.text)
  const { bookingId } = booked.body
  await run(`slot attendance ${bookingId} participating`)
  await run(`slot cancel ${classSlotId}`)
  const read = await app.get(`/v1/classes/booking/${bookingId}`)
  assert.deepEqual([read.body.bookingStatus, read.body.classSlotStatus], ['CANCELED', 'CANCELED'])
})

test('staff offer a service by appointment, and may break a rule by its name', async () => {
  const { resourceId: device } = await run('resource create --studio 123 --kind device --name EMS')
  const { bookableId } = await run(
    `bookable create --studio 123 --title Training --duration 30 --grid 30 --no-contract --earliest 1h --needs 1xdevice:${device}`,
  )
  const wish = `--studio 123 --bookable ${bookableId} --customer ${customerId} --start 2026-06-16T10:00+02:00 --end 2026-06-16T10:30+02:00`
  const against = await run(`appointment explain ${wish}`)
  const rules = against.map(({ rule }: { rule: string | null }) => rule).filter((rule: string | null) => rule !== null)
  assert.deepEqual(rules, ['WINDOW'])
  const { bookingId } = await run(`appointment book ${wish} --force ${rules.join(',')}`)
  const read = await app.get(`/v1/appointments/booking/${bookingId}`)
  assert.equal(read.body.bookingStatus, 'BOOKED', read.text)
  await run(`appointment attendance ${bookingId} participating --studio 123`)
  assert.equal((await app.get(`/v1/appointments/booking/${bookingId}`)).body.participantStatus, 'PARTICIPATING')
  const [{ id: serviceId }] = await run('service list')
  assert.ok((await run(`customer grant ${customerId} ${serviceId} --studio 123 --quantity 10`)).entitlementId > 0)
  await run(`appointment remove-booking ${bookingId} --studio 123`)
  assert.equal((await app.get(`/v1/appointments/booking/${bookingId}`)).body.bookingStatus, 'CANCELED')
})

test('staff set what customers may change, and decide what they ask for', async () => {
  const contact = `/v1/customers/${customerId}/self-service/contact-data`
  await run('amendment configure CONTACT_DATA CHANGES_REQUIRE_VERIFICATION --studio 123')
  const modes = await run('amendment modes --studio 123')
  assert.deepEqual(modes.map(({ kind, mode }: { kind: string; mode: string }) => `${kind} ${mode}`).slice(0, 2), [
    'CONTACT_DATA CHANGES_REQUIRE_VERIFICATION',
    'ADDRESS_DATA READ',
  ])
  const wish = (email: string) => app.post(contact, { email })
  const { id } = (await wish('new@example.com')).body
  const [waiting] = await run('amendment list --studio 123')
  assert.deepEqual(waiting.changes, { email: ['mara@example.com', 'new@example.com'] })
  await run(`amendment accept ${id}`)
  assert.equal((await app.get(contact)).body.email, 'new@example.com')
  const second = (await wish('other@example.com')).body
  assert.deepEqual(await run(`amendment reject ${second.id} --reason "Not yours"`), {
    amendmentId: second.id,
    status: 'REJECTED',
  })
})

test('staff offer a class as a trial, and confirm the trial of a prospect', async () => {
  const { classId } = await run('class create --studio 123 --title "Trial Flow" --duration 60')
  const { classSlotId } = await run(`slot plan ${classId} 2026-06-19T18:30+02:00`)
  const { configId } = await run(
    'trial create --studio 123 --name "Trial week" --contingent 2 --distance 2w --confirm 2d --phone mandatory',
  )
  await run(`trial assign ${configId} --classes ${classId}`)
  const [listed] = (await run('trial list --studio 123')).filter(({ id }: { id: number }) => id === configId)
  assert.deepEqual(listed.classIds, [classId])
  const config = (await app.get(`/v1/trial-offers/config/${configId}`)).body
  assert.deepEqual(config.confirmationOfBookingTerm, { value: 2, unit: 'DAY' })
  assert.deepEqual(config.preventMultipleBookingsTerm, { value: 2, unit: 'WEEK' })
  assert.equal(config.leadDataConfig.telephoneMode, 'MANDATORY')
  const trial = await app.post('/v1/trial-offers/classes/booking/book', { customerId, classSlotId })
  const { bookingId, bookingStatus } = trial.body
  assert.equal(bookingStatus, 'BOOKED_WITH_CONFIRMATION_REQUIRED', trial.text)
  assert.deepEqual(await run(`trial confirm ${bookingId} --studio 123`), { bookingId, status: 'CONFIRMED' })
  await run(`trial update ${configId} --no-confirm --no-active --no-any-lead`)
  const changed = (await app.get(`/v1/trial-offers/config/${configId}`)).body
  assert.deepEqual([changed.confirmationOfBookingTerm, changed.allowBookingForLeads], [undefined, false])
  assert.deepEqual((await app.get('/v1/trial-offers/bookable-trial-offers/classes')).body.result, [])
})

test('staff store the choices of customers, and what a studio offers', async () => {
  const said = {
    communicationThreadStatus: 'CREATED',
    communicationDirection: 'INCOMING',
    communicationChannel: 'PHONE',
  }
  const { body } = await app.post(`/v1/communications/${customerId}/threads`, {
    ...said,
    subject: 'Hi',
    content: 'Hello',
  })
  await run(`thread note ${body.threadId} --subject Hi --content "Called back" --status closed --agent Ada`)
  const shown = await run(`thread show ${body.threadId}`)
  assert.deepEqual([shown.thread.status, shown.communications[1].agent], ['CLOSED', 'Ada'])
  await run(`preference set ${customerId} newsletter email on`)
  const [line] = await run(`preference history ${customerId}`)
  assert.deepEqual([line.category, line.before, line.after], ['NEWSLETTER', false, true])
  await run('preference configure newsletter fax --studio 123 --active')
  const matrix = await run('preference matrix --studio 123')
  const fax = matrix.find(({ channel }: { channel: string }) => channel === 'FAX')
  assert.deepEqual([fax.available, fax.defaultActive, fax.customerOverridable], [true, true, true])
})
