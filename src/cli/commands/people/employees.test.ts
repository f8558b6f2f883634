import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../../test/support/app.ts'
import { commandLine } from '../../../../test/support/command-line.ts'
import { appointmentCalls } from '../../../../test/support/scenes/appointment-world.ts'
import { insertCustomer } from '../../../../test/support/scenes/booking-world.ts'

let app: TestApp
let calls: ReturnType<typeof appointmentCalls>
before(async () => {
  app = await openTestApp()
  calls = appointmentCalls(app)
})
after(() => app.close())

const run = (line: string) => commandLine(app)(line)
const refused = (line: string) => assert.rejects(run(line), { code: 'errormessage.validation.format' })

/** Two trainers of Berlin with a service by appointment, a weekly class and one appointment of the first of them. */
async function arrange(name: string) {
  const hire = async (first: string) => {
    const { employeeId } = await run(`employee create --first-name ${first} --last-name ${name} --studios 123`)
    const { resourceId } = await run(`resource create --studio 123 --kind employee --employee ${employeeId}`)
    return { employeeId, resourceId }
  }
  const [anna, ben] = [await hire('Anna'), await hire('Ben')]
  const needs = `1xemployee:${anna.resourceId}/${ben.resourceId}`
  const { bookableId } = await run(
    `bookable create --studio 123 --title ${name} --duration 45 --pick-instructor --needs ${needs}`,
  )
  const { classId } = await run(`class create --studio 123 --title ${name} --duration 60`)
  const days = '--days TU --from 2026-06-16 --to 2026-06-30'
  await run(`class plan-series ${classId} --at 18:00 ${days} --instructors ${anna.employeeId}`)
  const customerId = await app.write((work) => insertCustomer(work, app.berlin))
  const wish = { customerId, bookableId, start: '2026-06-17T10:00:00+02:00', instructorIds: [anna.employeeId] }
  const booked = await calls.book(wish)
  assert.equal(booked.status, 200, booked.text)
  const bookingId: number = booked.body.bookingId
  return { anna: anna.employeeId, ben: ben.employeeId, bookableId, classId, bookingId, customerId }
}

const offered = async (bookableId: number) => {
  const { body } = await calls.slots(bookableId)
  const ids = body.flatMap(({ instructors }: { instructors: { id: number }[] }) => instructors.map(({ id }) => id))
  return new Set<number>(ids)
}
const kinds = (planned: readonly { kind: string }[]) => planned.map(({ kind }) => kind)
const listInstructors = async (classId: number) =>
  (await app.get(`/v1/classes/${classId}/slots`)).body.result.map(
    ({ instructors }: { instructors: { id: number }[] }) => instructors.map(({ id }) => id),
  )

test('who has left a studio is neither offered nor planned there, and what is planned is named', async () => {
  const { anna, ben, bookableId, classId, customerId } = await arrange('Leaves')
  assert.ok((await offered(bookableId)).has(anna))
  const unsaid = /^ApiError: This employee is planned for .+ \(5 in all\)|stillPlanned/
  for (const line of [`employee assign ${anna} 124`, `employee remove ${anna}`]) await assert.rejects(run(line), unsaid)
  assert.ok((await offered(bookableId)).has(anna), 'a refused leaving changes nothing')
  const { planned } = await run(`employee assign ${anna} 124 --leave-planned`)
  assert.deepEqual(kinds(planned), ['CLASS_SLOT', 'CLASS_SLOT', 'CLASS_SLOT', 'CLASS_SERIES', 'APPOINTMENT'])
  assert.deepEqual(await run(`employee plans ${anna}`), planned)
  assert.deepEqual(await offered(bookableId), new Set([ben]))
  const wish = { customerId, bookableId, start: '2026-06-18T10:00:00+02:00', instructorIds: [anna] }
  assert.equal(await calls.validate(wish), 'RESOURCE_NOT_AVAILABLE')
  await refused(`slot plan ${classId} 2026-06-18T18:00+02:00 --instructors ${anna}`)
  await refused(`class plan-series ${classId} --days FR --at 07:00 --from 2026-06-19 --instructors ${anna}`)
  await refused(`resource create --studio 123 --kind employee --employee ${anna}`)
  const { classSlotId } = await run(`slot plan ${classId} 2026-06-18T18:00+02:00`)
  await refused(`slot change ${classSlotId} --instructors ${anna}`)
  await run(`slot change ${planned[0].id} --max 7`)
  assert.deepEqual(kinds((await run(`employee remove ${anna}`)).planned), [], 'nothing in Hamburg')
  assert.equal((await run(`employee plans ${anna}`)).length, planned.length)
  assert.deepEqual(await offered(bookableId), new Set([ben]))
})

test('a stand-in takes over classes, their series and appointments', async () => {
  const { anna, ben, classId, bookingId } = await arrange('Stands')
  await refused(`employee remove ${anna} --stand-in 999999999`)
  await run(`employee remove ${anna} --stand-in ${ben}`)
  assert.deepEqual(await run(`employee plans ${anna}`), [])
  assert.deepEqual((await listInstructors(classId))[0], [ben])
  const { instructors } = (await app.get(`/v1/appointments/booking/${bookingId}`)).body
  assert.deepEqual(
    instructors.map(({ id }: { id: number }) => id),
    [ben],
  )
})

test('what a busy stand-in cannot take stays, and is canceled later', async () => {
  const { anna, ben, classId, bookingId } = await arrange('Busy')
  await run(`slot plan ${classId} 2026-06-16T18:30+02:00 --instructors ${ben}`)
  await run(`employee assign ${anna} 124 --stand-in ${ben}`)
  const left = await run(`employee plans ${anna}`)
  assert.deepEqual(kinds(left), ['CLASS_SLOT'])
  const { effects } = await run(`employee hand-over ${anna} --cancel-planned --dry-run`)
  assert.ok(JSON.stringify(effects).includes('CLASS_SLOT_CANCELLED'))
  await run(`employee hand-over ${anna} --cancel-planned`)
  assert.deepEqual(await run(`employee plans ${anna}`), [])
  const { bookingStatus } = (await app.get(`/v1/appointments/booking/${bookingId}`)).body
  assert.equal(bookingStatus, 'BOOKED', 'Ben has taken it over')
})
