import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { splitTax } from '../legal-entities/tax-rules.ts'
import { type ClaimChange, planClaimChanges, type StoredClaim, type TaxedClaim } from './planned-claim-rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const days = (today: string, effectiveFrom = '2026-01-01') => ({ today: day(today), effectiveFrom: day(effectiveFrom) })

function monthly(month: number, amount: bigint, changes: Partial<TaxedClaim> = {}): TaxedClaim {
  const from = new Temporal.PlainDate(2026, month, 1)
  return {
    component: 'RATE',
    componentId: 0,
    periodFrom: from,
    payer: 'MEMBER',
    companyId: null,
    kind: 'DEBT_CLAIM',
    chargeType: 'MEMBERSHIP_CHARGE',
    description: 'Contract Basic',
    amount,
    ...splitTax(amount, 190_000n),
    taxCodeId: 1,
    dueDate: from,
    serviceFrom: from,
    serviceTo: from.add({ months: 1 }).subtract({ days: 1 }),
    mandatoryOnSigning: false,
    ...changes,
  }
}

function stored(claim: TaxedClaim, changes: Partial<StoredClaim> = {}): StoredClaim {
  const kept = { id: 500 + claim.periodFrom.month, seq: 0, state: 'SCHEDULED', parentClaimId: null } as const
  return { maturity: 'NORMAL', ...claim, ...kept, ...changes }
}

const write = (changes: readonly ClaimChange[]) =>
  changes.map((change) =>
    change.type === 'VOID' ? `VOID ${change.id}` : `${change.type} ${change.row.dueDate} ${change.row.amount}`,
  )

describe('claims of a contract that wait', () => {
  test('are added, and planning again changes nothing', () => {
    const wanted = [monthly(4, 3000n), monthly(5, 3000n)]
    assert.deepEqual(write(planClaimChanges(wanted, [], days('2026-03-20'))), [
      'INSERT 2026-04-01 3000',
      'INSERT 2026-05-01 3000',
    ])
    assert.deepEqual(
      planClaimChanges(
        wanted,
        wanted.map((each) => stored(each)),
        days('2026-03-20'),
      ),
      [],
    )
  })

  test('keep their row when amount or day change, and are given up when they are no longer wanted', () => {
    const before = [stored(monthly(4, 3000n)), stored(monthly(5, 3000n))]
    assert.deepEqual(write(planClaimChanges([monthly(4, 2000n)], before, days('2026-03-20'))), [
      'UPDATE 2026-04-01 2000',
      'VOID 505',
    ])
    const given = [stored(monthly(4, 3000n), { state: 'VOID' })]
    const [change] = planClaimChanges([monthly(4, 3000n)], given, days('2026-03-20'))
    assert.deepEqual(change?.type === 'UPDATE' && change.id, 504)
  })

  test('are due no earlier than the day on which they were added, and keep that day', () => {
    const wanted = [monthly(4, 3000n)]
    assert.deepEqual(write(planClaimChanges(wanted, [], days('2026-04-20'))), ['INSERT 2026-04-20 3000'])
    const late = [stored(monthly(4, 3000n), { dueDate: day('2026-04-20') })]
    assert.deepEqual(planClaimChanges(wanted, late, days('2026-04-25')), [])
    assert.deepEqual(planClaimChanges(wanted, [stored(monthly(4, 3000n))], days('2026-04-25')), [])
  })

  test('of periods before the change stay as they are', () => {
    const before = [stored(monthly(4, 3000n)), stored(monthly(5, 3000n))]
    assert.deepEqual(write(planClaimChanges([], before, days('2026-05-10', '2026-05-10'))), ['VOID 505'])
  })
})

describe('what is booked of a contract stays', () => {
  const april = stored(monthly(4, 3000n), { state: 'POSTED' })

  test('too much becomes a credit note that belongs to it, with the exact rest of its tax', () => {
    const [change] = planClaimChanges([monthly(4, 2000n)], [april], days('2026-04-05'))
    assert.ok(change?.type === 'INSERT')
    const { seq, row } = change
    assert.deepEqual(
      [seq, row.amount, row.chargeType, row.parentClaimId, row.dueDate.toString()],
      [1, -1000n, 'CREDIT', april.id, '2026-04-05'],
    )
    assert.equal(row.tax, splitTax(2000n, 190_000n).tax - april.tax)
    assert.equal(row.net + row.tax, row.amount)
  })

  test('a period that is no longer wanted is credited as a whole', () => {
    assert.deepEqual(write(planClaimChanges([], [april], days('2026-04-05'))), ['INSERT 2026-04-05 -3000'])
  })

  test('too little becomes a claim of its own; a difference that waits is given up when it vanishes', () => {
    const note = { ...april, id: 604, seq: 1, state: 'POSTED' as const, ...negate(monthly(4, 1000n)) }
    assert.deepEqual(write(planClaimChanges([monthly(4, 3000n)], [april, note], days('2026-04-06'))), [
      'INSERT 2026-04-06 1000',
    ])
    const waiting = { ...note, state: 'SCHEDULED' as const }
    assert.deepEqual(write(planClaimChanges([monthly(4, 3000n)], [april, waiting], days('2026-04-06'))), ['VOID 604'])
  })

  test('the share of a company is a row of its own', () => {
    const company = monthly(4, 1000n, { payer: 'COMPANY', companyId: 9 })
    assert.deepEqual(
      write(planClaimChanges([monthly(4, 2000n), company], [april], days('2026-04-05'))),
      ['INSERT 2026-04-05 1000', 'INSERT 2026-04-05 -1000'].toReversed(),
    )
  })
})

const negate = ({ amount, net, tax }: TaxedClaim) => ({ amount: -amount, net: -net, tax: -tax })
