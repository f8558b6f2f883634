import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { at, entitlement, on, usage } from '../../test/support/scenes/booking-facts.ts'
import {
  type ContingentDemand,
  chooseEntitlement,
  periodAt,
  planContingentUse,
  remainingUses,
} from './contingent-rules.ts'

const now = at('2026-02-01T10:00+01:00')
const monthly = entitlement({ quantity: 2, anchorOn: on('2026-01-31'), validFrom: on('2026-01-31') })

function demand(serviceDate: string, changes: Partial<ContingentDemand> = {}): ContingentDemand {
  return {
    mode: 'REQUIRED',
    serviceId: 7,
    studioId: 1,
    serviceDate: on(serviceDate),
    activeContractIds: new Set(),
    needsCrossStudio: false,
    ...changes,
  }
}

test('monthly periods are counted from the anchor', () => {
  const starts = ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31']
  for (const [k, start] of starts.entries()) {
    assert.equal(periodAt(monthly, on(start)).from.toString(), start)
    const next = starts[k + 1]
    if (next === undefined) continue
    assert.equal(periodAt(monthly, on(start)).until?.toString(), next)
    assert.equal(periodAt(monthly, on(next).subtract({ days: 1 })).from.toString(), start)
  }
})

test('a booking uses the period of its service date', () => {
  const used = { ...monthly, usages: [usage('2026-02-26'), usage('2026-02-27')] }
  assert.equal(planContingentUse([used], demand('2026-02-27'), now), null)
  const next = planContingentUse([used], demand('2026-02-28'), now)
  assert.equal(next?.kind === 'ENTITLEMENT' && next.periodStart.toString(), '2026-02-28')
  const ahead = planContingentUse([used], demand('2026-03-31'), now)
  assert.equal(ahead?.kind === 'ENTITLEMENT' && ahead.periodStart.toString(), '2026-03-31')
})

test('a timely cancelation gives the use back, a late one does not', () => {
  const released = { ...monthly, usages: [usage('2026-02-26', { state: 'RELEASED' }), usage('2026-02-27')] }
  assert.equal(remainingUses(released, on('2026-02-27'), now), 1)
  const consumed = { ...monthly, usages: [usage('2026-02-26', { state: 'CONSUMED' }), usage('2026-02-27')] }
  assert.equal(remainingUses(consumed, on('2026-02-27'), now), 0)
})

test('a use of a pending booking counts until its deadline, the deadline included', () => {
  const heldUntil = at('2026-02-01T10:00+01:00')
  const held = { ...monthly, quantity: 1, usages: [usage('2026-02-26', { heldUntil })] }
  assert.equal(remainingUses(held, on('2026-02-26'), heldUntil), 0)
  assert.equal(remainingUses(held, on('2026-02-26'), heldUntil.add({ milliseconds: 1 })), 1)
})

test('every date lies in exactly the period that is computed for it', () => {
  const unit = fc.constantFrom('DAY' as const, 'WEEK' as const, 'MONTH' as const, 'YEAR' as const)
  const property = fc.property(
    fc.integer({ min: 0, max: 1500 }),
    fc.integer({ min: -900, max: 1500 }),
    fc.integer({ min: 1, max: 5 }),
    unit,
    (anchorDay, day, value, periodUnit) => {
      const anchorOn = on('2024-01-01').add({ days: anchorDay })
      const date = anchorOn.add({ days: day })
      const { from, until } = periodAt({ ...monthly, anchorOn, period: { value, unit: periodUnit } }, date)
      assert.ok(Temporal.PlainDate.compare(from, date) <= 0)
      assert.ok(until !== null && Temporal.PlainDate.compare(date, until) < 0)
    },
  )
  fc.assert(property, { numRuns: 300 })
})

test('without a period the quantity holds for the whole validity, without a quantity there is no limit', () => {
  const whole = entitlement({ period: null, quantity: 2, usages: [usage('2026-01-05'), usage('2026-05-05')] })
  assert.equal(remainingUses(whole, on('2026-08-01'), now), 0)
  assert.equal(remainingUses({ ...whole, quantity: null }, on('2026-08-01'), now), Number.POSITIVE_INFINITY)
  const use = planContingentUse([{ ...whole, quantity: 3 }], demand('2026-08-01'), now)
  assert.equal(use?.kind === 'ENTITLEMENT' && use.periodStart.toString(), '2026-01-01')
})

test('an entitlement covers only its service, validity, studio and an active contract', () => {
  const one = entitlement({ validTo: on('2026-03-31') })
  const chosen = (changes: Partial<ContingentDemand>, date = '2026-03-31', changed = {}) =>
    chooseEntitlement([{ ...one, ...changed }], demand(date, changes), now)?.entitlementId
  assert.equal(chosen({}), 801)
  assert.equal(chosen({}, '2026-04-01'), undefined)
  assert.equal(chosen({}, '2025-12-31'), undefined)
  assert.equal(chosen({ serviceId: 8 }), undefined)
  assert.equal(chosen({ studioId: 2 }), undefined)
  assert.equal(chosen({ studioId: 2 }, '2026-03-31', { crossStudio: true }), 801)
  assert.equal(chosen({}, '2026-03-31', { contractId: 5 }), undefined)
  assert.equal(chosen({ activeContractIds: new Set([5]) }, '2026-03-31', { contractId: 5 }), 801)
})

test('what ends first is used first, then rate before module before grant before package, then the oldest', () => {
  const pack = entitlement({ entitlementId: 1, source: 'PACKAGE', period: null, validTo: on('2026-02-10') })
  const rate = entitlement({ entitlementId: 5 })
  const module = entitlement({ entitlementId: 2, source: 'MODULE' })
  const grant = entitlement({ entitlementId: 3, source: 'GRANT' })
  const younger = entitlement({ entitlementId: 6 })
  const unlimited = entitlement({ entitlementId: 4, period: null, quantity: null })
  const all = [unlimited, younger, grant, module, rate, pack]
  const order: (number | undefined)[] = []
  for (let left = all; left.length > 0; ) {
    const chosen = chooseEntitlement(left, demand('2026-02-05'), now)
    order.push(chosen?.entitlementId)
    left = left.filter((one) => one !== chosen)
  }
  assert.deepEqual(order, [1, 5, 6, 2, 3, 4])
})

test('the end of the validity comes first when it lies before the end of the period', () => {
  const endsSoon = entitlement({ entitlementId: 9, source: 'PACKAGE', validTo: on('2026-02-20') })
  assert.equal(chooseEntitlement([entitlement(), endsSoon], demand('2026-02-05'), now)?.entitlementId, 9)
})

test('without contingent a charge is due on the service date, or the booking is refused', () => {
  assert.deepEqual(planContingentUse([], demand('2026-02-05', { mode: 'NONE' }), now), { kind: 'NONE' })
  const charge = planContingentUse([], demand('2026-02-05', { mode: 'CHARGE' }), now)
  assert.equal(charge?.kind === 'CHARGE' && charge.dueOn.toString(), '2026-02-05')
  assert.equal(planContingentUse([], demand('2026-02-05'), now), null)
  const use = planContingentUse([entitlement()], demand('2026-02-05', { mode: 'CHARGE' }), now)
  assert.equal(use?.kind, 'ENTITLEMENT')
})

test('a foreign customer needs an entitlement across studios in every mode', () => {
  for (const mode of ['NONE', 'REQUIRED', 'CHARGE'] as const) {
    const foreign = demand('2026-02-05', { mode, needsCrossStudio: true })
    assert.equal(planContingentUse([entitlement()], foreign, now), null)
    assert.notEqual(planContingentUse([entitlement({ crossStudio: true, homeStudioId: 2 })], foreign, now), null)
  }
})
