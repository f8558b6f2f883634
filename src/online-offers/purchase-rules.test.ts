import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isOnSale, judgePurchase, planSettlement, type PurchaseFacts } from './purchase-rules.ts'

const date = (text: string) => Temporal.PlainDate.from(text)
const today = date('2026-02-27')
const free = { requiredRateCode: null, perCustomerLimit: null }
const facts: PurchaseFacts = { offer: free, today, validFrom: today, hasRateCode: false, unexpired: 0 }
const judge = (changes: Partial<PurchaseFacts>) => judgePurchase({ ...facts, ...changes })

test('a pass begins today or within 365 days', () => {
  for (const [validFrom, refusal] of [
    ['2026-02-26', 'validFromInvalid'],
    ['2026-02-27', undefined],
    ['2027-02-27', undefined],
    ['2027-02-28', 'validFromInvalid'],
  ] as const) {
    assert.equal(judge({ validFrom: date(validFrom) }), refusal, validFrom)
  }
})

test('an offer with a rate code is for customers who have it, and one with a limit for those below it', () => {
  const guest = { requiredRateCode: 'Tier: Premium', perCustomerLimit: 2 }
  assert.equal(judge({ offer: guest }), 'notEligible')
  assert.equal(judge({ offer: guest, hasRateCode: true, unexpired: 1 }), undefined)
  assert.equal(judge({ offer: guest, hasRateCode: true, unexpired: 2 }), 'limitReached')
  assert.equal(judge({ offer: guest, unexpired: 2 }), 'notEligible')
  assert.equal(judge({ offer: guest, validFrom: date('2026-02-26') }), 'validFromInvalid')
})

test('an offer is on sale from its first to its last day, while it is active', () => {
  const window = { active: true, saleFrom: date('2026-02-01'), saleTo: date('2026-02-28') }
  const sold = (day: string, changes: Partial<typeof window> = {}) => isOnSale({ ...window, ...changes }, date(day))
  assert.deepEqual(
    ['2026-01-31', '2026-02-01', '2026-02-28', '2026-03-01'].map((day) => sold(day)),
    [false, true, true, false],
  )
  assert.equal(sold('2026-02-10', { active: false }), false)
  assert.equal(isOnSale({ active: true, saleFrom: null, saleTo: null }, today), true)
})

test('what costs nothing needs no token; what costs something needs one, or an account', () => {
  assert.equal(planSettlement(0n, false, true), 'FREE')
  assert.equal(planSettlement(1500n, true, true), 'TOKEN')
  assert.equal(planSettlement(1500n, true, false), 'ON_ACCOUNT')
  assert.equal(planSettlement(1500n, false, false), 'TOKEN_MISSING')
})
