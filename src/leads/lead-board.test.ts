import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { insertContract } from '../../test/support/scenes/booking-world.ts'
import { newLead } from '../../test/support/scenes/leads.ts'
import { listAudit } from '../../test/support/records.ts'
import { convertLead, createCampaign, setLeadNotes, setLeadStatus } from './lead-board.ts'
import { leadsOfPerson } from './person-part.ts'
import { listLeads } from './store.ts'
import { leads } from './tables.ts'

let app: TestApp
before(async () => {
  app = await openTestApp()
})
after(() => app.close())

const enter = async (more: object = {}) => (await app.post('/v1/leads/create', { ...newLead(), ...more })).body
const selectRow = async (id: number) => {
  const [row] = await app.read(({ db }) => db.select().from(leads).where(eq(leads.id, id)))
  return row
}
const listActions = async (id: number) =>
  (await listAudit(app)).filter(({ entityId }) => entityId === id).map(({ action }) => action)

test('a lead is given up and taken up again; saying the same twice leaves no trace', async () => {
  const { id } = await enter()
  const become = (status: 'OPEN' | 'LOST') => app.write((work) => setLeadStatus(work, id, status))
  await become('OPEN')
  await become('LOST')
  await become('LOST')
  assert.equal((await selectRow(id))?.status, 'LOST')
  await become('OPEN')
  assert.equal((await selectRow(id))?.status, 'OPEN')
  assert.deepEqual(await listActions(id), ['lead.created', 'lead.updated', 'lead.updated'])
  await assert.rejects(
    app.write((work) => setLeadStatus(work, 1, 'LOST')),
    { status: 404 },
  )
})

test('a customer has one open lead at most', async () => {
  const { id, customerId } = await enter()
  await app.write((work) => setLeadStatus(work, id, 'LOST'))
  await app.write(({ tx, now }) =>
    tx.insert(leads).values({ studioId: 123, customerId, source: 'STAFF', createdAt: now, updatedAt: now }),
  )
  await assert.rejects(
    app.write((work) => setLeadStatus(work, id, 'OPEN')),
    { code: 'errormessage.lead.alreadyOpen' },
  )
})

test('the first contract converts the open lead, and a converted lead stays one', async () => {
  const { id, customerId } = await enter()
  await app.write(async (work) => {
    const { contractId } = await insertContract(work, app.berlin, { customerId })
    await convertLead(work, customerId, contractId)
    await convertLead(work, customerId, contractId)
  })
  const row = await selectRow(id)
  assert.equal(row?.status, 'CONVERTED')
  assert.ok(row?.convertedContractId)
  assert.deepEqual(await listActions(id), ['lead.created', 'lead.updated'])
  await assert.rejects(
    app.write((work) => setLeadStatus(work, id, 'LOST')),
    { code: 'errormessage.lead.alreadyConverted' },
  )
})

test('the audit log says that notes changed, not what they say', async () => {
  const { id } = await enter({ notes: 'asks for yoga' })
  await app.write((work) => setLeadNotes(work, id, 'is allergic to nuts'))
  assert.equal((await selectRow(id))?.notes, 'is allergic to nuts')
  await app.write((work) => setLeadNotes(work, id, null))
  assert.equal((await selectRow(id))?.notes, null)
  const lines = (await listAudit(app)).filter(({ entityId }) => entityId === id)
  assert.equal(lines.length, 3)
  assert.doesNotMatch(JSON.stringify(lines), /yoga|nuts/)
})

test('a code is that of one campaign of a studio, and its leads are listed with it', async () => {
  const create = (studioId = app.berlin.studioId) =>
    app.write((work) => createCampaign(work, { studioId, name: 'Fair', externalId: 'FAIR-26' }))
  const campaignId = await create()
  await assert.rejects(create(), { code: 'errormessage.campaign.externalIdInUse' })
  await create(app.hamburg.studioId)
  const { id } = await enter({ externalIdentifier: 'FAIR-26' })
  const [newest] = await app.read(({ db }) => listLeads(db, app.berlin.studioId, 'OPEN'))
  assert.deepEqual([newest?.id, newest?.campaignId, newest?.source], [id, campaignId, 'API_LEAD'])
  assert.deepEqual(await app.read(({ db }) => listLeads(db, app.hamburg.studioId)), [])
})

test('the notes on a lead who is erased are forgotten, and of no other lead', async () => {
  const [leaver, other] = [await enter({ notes: 'asks for yoga' }), await enter({ notes: 'asks for yoga' })]
  const person = { customerId: leaver.customerId, today: Temporal.PlainDate.from('2026-06-15'), isProspect: false }
  await app.write((work) => leadsOfPerson.erase(work, person))
  assert.deepEqual([(await selectRow(leaver.id))?.notes, (await selectRow(other.id))?.notes], [null, 'asks for yoga'])
})
