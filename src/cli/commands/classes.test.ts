import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { runCommand } from '../../../test/support/command-line.ts'
import { appointmentCalls } from '../../../test/support/scenes/appointment-world.ts'
import { insertCustomer } from '../../../test/support/scenes/booking-world.ts'

let app: TestApp
before(async () => void (app = await openTestApp()))
after(() => app.close())

const run = (line: string) =>
  runCommand(line, { PALESTRA_DATABASE_URL: app.url, PALESTRA_DEMO: 'true', PALESTRA_TEST_CLOCK: 'true' })
const customer = () => app.write((work) => insertCustomer(work, app.berlin))

test('a new class is booked without membership; asking for one refuses, and the refusal names the way out', async () => {
  const { classId, ruleId } = await run('class create --studio 123 --title First --duration 60')
  const { classSlotId } = await run(`slot plan ${classId} 2026-06-16T18:30+02:00`)
  const book = async () => app.post('/v1/classes/booking/book', { customerId: await customer(), classSlotId })
  assert.equal((await book()).status, 200)
  await run(`class rule ${ruleId} --studio 123 --contract`)
  const refused = await book()
  assert.equal(refused.body.errorCode, 'errormessage.booking.noContingent')
  assert.match(refused.body.errorMessage, /kann ein Kontingent vergeben oder Buchungen ohne Kontingent erlauben\./)
  await run(`class rule ${ruleId} --studio 123 --no-contract`)
  assert.equal((await book()).status, 200)
})

test('a new appointment is booked without membership; asking for one refuses with the way out', async () => {
  const { bookableId } = await run('bookable create --studio 123 --title Talk --duration 45 --grid 15')
  const calls = appointmentCalls(app)
  const book = async (time: string) =>
    calls.book({ customerId: await customer(), bookableId, start: `2026-06-16T${time}:00+02:00` })
  const booked = await book('10:00')
  assert.equal(booked.status, 200, booked.text)
  await run(`bookable update ${bookableId} --studio 123 --contract`)
  assert.match((await book('12:00')).body.errorMessage, /welche Mitgliedschaft nötig ist, oder kann die Buchung ohne sie erlauben\./)
})
