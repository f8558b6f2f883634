import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { assertLedgerWhole } from '../../test/support/scenes/accounts.ts'
import { addDebtor, asStaff, openAgency } from '../../test/support/scenes/collection.ts'
import { bookPayment, type RejectionReason, reversePayment } from '../accounts/index.ts'
import { blockForStudio } from './index.ts'
import * as staff from './staff-api.ts'
import { collectionCases, debtCollectionRuns } from './tables.ts'

/** A customer whose payment of 20.00 was returned. */
async function addReturned(app: TestApp, reason: RejectionReason): Promise<number> {
  const { customerId, claimIds } = await addDebtor(app, ['20.00'])
  const amount = { minor: 2000n, currency: 'EUR' }
  const payment = { customerId, studioId: app.berlin.studioId, amount, method: 'DIRECT_DEBIT', claimIds } as const
  await app.write(async (work) => {
    const paymentId = await bookPayment(work, { ...payment, description: 'Fee', journalKey: `paid:${customerId}` })
    await reversePayment(work, { paymentId, kind: 'RETURN', description: reason, rejection: reason })
  })
  return customerId
}

test('in the night after a return for a reason that was agreed the agency has the customer, and nobody else', async () => {
  await using app = await openTestApp({ now: '2026-06-15T12:00:00+02:00' })
  await openAgency(app, { handoverReasons: ['CLOSED_BANKACCOUNT', 'FRAUD'] })
  const blocked = await addReturned(app, 'FRAUD')
  await app.write((work) => blockForStudio(work, { customerId: blocked }))
  const moved = await addReturned(app, 'CLOSED_BANKACCOUNT')
  await addReturned(app, 'INSUFFICIENT_COVERING')
  await app.travelTo('2026-06-16T02:44:00+02:00')
  const listRuns = () => app.read(({ db }) => db.select().from(debtCollectionRuns))
  assert.deepEqual(await listRuns(), [])
  await app.travelTo('2026-06-17T12:00:00+02:00')
  const origins = (await listRuns()).map(({ origin, state }) => [origin, state])
  assert.deepEqual(origins, [['AUTOMATIC_HANDOVER', 'WAITING_FOR_CONFIRMATION']])
  const cases = await app.read(({ db }) => db.select().from(collectionCases))
  assert.deepEqual(
    cases.map(({ customerId }) => customerId),
    [moved],
  )
  await assertLedgerWhole(app)
})

test('who had fewer reminders than were agreed stays out of a draft until the next reminder', async () => {
  await using app = await openTestApp({ now: '2026-06-15T12:00:00+02:00' })
  await openAgency(app, { minTotal: '0', minDunningLevel: 1 })
  await addDebtor(app, ['20.00'])
  const { studioId } = app.berlin
  const preview = async () =>
    (await asStaff(app, staff.previewRun, { studioId })).map(({ exclusion }: { exclusion: string | null }) => exclusion)
  assert.deepEqual(await preview(), ['DUNNING_LEVEL'])
  await app.travelTo('2026-06-16T12:00:00+02:00')
  assert.deepEqual(await preview(), [null])
})
