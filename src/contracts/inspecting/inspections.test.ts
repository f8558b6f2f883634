import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { day, months } from '../../../test/support/samples/contract-plan.ts'
import { openCanceling } from '../../../test/support/scenes/canceling-scene.ts'
import { addModule, buyModule } from '../../../test/support/scenes/module-scene.ts'
import { openStaff, type Staff } from '../../../test/support/scenes/staff.ts'
import { openVoiding } from '../../../test/support/scenes/voiding-scene.ts'
import { membershipOffersModule } from '../../membership-offers/index.ts'
import { contractsModule } from '../index.ts'
import * as api from './staff-api.ts'

let app: TestApp
let staff: Staff
let scene: ReturnType<typeof openVoiding>
before(async () => {
  app = await openTestApp({ now: '2026-06-10T10:00:00+02:00' })
  staff = openStaff(app, contractsModule)
  scene = openVoiding(app)
})
after(() => app.close())

const show = ({ contractId }: { contractId: number }) => staff.run(api.showContract, { contractId })
const showState = async (contract: Parameters<typeof show>[0]) => (await show(contract)).state

test('staff see the time line of a contract with its deadlines, prices, free days and modules, and all charges', async () => {
  const contract = await scene.sign()
  const { body } = await buyModule(app, contract.contractId, await addModule(openStaff(app, membershipOffersModule)))
  await scene.pay(contract, '2026-06-10')
  const shown = await show(contract)
  assert.deepEqual(
    [shown.state, shown.startDate, shown.endDate, shown.isFinal, shown.lastCancelationDay, shown.withdrawableUntil],
    ['RUNNING', '2026-06-01', '2027-05-31', false, '2027-04-30', '2026-06-15'],
  )
  assert.deepEqual(shown.terms.slice(0, 2), [
    { to: '2027-05-31', deadline: '2027-04-30' },
    { to: '2027-06-30', deadline: '2027-05-31' },
  ])
  assert.deepEqual(shown.phases, [{ from: '2026-06-01', price: '30.00' }])
  assert.equal(shown.cancelationDates[0], '2027-05-31')
  assert.deepEqual(
    shown.modules.map(({ moduleContractId, reversed }: Record<string, unknown>) => [moduleContractId, reversed]),
    [[body.id, false]],
  )
  const [first] = shown.claims
  assert.deepEqual([first.state, first.amount, first.open, first.serviceTo], ['POSTED', '30.00', '0.00', '2026-06-30'])
  assert.equal(shown.claims.at(-1).state, 'SCHEDULED')
})

test('a contract is to come, runs, is canceled, has ended or is reversed; all of them are listed', async () => {
  const canceling = await openCanceling(app)
  const [running, reversed, canceled] = [await scene.sign(), await scene.sign(), await scene.sign()]
  const ended = await scene.sign({ start: day('2026-05-01'), initialTerm: months(1), extension: { type: 'NONE' } })
  const coming = await scene.sign({ start: day('2026-07-01') })
  await scene.withdraw(reversed)
  await canceling.cancel(canceled, '2027-05-31')
  const states: string[] = []
  for (const contract of [running, reversed, canceled, ended, coming]) states.push(await showState(contract))
  assert.deepEqual(states, ['RUNNING', 'REVERSED', 'CANCELED', 'ENDED', 'FUTURE'])
  const { reversal, claims } = await show(reversed)
  assert.deepEqual([reversal, claims], [{ at: '2026-06-10T10:00:00+02:00', reason: 'Gesetzlicher Widerruf' }, []])
  assert.equal((await show(canceled)).cancelation.toDate, '2027-05-31')
  const { customerId, contractId } = reversed
  const listed = await staff.run(api.listContracts, {}, { customerId })
  assert.deepEqual(
    listed.map(({ contractId: id, state }: Record<string, unknown>) => [id, state]),
    [[contractId, 'REVERSED']],
  )
  assert.equal((await staff.refuse(api.showContract, { contractId: 1 }, {})).code, 'errormessage.contract.notFound')
})
