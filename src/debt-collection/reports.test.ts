import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, afterEach, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import {
  addDebtor,
  assertCollectionWhole,
  asStaff,
  type Collected,
  collect,
  makeReport,
  openAgency,
  report,
  standing,
} from '../../test/support/scenes/collection.ts'
import * as staff from './staff-api.ts'

let app: TestApp
let agencyContractId: number
before(async () => {
  app = await openTestApp()
  agencyContractId = await openAgency(app)
})
after(() => app.close())
afterEach(() => assertCollectionWhole(app))

const update = '/v1/debt-collection/update'
const today = '2026-06-15'

/** A report of one debt of 20.00, changed in one field. */
function send(collected: Collected, change: (body: any) => void) {
  const body = structuredClone(makeReport(collected, { paid: [5] })) as any
  change(body)
  return app.post(update, body)
}
const agencyCase = (body: any) => body.debtors[0].agencyCollectionCases[0]
const debt = (body: any) => agencyCase(body).debts[0]
const at = 'debtors[0].agencyCollectionCases[0]'

async function twenty() {
  const { customerId } = await addDebtor(app, ['20.00'])
  return collect(app, customerId)
}

const refusals: readonly (readonly [
  what: string,
  change: (body: any) => void,
  status: number,
  code: string,
  reference?: string,
])[] = [
  ['a blank request id', (body) => (body.requestId = '  '), 400, 'validation.required', 'requestId'],
  [
    'a request id of 65 characters',
    (body) => (body.requestId = 'x'.repeat(65)),
    400,
    'validation.maxLength',
    'requestId',
  ],
  ['an unknown debtor', (body) => (body.debtors[0].debtorId = '1'), 404, 'debtor.notFound', 'debtors[0].debtorId'],
  [
    'no case',
    (body) => (agencyCase(body).collectionCaseIds = []),
    400,
    'validation.minItems',
    `${at}.collectionCaseIds`,
  ],
  [
    'an unknown case',
    (body) => (agencyCase(body).collectionCaseIds = [randomUUID()]),
    404,
    'collectionCase.notFound',
    `${at}.collectionCaseIds[0]`,
  ],
  ['no debt', (body) => (agencyCase(body).debts = []), 400, 'validation.minItems', `${at}.debts`],
  ['a debt twice', (body) => agencyCase(body).debts.push(debt(body)), 400, 'validation.uniqueItems', `${at}.debts`],
  ['an unknown debt', (body) => (debt(body).debtId = randomUUID()), 404, 'debt.notFound', `${at}.debts[0].debtId`],
  [
    'another currency',
    (body) => (debt(body).currency = 'CHF'),
    400,
    'validation.currencyMismatch',
    `${at}.debts[0].currency`,
  ],
  [
    'another original amount',
    (body) => (debt(body).originalAmount = 19),
    400,
    'debtCollection.originalAmountMismatch',
    `${at}.debts[0].originalAmount`,
  ],
  ['half a cent', (body) => (debt(body).paidAmount = 1.005), 400, 'validation.moneyScale', `${at}.debts[0].paidAmount`],
  [
    'less than nothing paid',
    (body) => (debt(body).paidAmount = -1),
    400,
    'debtCollection.amountsExceedOriginal',
    `${at}.debts[0]`,
  ],
  [
    'more canceled and paid than there was',
    (body) => (debt(body).canceledAmount = 15.01),
    400,
    'debtCollection.amountsExceedOriginal',
    `${at}.debts[0]`,
  ],
  [
    'a rejection without reason',
    (body) => (agencyCase(body).closure = { type: 'REJECTION', date: today }),
    400,
    'debtCollection.closureInvalid',
    `${at}.closure`,
  ],
  [
    'a reason without rejection',
    (body) => (agencyCase(body).closure = { type: 'NEGATIVE', date: today, rejectionReason: 'FRAUD' }),
    400,
    'debtCollection.closureInvalid',
    `${at}.closure`,
  ],
  [
    'an option that is neither true nor false',
    (body) =>
      (agencyCase(body).closure = {
        type: 'POSITIVE',
        date: today,
        options: [{ key: 'WRITE_OFF_REMAINING_DEBTS', value: 'yes' }],
      }),
    400,
    'debtCollection.closureInvalid',
    `${at}.closure`,
  ],
  [
    'a closure of tomorrow',
    (body) => (agencyCase(body).closure = { type: 'POSITIVE', date: '2026-06-16' }),
    400,
    'debtCollection.closureInvalid',
    `${at}.closure`,
  ],
  [
    'a limited block without end',
    (body) => (debt(body).block = { limitType: 'LIMITED' }),
    400,
    'debtCollection.blockInvalid',
    `${at}.debts[0].block`,
  ],
  [
    'a block that ended yesterday',
    (body) => (body.debtors[0].block = { limitType: 'LIMITED', endDate: '2026-06-14' }),
    400,
    'debtCollection.blockInvalid',
    'debtors[0].block',
  ],
]

test('what does not fit is refused by its path, and nothing of the report is carried out', async () => {
  const collected = await twenty()
  for (const [what, change, status, code, reference] of refusals) {
    const answer = await send(collected, change)
    assert.deepEqual(
      [answer.status, answer.body?.errorCode, answer.body?.reference],
      [status, `errormessage.${code}`, reference],
      what,
    )
  }
  assert.equal((await standing(app, collected.customerId)).balance, -20)
})

test('one debtor that does not fit undoes the whole report', async () => {
  const [first, second] = [await twenty(), await twenty()]
  const one = makeReport(first, { paid: [5] })
  const other = makeReport(second, { paid: [5] }) as any
  agencyCase(other).debts[0].originalAmount = 1
  const answer = await app.post(update, { ...one, debtors: [...one.debtors, ...other.debtors] })
  assert.equal(answer.body.reference, 'debtors[1].agencyCollectionCases[0].debts[0].originalAmount')
  assert.equal((await standing(app, first.customerId)).balance, -20)
})

test('a repeat changes nothing, whatever the order of its fields; the same id with other content is refused', async () => {
  const collected = await twenty()
  const body = makeReport(collected, { paid: [5], requestId: 'no uuid' })
  assert.equal((await app.post(update, body)).status, 200)
  const turned = { debtors: body.debtors, requestId: body.requestId, more: 1 }
  assert.equal((await app.post(update, turned)).status, 200)
  const other = await report(app, collected, { paid: [6], requestId: 'no uuid' })
  assert.deepEqual([other.status, other.body.errorCode], [409, 'errormessage.debtCollection.requestIdReused'])
  assert.equal((await standing(app, collected.customerId)).balance, -15)
})

test('nothing is reported of debts that were not taken yet', async () => {
  const { customerId } = await addDebtor(app, ['20.00'])
  const collected = await collect(app, customerId, { confirms: false })
  const answer = await report(app, collected, { paid: [5] })
  assert.equal(answer.body.errorCode, 'errormessage.debtCollection.transferNotConfirmed')
})

test('an agency joins our cases in one of its own, and then names all of them', async () => {
  const { customerId, claimIds } = await addDebtor(app, ['20.00', '30.00'])
  const one = await collect(app, customerId, { claimIds: claimIds.slice(0, 1) })
  const two = await collect(app, customerId, { claimIds: claimIds.slice(1) })
  const agencyId = `joined-${one.caseId}`
  assert.equal((await report(app, one, { paid: [0], agencyId })).status, 200)
  const alone = await report(app, two, { paid: [0], agencyId })
  assert.equal(alone.body.errorCode, 'errormessage.debtCollection.caseIdsIncomplete')
  const both = makeReport(one, { paid: [5], agencyId }) as any
  agencyCase(both).collectionCaseIds.push(two.caseId)
  agencyCase(both).debts.push(...agencyCase(makeReport(two, { paid: [10] })).debts)
  assert.equal((await app.post(update, both)).status, 200)
  const elsewhere = await report(app, two, { paid: [10], agencyId: `other-${two.caseId}` })
  assert.equal(elsewhere.body.errorCode, 'errormessage.debtCollection.caseAssignedElsewhere')
  assert.equal((await standing(app, customerId)).balance, -35)
  const query = `agencyCollectionCaseId=${agencyId}`
  const { body } = await app.get(`/v1/debt-collection/cases?${query}`)
  assert.deepEqual(body[0].agencyCollectionCases[0].collectionCaseIds, [one.caseId, two.caseId])
  assert.deepEqual(
    body[0].agencyCollectionCases[0].debts.map((each: { paidAmount: number }) => each.paidAmount),
    [5, 10],
  )
})

test('another studio’s key knows neither run nor debtor, and has nothing to configure', async () => {
  const collected = await twenty()
  const as = app.hamburg
  assert.equal((await app.get('/v1/debt-collection/configuration', { as })).status, 404)
  assert.equal((await app.get(`/v1/debt-collection/${collected.runId}/details`, { as })).status, 404)
  const confirmed = await app.post(`/v1/debt-collection/${collected.runId}/confirmTransfer`, undefined, { as })
  assert.equal(confirmed.body.errorCode, 'errormessage.debtCollection.contractMissing')
})

test('what was agreed is read, and a change of it is announced', async () => {
  const { body } = await app.get('/v1/debt-collection/configuration')
  assert.deepEqual(
    [body.debtCollectionType, body.derecognizeRemainingDebtsOnClosure, body.derecognizeRemainingDebtsOnRejection],
    ['TRUST', 'BY_PARTNER', 'BY_PARTNER'],
  )
  await asStaff(app, staff.updateAgencyContract, { agencyContractId }, { onRejection: 'ALWAYS' })
  const changed = await app.get('/v1/debt-collection/configuration')
  assert.equal(changed.body.derecognizeRemainingDebtsOnRejection, 'ALWAYS')
  await asStaff(app, staff.updateAgencyContract, { agencyContractId }, { onRejection: 'BY_PARTNER' })
  const { body: feed } = await app.get('/ext/v1/events?types=FINANCE_DEBT_COLLECTION_CONFIGURATION_UPDATED')
  assert.deepEqual(
    feed.result.map((event: { entityId: number }) => event.entityId),
    [app.berlin.studioId, app.berlin.studioId, app.berlin.studioId],
  )
})

test('a run is confirmed once, and not after it was withdrawn', async () => {
  const { customerId } = await addDebtor(app, ['20.00'])
  const { runId } = await collect(app, customerId, { confirms: false })
  const confirm = () => app.post(`/v1/debt-collection/${runId}/confirmTransfer`)
  await asStaff(app, staff.withdrawRun, { runId })
  const { body } = await confirm()
  assert.equal(body.errorCode, 'errormessage.debtCollection.transferStateInvalid')
  assert.deepEqual(body.typedArgs[0].value, 'FAILED')
  const again = await collect(app, customerId)
  assert.equal((await app.post(`/v1/debt-collection/${again.runId}/confirmTransfer`)).status, 200)
})

test('an agency whose contract has ended goes on with what it has; a terminated one reports nothing', async () => {
  const collected = await twenty()
  await asStaff(app, staff.endAgencyContract, { agencyContractId })
  assert.equal((await report(app, collected, { paid: [5] })).status, 200)
  await assert.rejects(collect(app, collected.customerId), { code: 'errormessage.debtCollection.contractMissing' })
  await asStaff(app, staff.terminateAgencyContract, { agencyContractId })
  const late = await report(app, collected, { paid: [6] })
  assert.equal(late.body.errorCode, 'errormessage.debtCollection.contractMissing')
  assert.equal((await app.get('/v1/debt-collection/configuration')).status, 404)
  assert.equal((await app.get(`/v1/debt-collection/${collected.runId}/details`)).status, 200)
  await assert.rejects(asStaff(app, staff.endAgencyContract, { agencyContractId }), {
    code: 'errormessage.agencyContract.statusTransition',
  })
  agencyContractId = await openAgency(app)
  await assert.rejects(openAgency(app), { status: 409 })
})
