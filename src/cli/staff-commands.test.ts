import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { commandLine } from '../../test/support/command-line.ts'
import { listAudit } from '../../test/support/records.ts'
import { asSuperuser, rowHashes } from '../../test/support/row-hashes.ts'
import * as api from '../classes/staff-api.ts'
import { classesModule } from '../classes/index.ts'
import { ApiError } from '../platform/errors/errors.ts'
import type { StaffOperation } from '../platform/staff/staff-operation.ts'
import { explainFailure } from './failures.ts'
import { buildWholeProgram } from './program.ts'
import { findStaffOperations } from './staff-commands.ts'

let app: TestApp
let classId = 0

const run = (line: string) => commandLine(app)(line)

before(async () => {
  app = await openTestApp()
  ;({ classId } = await run(
    'class create --studio 123 --title "Yoga Flow" --duration 60 --max 1 --waiting 5 --no-contract',
  ))
})
after(() => app.close())

const program = await buildWholeProgram()
const staff = findStaffOperations(classesModule)
const declared = Object.values(api) as readonly StaffOperation[]

function findCommand({ cli }: StaffOperation) {
  let command = program
  for (const word of cli.name.split(' ')) {
    const next = command.commands.find((each) => each.name() === word)
    assert.ok(next, `there is no command ${cli.name}`)
    command = next
  }
  return command
}

async function findRefusal(line: string) {
  const error: unknown = await run(line).then(
    () => assert.fail(`${line} was not refused`),
    (refusal: unknown) => refusal,
  )
  return explainFailure(error)
}

async function createCustomer(firstName: string): Promise<number> {
  const file = join(tmpdir(), `palestra-${firstName}-${process.pid}.json`)
  const address = { street: 'Weg', city: 'Berlin', zipCode: '10115', countryCode: 'DE' }
  const person = { firstName, lastName: 'Lindner', dateOfBirth: '1990-01-31', gender: 'FEMALE', ...address }
  const output = { email: `${firstName}@example.com`, language: { languageCode: 'de' } }
  await writeFile(file, JSON.stringify({ ...person, ...output }))
  return (await run(`customer create --studio 123 --file ${file}`)).customerId
}

test('whatever staff do with classes has a handler and a command, and every such command is declared', () => {
  assert.deepEqual(new Set(staff.list()), new Set(declared))
  const names = declared.map(({ cli }) => cli.name).toSorted()
  const existing = program.commands
    .filter((group) => ['class', 'slot'].includes(group.name()))
    .flatMap((group) => group.commands.map((each) => `${group.name()} ${each.name()}`))
  assert.deepEqual(existing.toSorted(), names)
})

test('each operation names the right that it needs, a path of its own and what its fields mean', () => {
  const routes = declared.map(({ method, path }) => `${method} ${path}`)
  assert.equal(new Set(routes).size, routes.length)
  for (const operation of declared) {
    assert.match(operation.operationId, /^admin[A-Z]/)
    assert.ok(operation.permissions.length > 0, operation.operationId)
    const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    assert.deepEqual(Object.keys(operation.params.properties), inPath, operation.operationId)
    for (const option of findCommand(operation).options)
      assert.ok(option.description, `${operation.cli.name} ${option.flags}`)
  }
})

test('an option is declared once: for the help, and for what it may be', async () => {
  const help = findCommand(api.createClass).helpInformation()
  assert.match(help, /--contingent <mode> +what a booking uses up \(choices: "none",\s+"required", "charge"\)/)
  assert.match(help, /--dry-run/)
  assert.match(findCommand(api.setClassAttendance).helpInformation(), /<bookingId> <status>/)
  const refused = await findRefusal('slot attendance 1 maybe')
  const sentence = 'Allowed are participating, not_participating, unset.'
  assert.deepEqual(refused, { exit: 2, code: 'usage', message: sentence })
  const force = await findRefusal(`slot book 1 ${await createCustomer('noah')} --force CAPACITY,MOON`)
  assert.equal(force.exit, 2)
  assert.match(force.message, /^--force knows CAPACITY, WINDOW/)
})

test('what is not there is refused in one sentence, with the exit code of what is not found', async () => {
  const refused = await findRefusal('slot plan 999999999 2026-06-16T18:30+02:00')
  assert.deepEqual([refused.exit, refused.code], [3, 'errormessage.class.notFound'])
  assert.match(refused.message, /^[^.]+\.$/)
  assert.equal((await findRefusal('class create --studio 999999999 --title X --duration 60')).exit, 3)
})

test('a dry run says what would be, waiting list included, and changes no row', async () => {
  const { classSlotId } = await run(`slot plan ${classId} 2026-06-16T18:30+02:00`)
  const { bookingId } = await run(`slot book ${classSlotId} ${await createCustomer('mara')}`)
  const waiting = await run(`slot book ${classSlotId} ${await createCustomer('lena')}`)
  assert.equal(waiting.status, 'WAITING_LIST')
  const before = await rowHashes(app.url)
  const line = `slot cancel-booking ${bookingId}`
  const output = await run(`${line} --dry-run`)
  const planned = await run(`slot plan ${classId} 2026-06-17T18:30+02:00 --dry-run`)
  assert.deepEqual(await rowHashes(app.url), before)
  assert.deepEqual([output.dryRun, output.bookingId, planned.effects.length], [true, bookingId, 1])
  const known = (await listAudit(app)).length
  assert.deepEqual(await run(line), { bookingId })
  const lines = (await listAudit(app)).slice(known).map(({ action, entityId }) => [action, entityId])
  const changes = output.effects.filter(({ kind }: { kind: string }) => kind === 'CHANGE')
  assert.deepEqual(
    changes.map(({ what, entityId }: { what: string; entityId: number }) => [what, entityId]),
    lines,
  )
  assert.ok(
    lines.some(([, id]) => id === waiting.bookingId),
    'the seat went to who waited',
  )
})

test('a dry run puts a slot in order first, as the action would, and changes no row', async () => {
  const { classSlotId } = await run(`slot plan ${classId} 2026-06-20T18:30+02:00`)
  await run(`slot book ${classSlotId} ${await createCustomer('nora')}`)
  const waiting = await run(`slot book ${classSlotId} ${await createCustomer('olga')}`)
  // What a crash between a commit and its follow-up leaves behind.
  await asSuperuser(app.url, (client) =>
    client.query('update class_slots set max_participants = 2, promotion_pending = true where id = $1', [classSlotId]),
  )
  const line = `slot book ${classSlotId} ${await createCustomer('pia')}`
  const before = await rowHashes(app.url)
  const output = await run(`${line} --dry-run`)
  assert.deepEqual(await rowHashes(app.url), before)
  assert.equal(output.status, 'WAITING_LIST')
  assert.equal(output.effects[0].entityId, waiting.bookingId, 'who waited comes first')
  assert.equal((await run(line)).status, 'WAITING_LIST')
})

test('a dry run is refused as the action would be', async () => {
  const refused = await findRefusal('slot cancel 999999999 --dry-run')
  assert.deepEqual([refused.exit, refused.code], [3, 'errormessage.classSlot.notFound'])
})

test('the audit lines name the rule that staff broke', async () => {
  const { resourceId } = await run('resource create --studio 123 --kind room --name Cellar --capacity 1')
  const line = `slot plan ${classId} 2026-06-18T18:30+02:00 --room ${resourceId}`
  await run(line)
  assert.equal((await findRefusal(line)).exit, 2)
  const { classSlotId } = await run(`${line} --override`)
  const lines = (await listAudit(app)).filter(({ action }) => action === 'classSlot.planned')
  const broken = lines.map(({ entityId, diff }) => [entityId, (diff as Record<string, unknown>)['broken']])
  assert.deepEqual(broken.at(-1), [classSlotId, [null, ['RESOURCE']]])
  assert.equal(broken.at(-2)?.[1], undefined, 'and only where one was broken')
})

test('without the right, with an unknown field or an unbreakable rule nothing is done', async () => {
  const { units } = app.platform
  const caller = (...rights: string[]) => ({
    actor: { kind: 'STAFF', id: 1 } as const,
    tenantId: 1,
    traceId: 'test',
    permissions: new Set(rights),
  })
  const refusal = async (rights: string[], request: object) => {
    const asked = { params: { classId }, body: { start: '2026-06-19T18:30+02:00' }, ...request }
    const error: unknown = await staff.run(units, caller(...rights), api.planClassSlot, asked).catch((e: unknown) => e)
    assert.ok(error instanceof ApiError, String(error))
    return [error.status, error.details.args?.[0]?.value]
  }
  assert.deepEqual(await refusal(['bookings.write'], {}), [403, ['timetable.write']])
  assert.deepEqual(await refusal(['timetable.write'], { broken: ['RESOURCE'] }), [403, ['bookings.override']])
  const both = ['timetable.write', 'bookings.override']
  assert.deepEqual(await refusal(both, { broken: ['CAPACITY'] }), [400, 'CAPACITY'])
  const misspelt = { body: { start: '2026-06-19T18:30+02:00', maxParticipant: 3 } }
  assert.deepEqual(await refusal(both, misspelt), [400, 'maxParticipant'])
})
