import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { commandLine } from '../../../test/support/command-line.ts'
import { insertCustomer } from '../../../test/support/scenes/booking-world.ts'
import { fitting, plantLeadForm } from '../../../test/support/scenes/leads.ts'
import { classes, classSlots } from '../../classes/tables.ts'
import { studios, tenants } from '../../studios/tables.ts'

let app: TestApp
before(async () => {
  app = await openTestApp()
  await plantLeadForm(app)
})
after(() => app.close())

const run = (line: string) => commandLine(app)(line)
const refused = (line: string, code: string) => assert.rejects(run(line), { code: `errormessage.${code}` })
const customer = () => app.write((work) => insertCustomer(work, app.berlin))

test('a family with one e-mail becomes three leads once the studio distinguishes people by their names', async () => {
  const file = join(tmpdir(), `palestra-family-${process.pid}.json`)
  const enter = async (firstName: string) => {
    await writeFile(
      file,
      JSON.stringify(fitting({ firstname: firstName, lastname: 'Familie', email: 'family@example.com' })),
    )
    return run(`lead create --studio 123 --file ${file}`)
  }
  await enter('Ada')
  await assert.rejects(enter('Ben'), { code: 'errormessage.lead.duplicateCustomer' })
  await run('studio settings 123 --lead-duplicates email_and_name')
  await enter('Ben')
  await enter('Cleo')
  await assert.rejects(enter('Cleo'), { code: 'errormessage.lead.duplicateCustomer' })
  await run('studio settings 123 --lead-duplicates email')
  await assert.rejects(enter('Dora'), { code: 'errormessage.lead.duplicateCustomer' })
})

test('staff set the other settings of a studio; a pattern of numbers has to count', async () => {
  await run(
    'studio settings 123 --no-duplicate-check --strict-tax-ids --no-share-staff-data --customer-numbers B{counter}',
  )
  const [row] = await app.read(({ db }) => db.select().from(studios).where(eq(studios.id, 123)))
  assert.deepEqual(
    [row?.duplicateCheck, row?.taxIdStrict, row?.sharePrivateEmployeeData, row?.customerNumberPattern],
    [false, true, false, 'B{counter}'],
  )
  await refused('studio settings 123 --customer-numbers B-{studio}', 'validation.pattern')
  await refused('studio settings 999999999 --duplicate-check', 'studio.notFound')
})

test('staff set which way round partners read balances', async () => {
  const find = async () => (await app.read(({ db }) => db.select().from(tenants)))[0]?.accountBalanceSign
  await run('tenant settings --balance-sign receivable')
  assert.equal(await find(), 'RECEIVABLE')
  await run('tenant settings --balance-sign customer')
  assert.equal(await find(), 'CUSTOMER')
})

test('staff set who sees a class, until when waiting customers move up, and what its slots add', async () => {
  const { classId, ruleId } = await run(
    'class create --studio 123 --title Set --duration 60 --no-online --promote-until 2h --attendance participating',
  )
  const [row] = await app.read(({ db }) => db.select().from(classes).where(eq(classes.id, classId)))
  assert.deepEqual(
    [row?.onlineVisible, row?.promotionCutoffTermValue, row?.promotionCutoffTermUnit, row?.attendanceDefault],
    [false, 2, 'HOURS', 'PARTICIPATING'],
  )
  await run(`class update ${classId} --online --promote-until 1d`)
  const { classSlotId } = await run(`slot plan ${classId} 2026-06-20T18:00+02:00 --max 5 --additional 2`)
  await run(`slot change ${classSlotId} --latest 1d --earliest 2d --additional 3`)
  const [slot] = await app.read(({ db }) => db.select().from(classSlots).where(eq(classSlots.id, classSlotId)))
  assert.deepEqual([slot?.additionalParticipants, slot?.latestTermUnit, slot?.earliestTermValue], [3, 'DAY', 2])
  await run(`class rule ${ruleId} --studio 123 --max-per-period 2 --period week`)
  const { ruleId: other } = await run('class create --studio 123 --title Half --duration 60')
  await refused(`class rule ${other} --studio 123 --max-per-period 2`, 'validation.required')
  await refused(`class rule ${other} --studio 123 --period week`, 'validation.required')
})

test('staff set what is special of an appointment', async () => {
  const create = 'bookable create --studio 123 --title Set --duration 45 --grid 30 --grid-offset 15'
  const { bookableId } = await run(`${create} --pick-instructor --parallel --no-customers --attendance participating`)
  assert.equal((await app.get(`/v1/appointments/bookable/${bookableId}`)).status, 404, 'not for customers')
  await run(`bookable update ${bookableId} --studio 123 --customers`)
  const { body } = await app.get(`/v1/appointments/bookable/${bookableId}/slots?slotWindowStartDate=2026-06-20`)
  assert.match(body[0].startDateTime, /T00:15/)
  await assert.rejects(run(`${create} --max-per-period 1 --period year`), {
    message: '--period is day, week or month.',
  })
})

test('staff give a customer codes that a rule asks for, and keep a customer from booking', async () => {
  const { classId } = await run('class create --studio 123 --title Codes --duration 60 --codes TEAM')
  const { classSlotId } = await run(`slot plan ${classId} 2026-06-21T18:00+02:00`)
  const customerId = await customer()
  const validate = async () =>
    (await app.post('/v1/classes/booking/validate', { customerId, classSlotId })).body.validationStatus
  assert.equal(await validate(), 'NO_CONTINGENT')
  await run(`customer booking-terms ${customerId} --codes TEAM,STAFF`)
  const open = await validate()
  await run(`customer booking-terms ${customerId} --block "owes a towel"`)
  assert.notEqual(await validate(), open)
  await run(`customer booking-terms ${customerId} --unblock`)
  assert.equal(await validate(), open)
  await refused(`customer booking-terms ${customerId} --until 2026-07-01T00:00+02:00`, 'validation.required')
  await refused('customer booking-terms 999999999 --unblock', 'customer.notFound')
})
