import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { insertBookable } from '../../test/support/scenes/appointment-world.ts'
import { insertClass, insertSlot } from '../../test/support/scenes/booking-world.ts'
import { listAudit } from '../../test/support/records.ts'
import { trialScene } from '../../test/support/scenes/trial-scene.ts'
import { ApiError } from '../platform/errors/errors.ts'
import { assignTrialOffers, createTrialOfferConfig, updateTrialOfferConfig } from './configs.ts'
import { listConfigs as listTrialOfferConfigs } from './config-store.ts'

// Monday 15 June 2026, 09:00 in Berlin.

let app: TestApp
let scene: ReturnType<typeof trialScene>
before(async () => {
  app = await openTestApp()
  scene = trialScene(app)
})
after(() => app.close())

const offers = '/v1/trial-offers/bookable-trial-offers'
const listClasses = async () => (await app.get(`${offers}/classes`)).body.result
const toIds = (rows: { id: number }[]) => rows.map(({ id }) => id)
const listLines = async (entityId: number) =>
  (await listAudit(app)).filter((line) => line.entityId === entityId).map(({ action }) => action)

const refusesWith = (code: string) => (error: unknown) => error instanceof ApiError && error.code === code

test('a config reads as staff wrote it, also when it is not in force any more', async () => {
  const configId = await app.write((work) =>
    createTrialOfferConfig(work, {
      studioId: app.berlin.studioId,
      name: 'Trial week',
      contingent: 2,
      preventMultipleTermValue: 2,
      preventMultipleTermUnit: 'WEEK',
      confirmationTermValue: 2,
      confirmationTermUnit: 'DAY',
      telephoneMode: 'MANDATORY',
      genderMode: 'INACTIVE',
    }),
  )
  const { body } = await app.get(`/v1/trial-offers/config/${configId}`)
  const { trialOfferLeadDataConfigId, ...modes } = body.leadDataConfig
  assert.ok(trialOfferLeadDataConfigId > 0 && trialOfferLeadDataConfigId !== configId)
  const optional = { dateOfBirthMode: 'OPTIONAL', addressMode: 'OPTIONAL' }
  assert.deepEqual(modes, { genderMode: 'INACTIVE', telephoneMode: 'MANDATORY', ...optional })
  const { leadDataConfig: _, ...rest } = body
  assert.deepEqual(rest, {
    id: configId,
    name: 'Trial week',
    contingent: 2,
    allowBookingForLeads: true,
    preventMultipleBookingsTerm: { value: 2, unit: 'WEEK' },
    confirmationOfBookingTerm: { value: 2, unit: 'DAY' },
  })
  const none = { active: false, confirmationTermValue: null, confirmationTermUnit: null }
  await app.write((work) => updateTrialOfferConfig(work, configId, none))
  const off = await app.get(`/v1/trial-offers/config/${configId}`)
  assert.equal(off.status, 200)
  assert.equal('confirmationOfBookingTerm' in off.body, false)
  assert.equal((await app.get(`/v1/trial-offers/config/${configId}`, { as: app.hamburg })).status, 404)
  const unknown = await app.get('/v1/trial-offers/config/999')
  assert.equal(unknown.body.errorCode, 'errormessage.trialOfferConfig.notFound')
  await app.write((work) => updateTrialOfferConfig(work, configId, none))
  assert.deepEqual(await listLines(configId), ['trialOfferConfig.created', 'trialOfferConfig.updated'])
})

test('a class is listed while its offer and the class are on and a slot follows within a year', async () => {
  const { classId, configId } = await scene.arrangeClass()
  const [row] = (await listClasses()).filter(({ id }: { id: number }) => id === classId)
  assert.equal(row.trialOfferConfigId, configId)
  assert.deepEqual([row.trialOfferClass.id, row.trialOfferClass.bookable], [classId, true])
  const absent = await app.write(async (work) => {
    const hidden = await insertClass(work, app.berlin, { onlineVisible: false })
    const shown = await insertClass(work, app.berlin, { bookable: false })
    const ended = await insertClass(work, app.berlin, { active: false })
    const canceled = await insertClass(work, app.berlin)
    const begun = await insertClass(work, app.berlin)
    const far = await insertClass(work, app.berlin)
    const free = await insertClass(work, app.berlin)
    const soon = '2026-06-16T10:00+02:00'
    for (const one of [hidden, shown, ended, free]) await insertSlot(work, { ...app.berlin, ...one }, soon)
    await insertSlot(work, { ...app.berlin, ...canceled }, soon, { status: 'CANCELED' })
    await insertSlot(work, { ...app.berlin, ...begun }, '2026-06-15T09:00+02:00')
    await insertSlot(work, { ...app.berlin, ...far }, '2027-06-15T09:01+02:00')
    const ids = [hidden, shown, ended, canceled, begun, far].map((one) => one.classId)
    await assignTrialOffers(work, configId, { classIds: [classId, ...ids], bookableIds: [] })
    return [...ids, free.classId]
  })
  const listed = toIds(await listClasses())
  assert.deepEqual(
    [listed.includes(classId), ...absent.map((id) => listed.includes(id))],
    [true, ...absent.map(() => false)],
  )
  for (const id of absent) {
    const slots = await app.get(`${offers}/classes/${id}/slots`)
    assert.deepEqual([slots.status, slots.body.errorCode], [404, 'errormessage.trialOffer.notFound'])
  }
  const year = await app.write((work) =>
    insertSlot(work, { ...app.berlin, classId: absent[5] ?? 0 }, '2027-06-15T09:00+02:00'),
  )
  assert.ok(year > 0 && toIds(await listClasses()).includes(absent[5] ?? 0))
  await app.write((work) => updateTrialOfferConfig(work, configId, { active: false }))
  assert.equal(toIds(await listClasses()).includes(classId), false)
  assert.equal((await app.get(`${offers}/classes/${classId}/slots`)).status, 404)
})

test('a bookable is listed while it is on and valid within a year, whomever it is for', async () => {
  const date = (text: string) => Temporal.PlainDate.from(text)
  const { configId, ids } = await app.write(async (work) => {
    const config = { studioId: app.berlin.studioId, name: 'Open day', contingent: 1 }
    const id = await createTrialOfferConfig(work, config)
    const made: number[] = []
    for (const changes of [
      { forCustomers: false },
      { validFrom: date('2027-06-15') },
      { validFrom: date('2027-06-16') },
      { validTo: date('2026-06-15') },
      { validTo: date('2026-06-14') },
      { active: false },
      { onlineBookable: false },
    ]) {
      made.push((await insertBookable(work, app.berlin, changes)).bookableId)
    }
    await assignTrialOffers(work, id, { classIds: [], bookableIds: made })
    return { configId: id, ids: made }
  })
  const { body } = await app.get(`${offers}/appointments/bookable`)
  assert.deepEqual(toIds(body.result), [ids[0], ids[1], ids[3]])
  const [first] = body.result
  assert.equal(first.trialOfferConfigId, configId)
  assert.deepEqual(first.trialOfferBookableAppointment, { id: ids[0], title: 'Training', duration: 45 })
  const slots = await app.get(`${offers}/appointments/bookable/${ids[4]}/slots`)
  assert.deepEqual([slots.status, slots.body.errorCode], [404, 'errormessage.trialOffer.notFound'])
  assert.equal((await app.get(`${offers}/appointments/bookable/${ids[0]}/slots`)).body.length > 0, true)
})

test('lists go on where they stopped, by the id of what is offered', async () => {
  const made = []
  for (let k = 0; k < 11; k++) made.push((await scene.arrangeClass()).classId)
  const all = toIds((await app.get(`${offers}/classes?sliceSize=100`)).body.result)
  const first = (await app.get(`${offers}/classes?sliceSize=10`)).body
  assert.deepEqual([first.hasNext, first.offset], [true, String(all[9])])
  const rest = (await app.get(`${offers}/classes?sliceSize=100&offset=${first.offset}`)).body
  assert.deepEqual([...toIds(first.result), ...toIds(rest.result)], all)
  assert.equal((await app.get(`${offers}/classes`, { as: app.hamburg })).body.result.length, 0)
})

test('a class belongs to one offer: it moves, and both offers keep a line of it', async () => {
  const one = await scene.arrangeClass()
  const two = await scene.arrangeClass()
  await scene.assign(two.configId, { classIds: [one.classId, two.classId, two.classId], bookableIds: [] })
  const rows = await app.read(({ db }) => listTrialOfferConfigs(db, app.berlin.studioId))
  const offered = new Map(rows.map((row) => [row.id, row.classIds]))
  assert.deepEqual([offered.get(one.configId), offered.get(two.configId)], [[], [one.classId, two.classId]])
  assert.equal((await listLines(one.configId)).filter((action) => action === 'trialOfferConfig.assigned').length, 2)
  const before = await listLines(two.configId)
  await scene.assign(two.configId, { classIds: [two.classId, one.classId], bookableIds: [] })
  assert.deepEqual(await listLines(two.configId), before)
})

test('staff cannot store an impossible config, offer what the studio does not have, or overwrite each other', async () => {
  const { configId, classId } = await scene.arrangeClass()
  const strange = await app.write(async (work) => (await insertClass(work, app.hamburg)).classId)
  const config = { studioId: app.berlin.studioId, name: ' ', contingent: 0, confirmationTermValue: -1 }
  await assert.rejects(
    app.write((work) => createTrialOfferConfig(work, config)),
    refusesWith('errormessage.validation.required'),
  )
  await assert.rejects(
    app.write((work) => updateTrialOfferConfig(work, configId, { contingent: 0 })),
    refusesWith('errormessage.validation.min'),
  )
  await assert.rejects(
    scene.assign(configId, { classIds: [classId, strange], bookableIds: [] }),
    refusesWith('errormessage.class.notFound'),
  )
  await assert.rejects(
    scene.assign(configId, { classIds: [], bookableIds: [classId] }),
    refusesWith('errormessage.bookableAppointment.notFound'),
  )
  const nobody = refusesWith('errormessage.trialOfferConfig.notFound')
  await assert.rejects(scene.assign(999, { classIds: [], bookableIds: [] }), nobody)
  await assert.rejects(
    app.write((work) => updateTrialOfferConfig(work, 999, { name: 'No' })),
    nobody,
  )
  await app.write((work) => updateTrialOfferConfig(work, configId, { name: 'New' }, 0))
  await assert.rejects(
    app.write((work) => updateTrialOfferConfig(work, configId, { name: 'Late' }, 0)),
    refusesWith('errormessage.concurrentModification'),
  )
})
