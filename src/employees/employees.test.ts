import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { listAudit, listEvents } from '../../test/support/records.ts'
import { updateStudio } from '../studios/index.ts'
import { assignEmployee, createEmployee, deleteEmployee, updateEmployee } from './employees.ts'
import { formatInitials } from './present.ts'

const berlin = 123
const hamburg = 124
let app: TestApp
let petra: number

before(async () => {
  app = await openTestApp()
  petra = await hire({
    firstName: 'Petra',
    lastName: 'Pan',
    dateOfBirth: Temporal.PlainDate.from('1991-03-28'),
    phone1: '+49 30 5550142',
    city: 'Berlin',
    countryCode: 'DE',
    competences: ['Yoga', 'Pilates'],
    studioIds: [berlin, hamburg],
  })
})
after(() => app.close())

const hire = (input: Parameters<typeof createEmployee>[1]) =>
  app.write((work) => createEmployee(work, input, app.platform.secrets))
const newEvents = async (change: () => Promise<unknown>) => {
  const known = (await listEvents(app)).length
  await change()
  return (await listEvents(app)).slice(known).map(({ type, audienceStudioIds }) => [type, audienceStudioIds])
}

test('initials are made of the first letters of the names', () => {
  assert.equal(formatInitials('Petra', 'Pan'), 'P.P.')
  assert.equal(formatInitials('élodie', '𝒪stergaard'), 'É.𝒪.')
})

test('an employee is returned with sorted competences and computed initials', async () => {
  const { body } = await app.get(`/v1/employees/${petra}`)
  assert.deepEqual(body, {
    id: petra,
    firstName: 'Petra',
    lastName: 'Pan',
    gender: 'UNISEX',
    dateOfBirth: '1991-03-28',
    employeeInitials: 'P.P.',
    phone1: '+49 30 5550142',
    city: 'Berlin',
    country: 'DE',
    employeeCompetences: ['Pilates', 'Yoga'],
  })
})

test('private data stay private where the studio says so', async () => {
  const share = (sharePrivateEmployeeData: boolean) =>
    app.write((work) => updateStudio(work, hamburg, { sharePrivateEmployeeData }))
  await share(false)
  const { body } = await app.get(`/v1/employees/${petra}`, { as: app.hamburg })
  await share(true)
  assert.deepEqual(Object.keys(body).sort(), [
    'employeeCompetences',
    'employeeInitials',
    'firstName',
    'gender',
    'id',
    'lastName',
  ])
})

test('unknown, foreign and removed employees look the same', async () => {
  const gone = await hire({ firstName: 'Gone', lastName: 'Girl', studioIds: [berlin] })
  await app.write((work) => deleteEmployee(work, gone))
  const away = await hire({ firstName: 'Far', lastName: 'Away', studioIds: [hamburg] })
  for (const id of [gone, away, 999_999]) {
    const { status, body } = await app.get(`/v1/employees/${id}`)
    assert.deepEqual([status, body.errorCode, body.args], [404, 'errormessage.employee.notFound', [id]])
  }
  assert.equal((await app.get(`/v1/employees/${petra}`, { as: app.stranger })).status, 404)
})

test('the list goes on where it stopped', async () => {
  for (let n = 0; n < 12; n++) await hire({ firstName: 'No', lastName: String(n), studioIds: [berlin] })
  const first = await app.get('/v1/employees?sliceSize=10')
  assert.deepEqual([first.body.result.length, first.body.hasNext, first.body.offset], [10, true, '10'])
  assert.equal(first.body.result[0].id, petra)
  const last = await app.get('/v1/employees?sliceSize=10&offset=10')
  assert.deepEqual([last.body.result.length, last.body.hasNext, last.body.offset], [3, false, '20'])
  assert.equal((await app.get('/v1/employees?offset=100001')).body.errorCode, 'errormessage.validation.max')
})

test('coming to a studio sends a created event there, going a deleted one', async () => {
  const added = await newEvents(async () => {
    const id = await hire({ firstName: 'Come', lastName: 'Go', studioIds: [berlin] })
    await app.write((work) => assignEmployee(work, id, [hamburg]))
    await app.write((work) => assignEmployee(work, id, [hamburg]))
    await app.write((work) => deleteEmployee(work, id))
  })
  assert.deepEqual(added, [
    ['EMPLOYEE_CREATED', [berlin]],
    ['EMPLOYEE_CREATED', [hamburg]],
    ['EMPLOYEE_DELETED', [berlin]],
    ['EMPLOYEE_DELETED', [hamburg]],
  ])
})

test('an update sends one event in every studio, and only if something changed', async () => {
  const change = (changes: Parameters<typeof updateEmployee>[2]) =>
    app.write((work) => updateEmployee(work, petra, changes, { secrets: app.platform.secrets }))
  const added = await newEvents(async () => {
    await change({ firstName: 'Petronella', competences: ['Yoga', 'Pilates'] })
    await change({ firstName: 'Petronella' })
    await change({ competences: ['Boxing'] })
  })
  assert.deepEqual(added, [
    ['EMPLOYEE_UPDATED', [berlin, hamburg]],
    ['EMPLOYEE_UPDATED', [berlin, hamburg]],
  ])
  assert.deepEqual((await app.get(`/v1/employees/${petra}`)).body.employeeCompetences, ['Boxing'])
})

test('names never reach the audit log in clear', async () => {
  const lines = (await listAudit(app)).filter(({ entityKind }) => entityKind === 'employee')
  assert.ok(lines.length > 0)
  assert.doesNotMatch(JSON.stringify(lines.map(({ diff }) => diff)), /Petr|Pan|5550142|1991/)
})
