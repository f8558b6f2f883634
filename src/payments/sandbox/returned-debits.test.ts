import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestApp } from '../../../test/support/app.ts'
import { assertLedgerWhole } from '../../../test/support/scenes/accounts.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import { openRunScene } from '../../../test/support/scenes/run-scene.ts'
import { enterMandate, listPaymentInstruments } from '../index.ts'

test('in the demo test accounts return what was collected, one banking day later', async () => {
  // Maundy Thursday: the banks are closed on Friday and on Monday.
  await using app = await openTestApp({ now: '2026-04-01T10:00:00+02:00' })
  const scene = await openRunScene(app)
  const addMember = async (iban: string) => {
    const customerId = await addCustomer(app)
    await app.write((work) =>
      enterMandate(work, app.platform.secrets, { customerId, iban, holder: 'Mara Lindner', isOneOff: false }),
    )
    await scene.charge(customerId, '29.90')
    return customerId
  }
  const good = await addMember('DE89370400440532013000')
  const accounts = [
    ['DE62370400440532013001', 'INSUFFICIENT_COVERING', 'ACTIVE'],
    ['DE35370400440532013002', 'CLOSED_BANKACCOUNT', 'INVALID'],
    ['DE08370400440532013003', 'OPPOSITION', 'ACTIVE'],
    ['DE78370400440532013004', 'INVALID_SEPA_MANDATE', 'INVALID'],
  ] as const
  const members: number[] = []
  for (const [iban] of accounts) members.push(await addMember(iban))
  await scene.openBank()
  const runId = await scene.draft()
  await scene.step('export', runId)
  await scene.step('submit', runId)
  assert.equal((await scene.show(runId)).collectionDate, '2026-04-02')
  const balances = async () => Promise.all([good, ...members].map((customerId) => scene.balance(customerId)))
  const paid = ['0.00', '0.00', '0.00', '0.00', '0.00']
  await scene.collect(runId)
  assert.deepEqual(await balances(), paid)
  await app.travelTo('2026-04-06T23:00:00+02:00')
  assert.deepEqual(await balances(), paid)
  await app.travelTo('2026-04-07T06:30:00+02:00')
  assert.deepEqual(await balances(), ['0.00', '-29.90', '-29.90', '-29.90', '-29.90'])
  for (const [at, customerId] of members.entries()) {
    const [, reason, state] = accounts[at] ?? []
    assert.equal((await scene.findItem(runId, customerId)).rejectionReason, reason)
    const [instrument] = await app.read(({ db }) => listPaymentInstruments(db, customerId))
    assert.equal(instrument?.state, state)
  }
  await assertLedgerWhole(app)
})
