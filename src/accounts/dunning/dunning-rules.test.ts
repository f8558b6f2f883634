import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type DunningFacts, judgeDunning, type LevelRule } from './dunning-rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const level = (no: number, daysOverdue: number, more: Partial<LevelRule> = {}): LevelRule => ({
  id: no,
  no,
  daysOverdue,
  minDaysSincePrevious: 7,
  minOpen: 0n,
  active: true,
  ...more,
})
const levels = [level(1, 7), level(2, 21, { minOpen: 5000n }), level(3, 35)]
const claim = (since: string, open = 2990n) => ({ id: 1, open, since: day(since) })
const facts = (more: Partial<DunningFacts<LevelRule>>): DunningFacts<LevelRule> => ({
  today: day('2026-03-31'),
  levels,
  reached: 0,
  dunnedOn: null,
  isInCollection: false,
  claims: [],
  ...more,
})
function judge(more: Partial<DunningFacts<LevelRule>>): string {
  const step = judgeDunning(facts(more))
  return step.kind === 'RAISE' ? `RAISE ${step.level.no}` : step.kind
}

test('the days count from the day after the due date, over the end of a month and the change of the clocks', () => {
  assert.equal(judge({ claims: [claim('2026-03-25')] }), 'STAY')
  assert.equal(judge({ claims: [claim('2026-03-24')] }), 'RAISE 1')
  assert.equal(judge({ today: day('2026-03-01'), claims: [claim('2026-02-22')] }), 'RAISE 1')
})

test('however late a customer is, one level comes after the other, with a pause', () => {
  const claims = [claim('2026-01-01', 6000n)]
  assert.equal(judge({ claims }), 'RAISE 1')
  assert.equal(judge({ claims, reached: 1, dunnedOn: day('2026-03-25') }), 'STAY')
  assert.equal(judge({ claims, reached: 1, dunnedOn: day('2026-03-24') }), 'RAISE 2')
  assert.equal(judge({ claims, reached: 3, dunnedOn: day('2026-01-24') }), 'STAY')
})

test('a level may ask for an amount, and one that is off is left out', () => {
  const claims = [claim('2026-01-01', 4999n)]
  const reached = { reached: 1, dunnedOn: day('2026-03-01') }
  assert.equal(judge({ claims, ...reached }), 'STAY')
  assert.equal(judge({ claims: [...claims, claim('2026-03-30', 1n)], ...reached }), 'RAISE 2')
  assert.equal(judge({ claims: [...claims, claim('2026-03-31', 1n)], ...reached }), 'STAY', 'due today is not late')
  assert.equal(judge({ claims, ...reached, levels: [level(2, 21, { active: false }), level(3, 35)] }), 'RAISE 3')
})

test('the level goes when nothing is late any more, unless an agency collects', () => {
  const reached = { reached: 2, dunnedOn: day('2026-03-01') }
  assert.equal(judge(reached), 'CLEAR')
  assert.equal(judge({ ...reached, isInCollection: true }), 'STAY')
  assert.equal(judge({}), 'STAY')
})

test('on one day nobody is reminded twice', () => {
  const amount = fc.bigInt({ min: 1n, max: 100_000n })
  const age = fc.integer({ min: 0, max: 400 })
  fc.assert(
    fc.property(fc.array(fc.tuple(amount, age), { maxLength: 5 }), fc.integer({ min: 0, max: 3 }), (owed, reached) => {
      const today = day('2026-03-31')
      const claims = owed.map(([open, days], id) => ({ id, open, since: today.subtract({ days }) }))
      const step = judgeDunning(facts({ claims, reached, dunnedOn: reached > 0 ? day('2026-01-01') : null }))
      if (step.kind !== 'RAISE') return
      assert.equal(judge({ claims, reached: step.level.no, dunnedOn: today }), 'STAY')
    }),
  )
})
