import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestApp } from '../../../test/support/app.ts'
import { day } from '../../../test/support/samples/contract-plan.ts'
import { openCanceling, outcome } from '../../../test/support/scenes/canceling-scene.ts'
import { showClaims } from '../../../test/support/scenes/contract-scene.ts'
import { loadCustomerContracts } from '../changing/loading.ts'
import { listCancelationDates } from '../timeline/cancelation-rules.ts'

test('the last day of the notice counts to its last second, also in the night when the clocks change', async () => {
  await using app = await openTestApp({ now: '2026-10-24T21:59:59Z' })
  const { sign, cancel, withdraw, show, collectEvents, lastClaim } = await openCanceling(app)
  const start = day('2025-11-25')
  const [inTime, late] = [await sign({ start }), await sign({ start })]
  assert.equal(outcome(await cancel(inTime, '2026-11-24')), 'true')
  await app.travelTo('2026-10-24T22:00:00Z')
  assert.equal(outcome(await cancel(late, '2026-11-24')), '400 contract.cancelationDateInvalid')
  const { endDate, lastPossibleCancelationDate, availableCancelationDates: dates } = await show(late)
  assert.deepEqual(
    [endDate, lastPossibleCancelationDate, dates.length, dates[0], dates.at(-1)],
    ['2026-12-24', '2026-11-24', 12, '2026-12-24', '2027-11-24'],
  )
  // Taken back after its deadline, a contract goes on with what it would have charged.
  assert.equal(await lastClaim(inTime), 'SCHEDULED 2026-10-25 30.00')
  assert.deepEqual(await collectEvents(() => withdraw(inTime)), ['CONTRACT_UPDATED'])
  assert.equal((await show(inTime)).endDate, '2026-12-24')
  assert.equal(await lastClaim(inTime), 'SCHEDULED 2026-11-25 30.00')
  assert.deepEqual(await showClaims(app, inTime.contractId), await showClaims(app, late.contractId))
})

test('in the minimum run time a cancelation by receipt ends with it, later after the notice', async () => {
  await using app = await openTestApp()
  const { sign } = await openCanceling(app)
  const { customerId } = await sign({ start: day('2025-01-15'), cancelationStrategy: 'RECEIPT_DATE' })
  const [contract] = await app.read(({ db }) => loadCustomerContracts(db, customerId))
  assert.ok(contract)
  const first = (receipt: string) => String(listCancelationDates(contract, day(receipt))[0])
  assert.deepEqual(['2025-05-10', '2026-01-31', '2026-05-10'].map(first), ['2026-01-14', '2026-02-28', '2026-06-10'])
})
