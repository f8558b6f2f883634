import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import { listAudit, listEvents } from '../../../test/support/records.ts'
import { addListItem, createField, updateField, updateListItem } from './information-fields.ts'
import { listItems } from './information-store.ts'

let app: TestApp
let [shirt, since, vip, goal, level, elsewhere] = [0, 0, 0, 0, 0, 0]
let items: readonly number[] = []

before(async () => {
  app = await openTestApp()
  const both = [app.berlin.studioId, app.hamburg.studioId]
  await app.write(async (work) => {
    shirt = await createField(work, {
      name: 'Shirt',
      type: 'NUMERIC',
      studioIds: both,
      abbreviation: 'SH',
      position: 7,
    })
    since = await createField(work, { name: 'Since', type: 'DATE', studioIds: both })
    vip = await createField(work, { name: 'VIP', type: 'BOOLEAN', studioIds: [app.berlin.studioId], position: 2 })
    goal = await createField(work, { name: 'Goal', type: 'TEXT', studioIds: [app.berlin.studioId], position: 2 })
    const choices = ['One', 'Two', 'Three']
    level = await createField(work, { name: 'Level', type: 'LIST', multi: true, studioIds: both, items: choices })
    elsewhere = await createField(work, { name: 'Sauna', type: 'BOOLEAN', studioIds: [app.hamburg.studioId] })
    items = (await listItems(work.db, [level])).map(({ id }) => id)
  })
})
after(() => app.close())

const set = (customerId: number, values: readonly (readonly [number, unknown])[], as = app.berlin) =>
  app.put(
    `/v1/customers/${customerId}/additional-information-field-assignments`,
    values.map(([additionalInformationFieldId, value]) => ({ additionalInformationFieldId, value })),
    { as },
  )
const shown = async (customerId: number) =>
  (await app.get(`/v1/customers/${customerId}`)).body.additionalInformationFieldAssignments.map(
    (one: { additionalInformationFieldId: number; value: string }) => [one.additionalInformationFieldId, one.value],
  )
const eventsAfter = async (known: number) =>
  (await listEvents(app)).slice(known).map(({ type, entityId }) => [type, entityId])

test('the fields of the studio are listed by position, then id, and only lists have items', async () => {
  const { body } = await app.get('/v1/customers/additional-information-fields')
  assert.deepEqual(
    body.map(({ id }: { id: number }) => id),
    [vip, goal, shirt, since, level],
  )
  assert.deepEqual(body[2], { id: shirt, name: 'Shirt', type: 'NUMERIC', abbreviation: 'SH' })
  assert.deepEqual(body[4].listItems, [
    { id: items[0], name: 'One' },
    { id: items[1], name: 'Two' },
    { id: items[2], name: 'Three' },
  ])
})

test('values are replaced as a whole, answered by field, sent once and audited unreadably', async () => {
  const customerId = await addCustomer(app)
  const known = (await listEvents(app)).length
  const { status, body } = await set(customerId, [
    [level, `${items[2]},${items[0]}`],
    [goal, 'Win'],
    [shirt, '-42'],
  ])
  assert.equal(status, 200)
  assert.deepEqual(
    body.map((one: { additionalInformationFieldId: number }) => one.additionalInformationFieldId),
    [shirt, goal, level],
  )
  await set(customerId, [[goal, 'Lose']])
  assert.deepEqual(await shown(customerId), [[goal, 'Lose']])
  await set(customerId, [])
  assert.deepEqual(await shown(customerId), [])
  assert.deepEqual(await eventsAfter(known), [
    ['CUSTOMER_UPDATED', customerId],
    ['CUSTOMER_UPDATED', customerId],
    ['CUSTOMER_UPDATED', customerId],
  ])
  const lines = (await listAudit(app)).filter(({ action }) => action === 'customer.informationUpdated')
  assert.deepEqual(
    lines.map(({ diff }) => Object.keys(diff as object).length),
    [3, 3, 1],
  )
  assert.doesNotMatch(JSON.stringify(lines), /Win|Lose/)
})

test('setting what is stored already changes nothing and sends no event', async () => {
  const customerId = await addCustomer(app)
  await set(customerId, [[goal, 'Win']])
  const known = (await listEvents(app)).length
  assert.equal((await set(customerId, [[goal, 'Win']])).status, 200)
  assert.deepEqual(await eventsAfter(known), [])
})

test('the first value that cannot be stored is the answer, and nothing is changed', async () => {
  const customerId = await addCustomer(app)
  await set(customerId, [[goal, 'Win']])
  const refusals: readonly (readonly [readonly (readonly [number, unknown])[], string, string])[] = [
    [
      [
        [goal, 'a'],
        [goal, 'b'],
        [1, 'x'],
      ],
      'duplicate',
      '[1].additionalInformationFieldId',
    ],
    [
      [
        [goal, 'a'],
        [elsewhere, 'true'],
      ],
      'unknown',
      '[1].additionalInformationFieldId',
    ],
    [[[vip, 'yes']], 'valueInvalid', '[0].value'],
    [[[since, '2026-02-29']], 'valueInvalid', '[0].value'],
    [[[shirt, '1234567890123456789']], 'valueInvalid', '[0].value'],
    [[[shirt, '1.5']], 'valueInvalid', '[0].value'],
    [[[goal, '']], 'valueInvalid', '[0].value'],
    [[[goal, 'x'.repeat(1001)]], 'valueInvalid', '[0].value'],
    [[[level, 'One']], 'valueInvalid', '[0].value'],
    [[[level, `${items[0]},${items[0]}`]], 'valueInvalid', '[0].value'],
  ]
  for (const [values, reason, reference] of refusals) {
    const { status, body } = await set(customerId, values)
    assert.deepEqual(
      [status, body.errorCode, body.reference],
      [400, `errormessage.additionalInformationField.${reason}`, reference],
    )
  }
  assert.deepEqual(await shown(customerId), [[goal, 'Win']])
  assert.equal((await set(customerId, [[goal, 'x'.repeat(1000)]])).status, 200)
})

test('a customer of another studio is not found', async () => {
  const customerId = await addCustomer(app, {}, { studio: app.hamburg })
  const { status, body } = await set(customerId, [])
  assert.deepEqual([status, body.errorCode], [404, 'errormessage.customer.notFound'])
})

test('values of fields that are switched off or of other studios survive, and show again', async () => {
  const customerId = await addCustomer(app)
  await set(customerId, [
    [goal, 'Win'],
    [vip, 'true'],
  ])
  await app.write(async (work) => {
    await updateField(work, vip, { active: false })
    await updateField(work, goal, { studioIds: [app.hamburg.studioId] })
  })
  assert.deepEqual(await shown(customerId), [])
  await set(customerId, [[shirt, '1']])
  await set(customerId, [])
  await app.write(async (work) => {
    await updateField(work, vip, { active: true })
    await updateField(work, goal, { studioIds: [app.berlin.studioId] })
  })
  assert.deepEqual(await shown(customerId), [
    [vip, 'true'],
    [goal, 'Win'],
  ])
})

test('an item that is switched off stays with those who have it and cannot be chosen', async () => {
  const [customerId, other] = [await addCustomer(app), await addCustomer(app)]
  const [, , third = 0] = items
  await set(customerId, [[level, String(third)]])
  await app.write((work) => updateListItem(work, third, { active: false }))
  assert.deepEqual(await shown(customerId), [[level, String(third)]])
  assert.equal((await set(other, [[level, String(third)]])).status, 400)
  await app.write((work) => updateListItem(work, third, { active: true }))
})

test('a change of a definition sends one event to every studio that has or had the field', async () => {
  const [berlin, hamburg] = [app.berlin.studioId, app.hamburg.studioId]
  const type = 'ADDITIONAL_INFORMATION_FIELDS_UPDATED'
  const collectEvents = async (change: Parameters<typeof app.write>[0]) => {
    const known = (await listEvents(app)).length
    await app.write(change)
    const added = (await listEvents(app)).slice(known)
    for (const { entityId, audienceStudioIds } of added) assert.deepEqual(audienceStudioIds, [entityId])
    return added.map((event) => [event.type, event.entityId])
  }
  let id = 0
  const create = async (work: Parameters<typeof createField>[0]) => {
    id = await createField(work, { name: 'Locker', type: 'LIST', studioIds: [berlin], items: ['A'] })
  }
  assert.deepEqual(await collectEvents(create), [[type, berlin]])
  assert.deepEqual(await collectEvents((work) => updateField(work, id, { studioIds: [hamburg] })), [
    [type, berlin],
    [type, hamburg],
  ])
  assert.deepEqual(await collectEvents((work) => updateField(work, id, { name: 'Locker' })), [])
  assert.deepEqual(await collectEvents((work) => addListItem(work, id, { name: 'B' })), [[type, hamburg]])
  const [first] = await app.read(({ db }) => listItems(db, [id]))
  assert.deepEqual(await collectEvents((work) => updateListItem(work, first?.id ?? 0, { name: 'A' })), [])
  assert.deepEqual(await collectEvents((work) => updateListItem(work, first?.id ?? 0, { active: false })), [
    [type, hamburg],
  ])
})

test('staff are refused what no field can be', async () => {
  const input = { name: 'X', type: 'TEXT', studioIds: [app.berlin.studioId] } as const
  const refused = (change: Parameters<typeof app.write>[0], expected: object) =>
    assert.rejects(app.write(change), expected)
  await refused((work) => createField(work, { ...input, items: ['A'] }), {
    code: 'errormessage.additionalInformationField.notList',
  })
  await refused((work) => createField(work, { ...input, studioIds: [app.stranger.studioId] }), { status: 404 })
  await refused((work) => addListItem(work, goal, { name: 'A' }), {
    code: 'errormessage.additionalInformationField.notList',
  })
  await refused((work) => updateField(work, 1, {}), { code: 'errormessage.additionalInformationField.notFound' })
  await refused((work) => updateListItem(work, 1, {}), {
    code: 'errormessage.additionalInformationListItem.notFound',
  })
})
