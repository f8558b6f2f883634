import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { openTestApp } from '../../test/support/app.ts'
import { selectAccount, assertLedgerWhole } from '../../test/support/scenes/accounts.ts'
import { addCustomer } from '../../test/support/scenes/customers.ts'
import { ApiError } from '../platform/errors/errors.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { formatAmount } from '../platform/values/money.ts'
import {
  bookPayment,
  chargeCustomer,
  creditClaim,
  refundCredit,
  reversePayment,
  spendCredit,
  topUpCredit,
  writeOffClaim,
} from './index.ts'

const steps = ['CHARGE', 'PAY', 'RETURN', 'CREDIT_NOTE', 'WRITE_OFF', 'REFUND', 'TOP_UP', 'SPEND'] as const
const step = fc.record({ kind: fc.constantFrom(...steps), cents: fc.bigInt(1n, 9_999n), pick: fc.nat(20) })

test('whatever is done to an account in whatever order, the books add up, and repeating it changes nothing', async () => {
  await using app = await openTestApp()
  const { studioId } = app.berlin
  let runs = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 14 }), async (sequence) => {
      const customerId = await addCustomer(app)
      const run = ++runs
      const [claims, paid]: [number[], number[]] = [[], []]
      for (const [n, { kind, cents, pick }] of sequence.entries()) {
        const amount = { minor: cents, currency: 'EUR' }
        const moved = { customerId, studioId, amount, description: kind, journalKey: `${run}:${n}` }
        const claimId = claims[pick % Math.max(claims.length, 1)] ?? 0
        const paymentId = paid[pick % Math.max(paid.length, 1)] ?? 0
        const carryOut = async (work: UnitOfWork) => {
          switch (kind) {
            case 'CHARGE':
              return claims.push(await chargeCustomer(work, { ...moved, kind: 'SALE', chargeType: 'SALE' }))
            case 'PAY':
              return paid.push(await bookPayment(work, { ...moved, method: 'CASH' }))
            case 'RETURN':
              return reversePayment(work, { paymentId, kind, description: kind })
            case 'CREDIT_NOTE':
              return creditClaim(work, { ...moved, claimId })
            case 'WRITE_OFF':
              return writeOffClaim(work, { ...moved, claimId })
            case 'REFUND':
              return refundCredit(work, { ...moved, method: 'CASH' })
            case 'TOP_UP':
              return topUpCredit(work, { ...moved, method: 'CASH' })
            case 'SPEND':
              return spendCredit(work, moved)
          }
        }
        const state = () => app.read(async ({ db }) => formatAccount(await selectAccount(db, customerId)))
        const refusal = await app.write(carryOut).then(() => undefined, asRefusal)
        const before = await state()
        if (!refusal) await app.write(carryOut).catch(asRefusal)
        assert.deepEqual(await state(), before)
      }
      await assertLedgerWhole(app)
    }),
    { numRuns: 12 },
  )
})

type Stood = Awaited<ReturnType<typeof selectAccount>>
const formatAccount = ({ credit, balance }: Stood) => [formatAmount(credit), formatAmount(balance)]

function asRefusal(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  throw error
}
