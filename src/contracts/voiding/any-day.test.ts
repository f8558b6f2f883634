import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  day,
  days,
  monthly,
  months,
  sampleModule,
  samplePlan,
  starterPackage,
} from '../../../test/support/samples/contract-plan.ts'
import { sampleContract } from '../../../test/support/samples/signed-contract.ts'
import { listWantedClaims } from '../changing/contract-claims.ts'
import { findNextChange } from '../clock/next-day-rules.ts'
import type { SignedContract } from '../signed/signed-contract-facts.ts'
import { readModuleTimelines, readTimeline } from '../timeline/timeline-rules.ts'
import { findLastUsedDay } from './withdrawal-rules.ts'

const stories = fc.record({
  start: fc.integer({ min: 0, max: 400 }).map((n) => day('2026-01-01').add({ days: n })),
  term: fc.constantFrom(days(7), months(1), months(12)),
  voidedAfter: fc.integer({ min: -10, max: 75 }),
  seenAfter: fc.integer({ min: 0, max: 800 }),
  pausedAfter: fc.option(fc.integer({ min: 0, max: 40 }), { nil: undefined }),
  canceledAfter: fc.option(fc.integer({ min: 5, max: 50 }), { nil: undefined }),
})

type Story = typeof stories extends fc.Arbitrary<infer T> ? T : never

function makeContract({ start, term, pausedAfter, canceledAfter }: Story): SignedContract {
  const plan = samplePlan({
    start,
    initialTerm: term,
    extension: { type: 'TERM_EXTENSION', next: term },
    frequency: monthly('29.90'),
    flatFees: [starterPackage('39.00')],
    modules: [sampleModule({ paidFrom: start, signedOn: start })],
  })
  const pause = pausedAfter === undefined ? [] : [start.add({ days: pausedAfter })]
  return sampleContract(plan, {
    idlePeriods: pause.map((startDate) => ({
      state: 'ACCEPTED' as const,
      startDate,
      endDate: startDate.add({ days: 9 }),
      unlimited: false,
      policySnapshot: { temporalUnit: 'DAY', extendsContract: true, suspendsModules: true },
    })),
    ...(canceledAfter === undefined
      ? {}
      : { cancelation: { state: 'EFFECTIVE' as const, toDate: start.add({ days: canceledAfter }) } }),
  })
}

test('a contract that is voided on any day wants the same claims on every later day, and changes no more by itself', () => {
  fc.assert(
    fc.property(stories, (story) => {
      const contract = makeContract(story)
      const today = story.start.add({ days: story.voidedAfter })
      const voidedAt = today.toZonedDateTime('Europe/Berlin').toInstant()
      const usedUntil = findLastUsedDay(contract, today)
      const reversed = { ...contract, row: { ...contract.row, voidedAt, usedUntil } }
      const later = today.add({ days: story.seenAfter })
      const wanted = listWantedClaims(reversed, today)
      assert.deepEqual(listWantedClaims(reversed, later), wanted)
      const timeline = readTimeline(reversed, later)
      const modules = readModuleTimelines(reversed, timeline, later)
      assert.equal(findNextChange(reversed, { timeline, modules }, later), undefined)
      for (const { component, serviceTo, amount } of wanted) {
        assert.ok(component === 'RATE' || component === 'MODULE')
        assert.ok(amount >= 0n && usedUntil !== null && Temporal.PlainDate.compare(serviceTo, usedUntil) <= 0)
      }
      if (story.voidedAfter < 0) assert.deepEqual(wanted, [])
      const free = { ...reversed, row: { ...reversed.row, usedUntil: null } }
      assert.deepEqual(listWantedClaims(free, later), [])
    }),
    { numRuns: 300 },
  )
})
