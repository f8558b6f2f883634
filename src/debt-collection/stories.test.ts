import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { sql } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import {
  addDebtor,
  assertCollectionWhole,
  asStaff,
  charge,
  collect,
  openAgency,
  report,
  standing,
} from '../../test/support/scenes/collection.ts'
import { listEvents } from '../../test/support/records.ts'
import { addCustomer } from '../../test/support/scenes/customers.ts'
import * as staff from './staff-api.ts'

let app: TestApp
before(async () => {
  app = await openTestApp({ now: '2026-10-15T10:00:00+02:00' })
  await openAgency(app)
})
after(() => app.close())
afterEach(() => assertCollectionWhole(app))

const positive = { type: 'POSITIVE', date: '2026-10-15' }
const writesOff = { ...positive, options: [{ key: 'WRITE_OFF_REMAINING_DEBTS', value: 'true' }] }
const ok = async (answer: Promise<{ status: number; text: string }>) => {
  const { status, text } = await answer
  assert.equal(status, 200, text)
}

/** Lines of the entries of a kind for a customer, the newest last. */
const lines = (customerId: number, kind: string) =>
  app.read(async ({ db }) => {
    const rows = await db.select({ amount: sql<string>`p.amount::numeric(9,2)::text` }).from(
      sql`postings p join journal_entries e on e.tenant_id = p.tenant_id and e.id = p.entry_id where e.kind = ${kind}
          and e.id in (select entry_id from postings where customer_id = ${customerId}) order by e.id, p.line_no`,
    )
    return rows.map(({ amount }) => amount)
  })

test('payments are corrected and grow, the rest is given up, and what is paid later revives it', async () => {
  const { customerId } = await addDebtor(app, ['10.00', '20.00'])
  const collected = await collect(app, customerId)
  const now = () => standing(app, customerId)
  const stage = { inDebtCollection: true, dunningLevel: 'Debt collection' }
  assert.deepEqual(await now(), { balance: -30, open: [10, 20], ...stage })
  await ok(report(app, collected, { paid: [5, 0] }))
  assert.deepEqual(await now(), { balance: -25, open: [5, 20], ...stage })
  await ok(report(app, collected, { paid: [2, 0] }))
  assert.deepEqual(await now(), { balance: -28, open: [8, 20], ...stage })
  const last = { paid: [5, 10], closure: writesOff, requestId: 'U3' }
  await ok(report(app, collected, last))
  const over = { balance: 0, open: [0, 0], inDebtCollection: false, dunningLevel: undefined }
  assert.deepEqual(await now(), over)
  assert.deepEqual(await lines(customerId, 'WRITE_OFF'), ['4.20', '0.80', '-5.00', '8.40', '1.60', '-10.00'])
  assert.deepEqual(await lines(customerId, 'PAYMENT'), ['5.00', '-5.00', '13.00', '-13.00'])
  await ok(report(app, collected, last))
  assert.equal((await lines(customerId, 'PAYMENT')).length, 4)
  await ok(report(app, collected, { paid: [6, 10] }))
  assert.deepEqual(await now(), over)
  assert.deepEqual(await lines(customerId, 'WRITE_OFF_RECOVERY'), ['1.00', '-0.84', '-0.16'])
})

test('without the option the rest is the studio’s again', async () => {
  const { customerId } = await addDebtor(app, ['10.00', '20.00'])
  const collected = await collect(app, customerId)
  await ok(report(app, collected, { paid: [5, 10], closure: positive }))
  const after = await standing(app, customerId)
  assert.deepEqual(after, { balance: -15, open: [5, 10], inDebtCollection: false, dunningLevel: undefined })
})

test('what is paid too much settles another claim, and is taken back from it first', async () => {
  const { customerId, claimIds } = await addDebtor(app, ['20.00', '12.00'])
  const collected = await collect(app, customerId, { claimIds: claimIds.slice(0, 1) })
  await ok(report(app, collected, { paid: [23] }))
  assert.deepEqual((await standing(app, customerId)).open, [0, 9])
  await ok(report(app, collected, { paid: [18] }))
  assert.deepEqual((await standing(app, customerId)).open, [2, 12])
})

test('the rules select overdue claims with their fees; a block makes it too little, and staff read why', async () => {
  const customerId = await addCustomer(app)
  const august = await charge(app, customerId, { amount: '29.90', days: 75 })
  const september = await charge(app, customerId, { amount: '29.90', days: 44 })
  const fee = await charge(app, customerId, { amount: '5.00', days: 25, kind: 'DUNNING_FEE', parent: august })
  const october = await charge(app, customerId, { amount: '29.90', days: 14 })
  const { studioId } = app.berlin
  const preview = async () =>
    (await asStaff(app, staff.previewRun, { studioId })).find((each: any) => each.customerId === customerId)
  const shown = await preview()
  assert.deepEqual([shown.exclusion, shown.total], [null, '64.80'])
  assert.deepEqual(
    shown.debts.map((debt: { claimId: number }) => debt.claimId),
    [august, september, fee],
  )
  assert.deepEqual(shown.excluded, [{ claimId: october, reason: 'NOT_OVERDUE' }])
  const { blockId } = await asStaff(app, staff.setBlock, {}, { customerId, claimId: september })
  const blocked = await preview()
  assert.deepEqual([blocked.exclusion, blocked.total], ['MIN_TOTAL', '34.90'])
  await asStaff(app, staff.liftBlock, { blockId })
  const { runId } = await asStaff(app, staff.draftRun, { studioId })
  assert.equal((await app.get(`/v1/debt-collection/${runId}/details`)).status, 404)
  await asStaff(app, staff.verifyRun, { runId })
  const { body } = await app.get(`/v1/debt-collection/${runId}/details`)
  assert.deepEqual(
    [body.status, body.origin, body.collectionDate, body.debtCollectionType, body.client.name1],
    ['WAITING_FOR_CONFIRMATION', 'DEBT_COLLECTION_RUN', '2026-10-15', 'TRUST', 'Berlin'],
  )
  const [event] = (await listEvents(app)).filter(
    ({ type, entityId }) => type.includes('RUN_CREATED') && entityId === runId,
  )
  assert.ok(event, 'the agency is sent an event')
  const debtor = (await app.get(`/v1/debt-collection/${runId}/debtors`)).body.result.find(
    (each: any) => each.collectionCases[0].openAmount === 64.8,
  )
  assert.deepEqual(
    debtor.collectionCases[0].debt.map((debt: { type: string }) => debt.type),
    ['DEBT_CLAIM', 'DEBT_CLAIM', 'DUNNING_FEE'],
  )
  assert.equal((await standing(app, customerId)).inDebtCollection, true)
  const [newest] = await asStaff(app, staff.listRuns, {}, { studioId })
  assert.deepEqual([newest.id, newest.debtors, Number(newest.total)], [runId, 1, 64.8])
  await asStaff(app, staff.withdrawRun, { runId })
  assert.equal((await standing(app, customerId)).inDebtCollection, false)
  assert.equal((await app.get(`/v1/debt-collection/${runId}/details`)).body.status, 'FAILED')
  assert.deepEqual((await app.get(`/v1/debt-collection/${runId}/debtors`)).body.result, [])
})
