import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { listAudit, listEvents } from '../../../test/support/records.ts'
import { day } from '../../../test/support/samples/contract-plan.ts'
import { assertLedgerWhole } from '../../../test/support/scenes/accounts.ts'
import { addReason, allowCanceling, openCanceling, outcome } from '../../../test/support/scenes/canceling-scene.ts'
import { showClaims } from '../../../test/support/scenes/contract-scene.ts'
import { openStaff, type Staff } from '../../../test/support/scenes/staff.ts'
import { contractsModule } from '../index.ts'
import * as api from './staff-api.ts'

let app: TestApp
let staff: Staff
let scene: Awaited<ReturnType<typeof openCanceling>>
before(async () => {
  app = await openTestApp({ now: '2026-05-10T10:00:00+02:00' })
  staff = openStaff(app, contractsModule)
  scene = await openCanceling(app)
})
after(() => app.close())
afterEach(() => assertLedgerWhole(app))

const list = () => staff.run(api.listCancelations, {}, { studioId: app.berlin.studioId })
const cancel = ({ contractId }: { contractId: number }, body: object) =>
  staff.run(api.cancelContract, { contractId }, { reasonId: scene.reasonId, ...body })
const refuse = async ({ contractId }: { contractId: number }, body: object) =>
  (await staff.refuse(api.cancelContract, { contractId }, { reasonId: scene.reasonId, ...body })).code.slice(13)
async function newEvents(call: () => Promise<unknown>) {
  const known = (await listEvents(app)).length
  await call()
  return (await listEvents(app)).slice(known).map(({ type }) => type)
}

test('what waits is listed until staff accept it, and then counts from its receipt', async () => {
  await allowCanceling(app, 'CHANGES_REQUIRE_VERIFICATION')
  const contract = await scene.sign()
  assert.equal(outcome(await scene.cancel(contract, '2026-12-31')), 'true')
  const { contractId } = contract
  const waiting = { ...contract, receiptDate: '2026-05-10', toDate: '2026-12-31', reason: 'Moving away' }
  assert.deepEqual(await list(), [{ ...waiting, state: 'PENDING', contractEnd: '2026-12-31' }])
  assert.deepEqual(await newEvents(() => staff.run(api.acceptCancelation, { contractId })), ['CONTRACT_CANCELLED'])
  assert.deepEqual(await list(), [])
  assert.equal((await scene.show(contract)).cancelationStatus, 'CANCELED')
  const again = await staff.refuse(api.acceptCancelation, { contractId }, {})
  assert.equal(again.code, 'errormessage.amendment.notPending')
})

test('a withdrawal that waits lets the contract go on when staff accept it, and not when they reject it', async () => {
  const [one, other] = [await scene.sign(), await scene.sign()]
  await allowCanceling(app)
  for (const contract of [one, other]) await scene.cancel(contract, '2027-01-31')
  await allowCanceling(app, 'CHANGES_REQUIRE_VERIFICATION')
  for (const contract of [one, other]) await scene.withdraw(contract)
  assert.equal((await list()).length, 2)
  const accept = () => staff.run(api.acceptCancelation, { contractId: one.contractId })
  assert.deepEqual(await newEvents(accept), ['CONTRACT_UPDATED'])
  const reject = () => staff.run(api.rejectCancelation, { contractId: other.contractId }, { note: 'Too late' })
  assert.deepEqual(await newEvents(reject), [])
  assert.deepEqual([await scene.states(one), await scene.states(other)], [['WITHDRAWN'], ['EFFECTIVE']])
  assert.deepEqual([(await scene.show(one)).endDate, (await scene.show(other)).endDate], ['2026-12-31', '2027-01-31'])
  const line = (await listAudit(app)).findLast(({ action }) => action === 'contractCancelation.rejected')
  assert.deepEqual(line?.diff, { state: ['WITHDRAWAL_PENDING', 'EFFECTIVE'], note: [null, 'Too late'] })
})

test('a cancelation that waits holds the contract back; rejected after the deadline, it goes on at once', async () => {
  await allowCanceling(app, 'CHANGES_REQUIRE_VERIFICATION')
  const contract = await scene.sign({ start: day('2025-06-11') })
  assert.equal(outcome(await scene.cancel(contract, '2026-06-10')), 'true')
  await app.travelTo('2026-05-11T10:00:00+02:00')
  assert.equal((await scene.show(contract)).endDate, '2026-06-10')
  const { contractId } = contract
  assert.deepEqual(await newEvents(() => staff.run(api.rejectCancelation, { contractId }, {})), ['CONTRACT_UPDATED'])
  assert.deepEqual([await scene.states(contract), (await scene.show(contract)).endDate], [['REJECTED'], '2026-07-10'])
})

test('staff cancel to a day that could be chosen on receipt, or out of the ordinary to any day of the contract', async () => {
  const contract = await scene.sign({ start: day('2025-06-05') })
  assert.deepEqual(
    [(await scene.show(contract)).endDate, await scene.lastClaim(contract)],
    ['2026-07-04', 'SCHEDULED 2026-06-05 30.00'],
  )
  const hidden = await addReason(app, { visibleOnline: false, name: 'Goodwill' })
  assert.equal(await refuse(contract, { toDate: '2026-06-04', reasonId: 1 }), 'contract.cancelationReasonInvalid')
  assert.equal(await refuse(contract, { toDate: '2026-06-04' }), 'contract.cancelationDateInvalid')
  assert.equal(
    await refuse(contract, { toDate: '2026-06-04', receiptDate: '2026-07-01' }),
    'validation.mustNotBeFuture',
  )
  const letter = { toDate: '2026-06-04', receiptDate: '2026-05-04', reasonId: hidden }
  assert.equal((await cancel(contract, letter)).contractEnd, '2026-06-04')
  // What was due before the contract was signed here is due on the day of signing.
  assert.equal(await scene.lastClaim(contract), 'SCHEDULED 2026-05-11 30.00')
  assert.equal(await refuse(contract, letter), 'contract.cancelationExists')
  await allowCanceling(app)
  assert.equal(outcome(await scene.withdraw(contract)), '400 contract.cancelationNotWithdrawable')
  const other = await scene.sign()
  const extraordinary = { kind: 'EXTRAORDINARY', origin: 'CUSTOMER' }
  assert.equal(await refuse(other, { ...extraordinary, toDate: '2027-01-01' }), 'contract.cancelationDateInvalid')
  assert.equal((await cancel(other, { ...extraordinary, toDate: '2026-06-15' })).contractEnd, '2026-06-15')
})

const withdraw = ({ contractId }: { contractId: number }) =>
  staff.run(api.withdrawCancelation, { contractId }, { reason: 'Stays after all' })
const refuseWithdrawal = async ({ contractId }: { contractId: number }) =>
  (await staff.refuse(api.withdrawCancelation, { contractId }, { reason: 'Stays after all' })).code.slice(13)
const claims = ({ contractId }: { contractId: number }) => showClaims(app, contractId)

test('staff take back what they have canceled, of any kind: the contract is what it was, and the reason is on record', async () => {
  for (const wish of [{ toDate: '2026-12-31' }, { kind: 'EXTRAORDINARY', toDate: '2026-06-15', origin: 'CUSTOMER' }]) {
    const contract = await scene.sign()
    const before = [await scene.show(contract), await claims(contract)]
    await cancel(contract, wish)
    const events = await newEvents(async () =>
      assert.deepEqual(await withdraw(contract), {
        contractId: contract.contractId,
        state: 'WITHDRAWN',
        contractEnd: '2026-12-31',
      }),
    )
    assert.deepEqual(events, ['CONTRACT_UPDATED'])
    assert.deepEqual([await scene.show(contract), await claims(contract)], before)
    const line = (await listAudit(app)).findLast(({ action }) => action === 'contractCancelation.withdrawn')
    assert.deepEqual(line?.diff, { state: ['EFFECTIVE', 'WITHDRAWN'], note: [null, 'Stays after all'] })
    assert.equal(await refuseWithdrawal(contract), 'contract.cancelationNotFound')
  }
})

test('staff take back what a member has wished and what still waits; partners learn of it where it was in effect', async () => {
  const [waiting, wished] = [await scene.sign(), await scene.sign()]
  await allowCanceling(app, 'CHANGES_REQUIRE_VERIFICATION')
  await scene.cancel(waiting, '2026-12-31')
  await allowCanceling(app)
  await scene.cancel(wished, '2026-12-31')
  await allowCanceling(app, 'CHANGES_REQUIRE_VERIFICATION')
  await scene.withdraw(wished)
  assert.deepEqual(await newEvents(() => withdraw(waiting)), [])
  assert.deepEqual(await newEvents(() => withdraw(wished)), ['CONTRACT_UPDATED'])
  assert.deepEqual([await scene.states(waiting), await scene.states(wished)], [['WITHDRAWN'], ['WITHDRAWN']])
})

test('staff take back no cancelation by a switch, and none whose last day has passed', async () => {
  const [switched, over] = [await scene.sign(), await scene.sign()]
  for (const contract of [switched, over]) await cancel(contract, { kind: 'EXTRAORDINARY', toDate: '2026-05-11' })
  await scene.change(switched, { kind: 'SWITCH' })
  assert.equal(await refuseWithdrawal(switched), 'contract.cancelationNotWithdrawable')
  await app.travelTo('2026-05-12T00:00:01+02:00')
  assert.equal(await refuseWithdrawal(over), 'contract.ended')
  assert.equal(await refuseWithdrawal({ contractId: 1 }), 'contract.notFound')
})
