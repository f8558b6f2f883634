import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import {
  addDebtor,
  assertCollectionWhole,
  asStaff,
  collect,
  openAgency,
  report,
  standing,
} from '../../test/support/scenes/collection.ts'
import { listEvents } from '../../test/support/records.ts'
import { bookPayment } from '../accounts/index.ts'
import { customers } from '../customers/customer-table.ts'
import { readMoney } from '../platform/values/money.ts'
import * as staff from './staff-api.ts'

let app: TestApp
let agencyContractId: number
before(async () => {
  app = await openTestApp()
  agencyContractId = await openAgency(app)
})
after(() => app.close())
afterEach(() => assertCollectionWhole(app))

const date = '2026-06-15'
const writeOff = [{ key: 'WRITE_OFF_REMAINING_DEBTS', value: 'true' }]
const rejected = (rejectionReason: string) => ({ type: 'REJECTION', rejectionReason, date })

async function closed(closure: object, paid = [4]) {
  const { customerId } = await addDebtor(app, ['20.00'])
  const collected = await collect(app, customerId)
  const { status, text } = await report(app, collected, { paid, closure })
  assert.equal(status, 200, text)
  return { ...collected, ...(await standing(app, customerId)) }
}

const pay = (customerId: number, amount: string) =>
  app.write((work) =>
    bookPayment(work, {
      customerId,
      studioId: app.berlin.studioId,
      amount: readMoney(amount, 'EUR', 'amount'),
      method: 'CASH',
      description: 'Desk',
      journalKey: `desk:${customerId}`,
    }),
  )

for (const [what, changes, closure, open, inDebtCollection] of [
  ['POSITIVE without a word', {}, { type: 'POSITIVE', date }, [16], false],
  ['POSITIVE with the option', {}, { type: 'POSITIVE', date, options: writeOff }, [0], false],
  ['NEGATIVE where it is always so', { onClosure: 'ALWAYS' }, { type: 'NEGATIVE', date }, [0], false],
  ['REVERSAL, where the option says nothing', {}, { type: 'REVERSAL', date, options: writeOff }, [16], false],
  ['REVERSAL where it is always so', { onRejection: 'ALWAYS' }, { type: 'REVERSAL', date }, [0], false],
  ['REJECTION', {}, rejected('WITHDRAWN_BY_STUDIO'), [16], true],
  ['REJECTION with nothing left', { onRejection: 'ALWAYS' }, rejected('WITHDRAWN_BY_STUDIO'), [0], false],
] as const) {
  test(`after ${what} ${open[0]} is open, and the customer is ${inDebtCollection ? '' : 'not '}collected from`, async () => {
    const usual = { onClosure: 'BY_PARTNER', onRejection: 'BY_PARTNER' }
    await asStaff(app, staff.updateAgencyContract, { agencyContractId }, { ...usual, ...changes })
    const after = await closed(closure)
    await asStaff(app, staff.updateAgencyContract, { agencyContractId }, usual)
    assert.deepEqual([after.open, after.inDebtCollection], [open, inDebtCollection])
  })
}

test('the first closure is final, and what is paid later still counts', async () => {
  const collected = await closed({ type: 'NEGATIVE', date })
  const later = { paid: [10], closure: { type: 'POSITIVE', date, options: writeOff } }
  assert.equal((await report(app, collected, later)).status, 200)
  assert.deepEqual((await standing(app, collected.customerId)).open, [10])
  const { body } = await app.get(`/v1/debt-collection/cases?collectionCaseId=${collected.caseId}`)
  assert.equal(body[0].agencyCollectionCases[0].closure.type, 'NEGATIVE')
})

test('a hold ends when staff release it, or when nothing is open', async () => {
  const [released, paid] = [
    await closed(rejected('WITHDRAWN_BY_STUDIO')),
    await closed(rejected('WITHDRAWN_BY_STUDIO')),
  ]
  await asStaff(app, staff.releaseHold, { customerId: released.customerId })
  assert.equal((await standing(app, released.customerId)).inDebtCollection, false)
  await pay(paid.customerId, '15.00')
  assert.equal((await standing(app, paid.customerId)).inDebtCollection, true)
  await app.write((work) =>
    bookPayment(work, {
      customerId: paid.customerId,
      studioId: app.berlin.studioId,
      amount: readMoney('1.00', 'EUR', 'amount'),
      method: 'CASH',
      description: 'Desk',
      journalKey: 'the rest',
    }),
  )
  assert.equal((await standing(app, paid.customerId)).inDebtCollection, false)
})

test('a customer is kept out while an agency collects, and let in with the end of it', async () => {
  const { customerId } = await addDebtor(app, ['20.00'])
  const refusal = async () => (await app.get(`/v1/customers/${customerId}`)).body.accessRefusal
  const collected = await collect(app, customerId)
  assert.equal(await refusal(), true)
  await report(app, collected, { paid: [20], closure: { type: 'POSITIVE', date } })
  assert.equal(await refusal(), false)
  const types = (await listEvents(app)).filter((event) => event.customerId === customerId).map(({ type }) => type)
  assert.deepEqual(
    types.filter((type) => type.includes('RESTRICTION')),
    ['CUSTOMER_ACCESS_RESTRICTION_CREATED', 'CUSTOMER_ACCESS_RESTRICTION_DELETED'],
  )
})

test('a hold that ends by a payment lets the customer in as well', async () => {
  const { customerId } = await closed(rejected('WITHDRAWN_BY_STUDIO'))
  const refusal = async () => (await app.get(`/v1/customers/${customerId}`)).body.accessRefusal
  assert.equal(await refusal(), true)
  await pay(customerId, '16.00')
  await app.travelTo('2026-06-15T09:01:00+02:00')
  assert.equal(await refusal(), false)
})

const findBlock = async (debtorId: string) =>
  (await app.get(`/v1/debt-collection/blocked/debtors?debtorId=${debtorId}`)).body.result[0]?.block
const debtBlocks = async ({ debtIds }: { debtIds: readonly string[] }) =>
  (await app.get(`/v1/debt-collection/blocked/debts?debtId=${debtIds[0]}`)).body.result.flatMap((each: any) =>
    each.debts.map((debt: any) => debt.block),
  )

test('what a rejection means for later handovers follows from its reason', async () => {
  const unlimited = { limitType: 'UNLIMITED' }
  const abroad = await closed(rejected('NO_COLLECTION_ABROAD_POSSIBLE'))
  assert.deepEqual(await findBlock(abroad.debtorId), unlimited)
  const register = await closed(rejected('HARD_NEGATIVES_IN_DEBTOR_REGISTER'))
  assert.deepEqual(await findBlock(register.debtorId), { limitType: 'LIMITED', endDate: '2027-06-15' })
  const court = await closed(rejected('CLAIMS_ALREADY_IN_COURT'))
  assert.deepEqual([await findBlock(court.debtorId), await debtBlocks(court)], [undefined, [unlimited]])
  const fraud = await closed(rejected('FRAUD'))
  assert.deepEqual(await findBlock(fraud.debtorId), unlimited)
  const { body } = await app.get(`/v1/debt-collection/blocked/debtors?debtorId=${fraud.debtorId}`)
  assert.equal(body.result[0].debts[0].latestRejectionReason, 'FRAUD')
  const renamed = await closed(rejected('CLAIM_INCREASE_IMPORTED_CASE'))
  const shown = await app.get(`/v1/debt-collection/cases?debtorId=${renamed.debtorId}`)
  assert.equal(shown.body[0].agencyCollectionCases[0].closure.rejectionReason, 'CLAIM_INCREASE_IMPORTED_SYSTEM')
})

test('an address to which nothing can be delivered keeps a customer out of handovers until it changes', async () => {
  const { customerId, runId } = await closed(rejected('POSTAL_DELIVERY_NOT_POSSIBLE'))
  await asStaff(app, staff.releaseHold, { customerId })
  const { addressStatus } = (await app.get(`/v1/debt-collection/${runId}/debtors`)).body.result[0].addressData
  assert.deepEqual(addressStatus, { type: 'INVALID', since: date })
  await assert.rejects(collect(app, customerId), { code: 'errormessage.debtCollection.excluded' })
  await app.write(({ tx }) => tx.update(customers).set({ addressStatus: 'VALID' }).where(eq(customers.id, customerId)))
  await collect(app, customerId)
})

test('blocks of an agency come and go with its reports; those of staff stay', async () => {
  const { customerId, claimIds } = await addDebtor(app, ['20.00', '30.00'])
  const collected = await collect(app, customerId)
  const limited = { limitType: 'LIMITED', endDate: '2026-12-31' }
  const block = { limitType: 'UNLIMITED', endDate: '9999-12-31' }
  assert.equal((await report(app, collected, { paid: [0, 0], block, debtBlocks: [limited] })).status, 200)
  assert.deepEqual(await findBlock(collected.debtorId), { limitType: 'UNLIMITED' })
  assert.deepEqual(await debtBlocks(collected), [limited])
  const { body } = await app.get(`/v1/debt-collection/cases?debtorId=${collected.debtorId}`)
  assert.deepEqual([body[0].block, body[0].agencyCollectionCases[0].debts[0].block], [block, limited])
  await asStaff(app, staff.setBlock, {}, { customerId, claimId: claimIds[0], endDate: '2026-06-15' })
  await report(app, collected, { paid: [0, 0], block: { limitType: 'DISABLED' } })
  assert.equal(await findBlock(collected.debtorId), undefined)
  assert.deepEqual(await debtBlocks(collected), [{ limitType: 'LIMITED', endDate: date }])
  await app.travelTo('2026-06-16T00:00:00+02:00')
  assert.deepEqual(await debtBlocks(collected), [])
  const [own] = await asStaff(app, staff.listBlocks, {}, { customerId })
  await report(app, collected, { paid: [0, 0], block })
  const [agencys] = (await asStaff(app, staff.listBlocks, {}, { customerId })).filter(
    (each: any) => each.source === 'AGENCY',
  )
  await assert.rejects(asStaff(app, staff.liftBlock, { blockId: agencys.id }), { status: 404 })
  await asStaff(app, staff.liftBlock, { blockId: own.id })
})

test('money that an agency has collected is only changed by what it reports', async () => {
  const { customerId, claimIds } = await addDebtor(app, ['20.00'])
  const collected = await collect(app, customerId)
  await report(app, collected, { paid: [5] })
  const accounts = await import('../accounts/index.ts')
  const [paid] = await app.read(({ db }) => accounts.listCustomerCredits(db, customerId))
  const refusal = { code: 'errormessage.account.paymentOfAgency' }
  const paymentId = paid?.id ?? 0
  const reversal = { paymentId, kind: 'RETURN', description: 'x' } as const
  await assert.rejects(
    app.write((work) => accounts.reversePayment(work, reversal)),
    refusal,
  )
  await assert.rejects(
    app.write((work) => accounts.reallocatePayment(work, paymentId, claimIds)),
    refusal,
  )
})

test('staff close a case for its agency to read, and take that back on the same day', async () => {
  const { customerId } = await addDebtor(app, ['20.00'])
  const collected = await collect(app, customerId)
  await report(app, collected, { paid: [4] })
  const [{ id: caseId }] = await asStaff(app, staff.listCases, {}, { customerId })
  const close = { type: 'REJECTION', reason: 'NO_COLLECTION_ABROAD_POSSIBLE' }
  const { adjustmentRequestId } = await asStaff(app, staff.closeCase, { caseId }, close)
  const event = (await listEvents(app)).find(({ entityId }) => entityId === adjustmentRequestId)
  const name = `file-${collected.caseId}`
  assert.deepEqual(event?.content, { agencyDebtCollectionCaseId: name, agencyCollectionCaseId: name })
  const unread = async () =>
    (await asStaff(app, staff.listAdjustments, {})).find((each: any) => each.id === adjustmentRequestId).state
  assert.equal(await unread(), 'OPEN')
  const path = `/v1/debt-collection/cases?caseAdjustmentRequestId=${adjustmentRequestId}`
  const { body } = await app.get(path)
  assert.equal(body[0].agencyCollectionCases[0].closure.rejectionReason, 'NO_COLLECTION_ABROAD_POSSIBLE')
  assert.equal(await unread(), 'ACKNOWLEDGED')
  assert.equal((await app.get(path.replace(/\d+$/, '1'))).status, 404)
  await asStaff(app, staff.revertClosure, { caseId })
  const after = await standing(app, customerId)
  assert.deepEqual([after.balance, after.inDebtCollection, await findBlock(collected.debtorId)], [-16, true, undefined])
  await report(app, collected, { paid: [20], closure: { type: 'POSITIVE', date: '2026-06-16' } })
  await assert.rejects(asStaff(app, staff.revertClosure, { caseId }), {
    code: 'errormessage.debtCollection.closureFinal',
  })
  await assert.rejects(asStaff(app, staff.closeCase, { caseId }, close), { status: 409 })
})

test('what staff gave up with a closure is revived when they take it back, unless it was paid', async () => {
  const { customerId } = await addDebtor(app, ['20.00'])
  await collect(app, customerId)
  const [{ id: caseId }] = await asStaff(app, staff.listCases, {}, { customerId })
  await asStaff(app, staff.closeCase, { caseId }, { type: 'NEGATIVE', writeOff: true })
  assert.equal((await standing(app, customerId)).balance, 0)
  await asStaff(app, staff.revertClosure, { caseId })
  assert.equal((await standing(app, customerId)).balance, -20)
  await asStaff(app, staff.closeCase, { caseId }, { type: 'REVERSAL' })
  await pay(customerId, '5.00')
  await assert.rejects(asStaff(app, staff.revertClosure, { caseId }), { status: 409 })
  const given = await asStaff(app, staff.writeOffRest, { caseId })
  assert.deepEqual(given, { amount: '15.00', currency: 'EUR' })
  assert.equal((await standing(app, customerId)).balance, 0)
})

test('staff leave cases alone where that was not agreed', async () => {
  await asStaff(app, staff.updateAgencyContract, { agencyContractId }, { allowCaseUpdates: false })
  const { customerId } = await addDebtor(app, ['20.00'])
  await collect(app, customerId)
  const [{ id: caseId }] = await asStaff(app, staff.listCases, {}, { customerId })
  const closing = asStaff(app, staff.closeCase, { caseId }, { type: 'NEGATIVE' })
  await assert.rejects(closing, { code: 'errormessage.debtCollection.caseUpdatesNotAllowed' })
})

test('an agency that does not confirm is reminded once a day, three times, and staff see it', async () => {
  const { customerId } = await addDebtor(app, ['20.00'])
  const { runId } = await collect(app, customerId, { confirms: false })
  const countAnnouncements = async () =>
    (await listEvents(app)).filter(({ type, entityId }) => type.includes('RUN_CREATED') && entityId === runId).length
  assert.equal(await countAnnouncements(), 1)
  for (let day = 17; day < 24; day += 1) await app.travelTo(`2026-06-${day}T10:00:00+02:00`)
  assert.equal(await countAnnouncements(), 4)
  const tasks = await asStaff(app, staff.listTasks, {})
  assert.ok(tasks.some((task: any) => task.kind === 'RUN_WAITING' && task.id === runId))
})
