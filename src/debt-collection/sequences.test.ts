import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { openTestApp } from '../../test/support/app.ts'
import {
  addDebtor,
  assertCollectionWhole,
  asStaff,
  charge,
  collect,
  openAgency,
  report,
} from '../../test/support/scenes/collection.ts'
import { refundCredit } from '../accounts/index.ts'
import { ApiError } from '../platform/errors/errors.ts'
import * as staff from './staff-api.ts'

const cents = fc.integer({ min: 0, max: 3000 }).map((each) => each / 100)
const closure = fc.record({
  type: fc.constantFrom('POSITIVE', 'NEGATIVE', 'REVERSAL', 'REJECTION'),
  writesOff: fc.boolean(),
})
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('REPORT' as const), paid: fc.tuple(cents, cents) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('CLOSE' as const), closure }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('CHARGE' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('REFUND' as const), minor: fc.bigInt(1n, 500n) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('STAFF_CLOSE' as const, 'REVERT' as const) }) },
)
const story = fc.record({
  type: fc.constantFrom('TRUST' as const, 'PURCHASE' as const),
  steps: fc.array(step, { minLength: 4, maxLength: 9 }),
})

test('whatever an agency reports in whatever order, its figures and the books agree', async () => {
  await using app = await openTestApp()
  let known = await openAgency(app, { restrictAccess: false })
  let runs = 0
  const refused = (error: unknown) => assert.ok(error instanceof ApiError, String(error))
  await fc.assert(
    fc.asyncProperty(story, async ({ type, steps }) => {
      await asStaff(app, staff.endAgencyContract, { agencyContractId: known })
      known = await openAgency(app, { type, restrictAccess: false })
      const { customerId } = await addDebtor(app, ['10.00', '20.00'])
      const collected = await collect(app, customerId)
      const [{ id: caseId }] = await asStaff(app, staff.listCases, {}, { customerId })
      let paid: readonly number[] = [0, 0]
      const send = async (more: object) => {
        const answer = await report(app, collected, { paid, ...more })
        assert.equal(answer.status, 200, answer.text)
      }
      for (const each of steps) {
        runs += 1
        switch (each.kind) {
          case 'REPORT':
            paid = each.paid
            await send({})
            break
          case 'CLOSE': {
            const { type: ends, writesOff } = each.closure
            const options = [{ key: 'WRITE_OFF_REMAINING_DEBTS', value: String(writesOff) }]
            const reason = ends === 'REJECTION' ? { rejectionReason: 'WITHDRAWN_BY_STUDIO' } : {}
            await send({ closure: { type: ends, date: '2026-06-15', options, ...reason } })
            break
          }
          case 'CHARGE':
            await charge(app, customerId, { amount: '7.00', days: 5 })
            break
          case 'REFUND': {
            const amount = { minor: each.minor, currency: 'EUR' }
            const moved = { customerId, studioId: app.berlin.studioId, amount, method: 'CASH' } as const
            await app
              .write((work) => refundCredit(work, { ...moved, description: 'Back', journalKey: `back:${runs}` }))
              .catch(refused)
            break
          }
          case 'STAFF_CLOSE':
            await asStaff(app, staff.closeCase, { caseId }, { type: 'NEGATIVE', writeOff: true }).catch(refused)
            break
          case 'REVERT':
            await asStaff(app, staff.revertClosure, { caseId }).catch(refused)
        }
      }
      await assertCollectionWhole(app)
      const { body } = await app.get(`/v1/debt-collection/cases?collectionCaseId=${collected.caseId}`)
      const shown = body[0].agencyCollectionCases[0].debts.map((debt: { paidAmount: number }) => debt.paidAmount)
      assert.deepEqual(shown, paid)
    }),
    // A story that went wrong stays in the books: a shorter one would run beside it.
    { numRuns: 12, endOnFailure: true },
  )
})
