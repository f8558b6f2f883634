import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BenefitContract, BenefitFacts, BenefitRule } from './benefit-facts.ts'
import { judgeBenefit, judgeBenefits } from './benefit-rules.ts'

const on = (text: string) => Temporal.PlainDate.from(text)
const NOW = Temporal.Instant.from('2026-06-15T09:00:00+02:00')
const span = (from: string, lastDay: string | null = null) => ({
  from: on(from),
  lastDay: lastDay === null ? null : on(lastDay),
})

const contract = (changes: Partial<BenefitContract> = {}): BenefitContract => ({
  contractId: 501,
  startOn: on('2026-01-31'),
  rateId: 11,
  modules: [],
  idlePeriods: [],
  ...span('2026-01-31'),
  ...changes,
})
const rule = (changes: Partial<BenefitRule> = {}): BenefitRule => ({
  ruleId: 801,
  source: 'RATE',
  sourceId: 11,
  limit: { kind: 'PER_PERIOD', amount: 5, unit: 'MONTH', anchor: 'CALENDAR' },
  validFrom: null,
  validTo: null,
  counters: [],
  ...changes,
})
const facts = (changes: Partial<BenefitFacts> = {}): BenefitFacts => ({
  customerId: 203,
  homeStudioId: 123,
  zone: 'Europe/Berlin',
  membershipUntil: 'infinity',
  restrictions: [],
  contracts: [contract()],
  benefits: [],
  ...changes,
})
const used = (count: number, periodStart = '2026-06-01', contractId = 501) => [
  { contractId, periodStart: on(periodStart), used: count },
]

function judge(rules: readonly BenefitRule[], changes: Partial<BenefitFacts> = {}, now = NOW) {
  const verdict = judgeBenefit(facts(changes), { benefitId: 901, key: 'SOLARIUM', rules }, now)
  return verdict.isUsable ? verdict.choices.map(({ ruleId, contractId }) => `${ruleId}/${contractId}`) : verdict.reason
}

test('a rule of a rate counts while a contract of that rate covers the day and is not idle', () => {
  assert.deepEqual(judge([rule()]), ['801/501'])
  assert.equal(judge([rule({ sourceId: 12 })]), 'NOT_ENTITLED')
  assert.equal(judge([rule()], { contracts: [] }), 'NO_ACTIVE_CONTRACT')
  assert.equal(judge([rule()], { contracts: [contract(span('2026-06-16'))] }), 'NO_ACTIVE_CONTRACT')
  assert.deepEqual(judge([rule()], { contracts: [contract(span('2026-01-31', '2026-06-15'))] }), ['801/501'])
  assert.equal(judge([rule()], { contracts: [contract(span('2026-01-31', '2026-06-14'))] }), 'NO_ACTIVE_CONTRACT')
  const idle = contract({ idlePeriods: [span('2026-06-15', '2026-06-15')] })
  assert.equal(judge([rule()], { contracts: [idle] }), 'IDLE_PERIOD')
  assert.deepEqual(judge([rule()], { contracts: [idle, contract({ contractId: 502 })] }), ['801/502'])
})

test('a rule of a module counts while a module contract runs under such a contract', () => {
  const byModule = rule({ source: 'MODULE', sourceId: 31 })
  const having = (from: string, lastDay: string | null = null) =>
    contract({ modules: [{ moduleId: 31, ...span(from, lastDay) }] })
  assert.deepEqual(judge([byModule], { contracts: [having('2026-06-15')] }), ['801/501'])
  assert.equal(judge([byModule], { contracts: [having('2026-06-16')] }), 'NOT_ENTITLED')
  assert.equal(judge([byModule], { contracts: [having('2026-01-31', '2026-06-14')] }), 'NOT_ENTITLED')
  const idle = { ...having('2026-06-15'), idlePeriods: [span('2026-06-01')] }
  assert.equal(judge([byModule], { contracts: [idle] }), 'IDLE_PERIOD')
})

test('what all members have, a member with a running contract has once', () => {
  const forAll = rule({ source: 'ALL_MEMBERS', sourceId: null })
  const two = { contracts: [contract({ contractId: 502 }), contract()] }
  assert.deepEqual(judge([forAll], two), ['801/501'])
  assert.equal(judge([forAll], { ...two, membershipUntil: '2026-06-14' }), 'NOT_ENTITLED')
  assert.equal(judge([forAll], { contracts: [] }), 'NO_ACTIVE_CONTRACT')
})

test('a personal grant needs no contract, and is for that person alone', () => {
  const grant = rule({ source: 'CUSTOMER', sourceId: 203, validFrom: on('2026-06-10') })
  assert.deepEqual(judge([grant], { contracts: [], membershipUntil: null }), ['801/0'])
  assert.equal(judge([{ ...grant, sourceId: 204 }], { contracts: [] }), 'NO_ACTIVE_CONTRACT')
})

test('a rule counts from its first to its last day', () => {
  assert.deepEqual(judge([rule({ validFrom: on('2026-06-15'), validTo: on('2026-06-15') })]), ['801/501'])
  assert.equal(judge([rule({ validFrom: on('2026-06-16') })]), 'NOT_ENTITLED')
  assert.equal(judge([rule({ validTo: on('2026-06-14') })]), 'NOT_ENTITLED')
})

test('a customer who is kept out has no benefits, not even without limit', () => {
  const restrictions = [{ startDate: '2026-06-15', endDate: '2026-06-15' }]
  assert.equal(judge([rule({ limit: { kind: 'UNLIMITED' } })], { restrictions }), 'ACCESS_RESTRICTED')
  assert.deepEqual(judge([rule()], { restrictions: [{ startDate: '2026-06-16', endDate: '2026-06-20' }] }), ['801/501'])
})

test('the counter of the present period and contract must be below the amount', () => {
  assert.deepEqual(judge([rule({ counters: used(4) })]), ['801/501'])
  assert.equal(judge([rule({ counters: used(5) })]), 'CONTINGENT_EXHAUSTED')
  assert.deepEqual(judge([rule({ counters: used(5, '2026-05-01') })]), ['801/501'])
  assert.deepEqual(judge([rule({ counters: used(5, '2026-06-01', 502) })]), ['801/501'])
  const total = { kind: 'TOTAL', amount: 5 } as const
  assert.equal(judge([rule({ limit: total, counters: used(5, '0001-01-01') })]), 'CONTINGENT_EXHAUSTED')
})

test('without limit comes first, then what ends first, then the older contract', () => {
  const per = (unit: 'DAY' | 'MONTH' | 'YEAR') => ({ kind: 'PER_PERIOD', amount: 5, unit, anchor: 'CALENDAR' }) as const
  const rules = [
    rule({ ruleId: 805, limit: { kind: 'TOTAL', amount: 5 } }),
    rule({ ruleId: 804, limit: per('YEAR') }),
    rule({ ruleId: 802, limit: per('MONTH') }),
    rule({ ruleId: 803, limit: per('DAY') }),
    rule({ ruleId: 806, limit: { kind: 'UNLIMITED' } }),
  ]
  const two = { contracts: [contract({ contractId: 502 }), contract()] }
  const each = [806, 803, 802, 804, 805].flatMap((ruleId) => [`${ruleId}/501`, `${ruleId}/502`])
  assert.deepEqual(judge(rules, two), each)
})

test('the calendar of the home studio counts, wherever the customer is', () => {
  const october = rule({ counters: used(5, '2025-10-01') })
  const early = { contracts: [contract(span('2025-01-01'))] }
  const at = (text: string) => Temporal.Instant.from(text)
  assert.equal(judge([october], early, at('2025-10-31T22:59:59Z')), 'CONTINGENT_EXHAUSTED')
  assert.deepEqual(judge([october], early, at('2025-10-31T23:30:00Z')), ['801/501'])
})

test('keys come back in the order asked for, once each, unknown ones as not found; without keys by key', () => {
  const offered = (key: string) => ({ benefitId: 901, key, rules: [rule()] })
  const all = facts({ benefits: [offered('b'), offered('A'), offered('c')] })
  const shown = (keys?: string[]) =>
    judgeBenefits(all, keys, NOW).map(({ key, verdict }) => (verdict.isUsable ? key : `${key}: ${verdict.reason}`))
  assert.deepEqual(shown(), ['A', 'b', 'c'])
  assert.deepEqual(shown(['c,b', 'x', 'c', ' A ']), ['c', 'b', 'x: NOT_FOUND', 'A'])
})
