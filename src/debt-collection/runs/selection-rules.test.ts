import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ClaimFacts, type DebtorFacts, selectDebts } from './selection-rules.ts'

const rules = { minTotal: 5000n, minOverdueDays: 30, minDunningLevel: 2 }
const claim = (claimId: number, open: bigint, overdueDays: number, more: Partial<ClaimFacts> = {}): ClaimFacts => ({
  claimId,
  kind: 'DEBT_CLAIM',
  parentClaimId: null,
  open,
  overdueDays,
  isInPlan: false,
  isCollected: false,
  isInFlight: false,
  isBlocked: false,
  ...more,
})
const fee = (claimId: number, parentClaimId: number, overdueDays: number) =>
  claim(claimId, 500n, overdueDays, { kind: 'DUNNING_FEE', parentClaimId })

const four = [claim(1, 2990n, 75), claim(2, 2990n, 44), fee(3, 1, 25), claim(4, 2990n, 14)]
const debtor = (more: Partial<DebtorFacts> = {}): DebtorFacts => ({
  customerId: 203,
  isOfAge: true,
  hasLiablePerson: false,
  isAddressValid: true,
  isHeld: false,
  dunningLevel: 2,
  isBlocked: false,
  lacksRepresentative: false,
  rejectedAsTooLittle: null,
  claims: four,
  ...more,
})
const selectedIds = (facts: DebtorFacts) => selectDebts(facts, rules).selected.map(({ claimId }) => claimId)

test('overdue debts are selected, and a fee follows the claim that caused it whatever its own age', () => {
  const selection = selectDebts(debtor(), rules)
  assert.deepEqual(selectedIds(debtor()), [1, 2, 3])
  assert.equal(selection.total, 6480n)
  assert.equal(selection.exclusion, undefined)
  assert.deepEqual(selection.excluded, [{ claimId: 4, reason: 'NOT_OVERDUE' }])
})

test('with one debt blocked too little is left, and the customer stays out', () => {
  const claims = four.map((each) => (each.claimId === 2 ? { ...each, isBlocked: true } : each))
  const selection = selectDebts(debtor({ claims }), rules)
  assert.deepEqual([selection.total, selection.exclusion], [3490n, 'MIN_TOTAL'])
})

test('a fee stays where its claim stays, and goes by its own age once the claim is settled', () => {
  const claims = four.map((each) => (each.claimId === 1 ? { ...each, isBlocked: true } : each))
  assert.deepEqual(selectedIds(debtor({ claims })), [2])
  assert.deepEqual(selectedIds(debtor({ claims: [fee(3, 1, 25), fee(5, 1, 30)] })), [5])
})

test('what is paid in parts, with an agency or being collected by a payment run is not selected again', () => {
  const claims = [
    claim(1, 100n, 90, { isInPlan: true }),
    claim(2, 100n, 90, { isCollected: true }),
    claim(3, 100n, 90, { isInFlight: true }),
  ]
  const { excluded, exclusion } = selectDebts(debtor({ claims }), rules)
  assert.deepEqual(
    excluded.map(({ reason }) => reason),
    ['IN_INSTALLMENT_PLAN', 'IN_DEBT_COLLECTION', 'IN_PAYMENT_RUN'],
  )
  assert.equal(exclusion, 'NO_DEBTS')
})

for (const [what, facts, expected] of [
  ['fewer reminders than were agreed', { dunningLevel: 1 }, 'DUNNING_LEVEL'],
  ['a block', { isBlocked: true }, 'BLOCKED'],
  ['a minor without a liable person', { isOfAge: false }, 'UNDER_AGE'],
  ['an address to which nothing can be delivered', { isAddressValid: false }, 'ADDRESS_INVALID'],
  ['a rejection that staff have not released', { isHeld: true }, 'COLLECTION_HOLD'],
  ['a rejection for want of a representative', { lacksRepresentative: true }, 'NO_LIABLE_PERSON'],
  ['no more than what was rejected as too little', { rejectedAsTooLittle: 6480n }, 'NOT_MORE_THAN_REJECTED'],
  ['a minor with a liable person', { isOfAge: false, hasLiablePerson: true }, undefined],
  ['a representative who was stored since', { lacksRepresentative: true, hasLiablePerson: true }, undefined],
  ['more than what was rejected', { rejectedAsTooLittle: 6479n }, undefined],
] as const) {
  test(`${what}: ${expected ?? 'selected'}`, () => {
    assert.equal(selectDebts(debtor(facts), rules).exclusion, expected)
  })
}
