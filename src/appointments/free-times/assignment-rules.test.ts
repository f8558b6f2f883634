import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allocation, device, instructor, line } from '../../../test/support/scenes/appointment-facts.ts'
import { at, berlin, on } from '../../../test/support/scenes/booking-facts.ts'
import {
  type Assignment,
  assignResources,
  planChoices,
  preparePools,
  type RequirementLine,
} from './assignment-rules.ts'
import { type ResourceFacts, planTimeline } from '../../resources/timeline-rules.ts'

const now = at('2026-06-09T12:00+02:00')
const ms = (text: string) => at(text).epochMilliseconds
const block = { from: ms('2026-06-10T14:00+02:00'), until: ms('2026-06-10T15:00+02:00') }
const day = { from: ms('2026-06-10T00:00+02:00'), until: ms('2026-06-11T00:00+02:00') }
const busy = allocation('2026-06-10T14:30+02:00', '2026-06-10T15:00+02:00')
const morning = allocation('2026-06-10T08:00+02:00', '2026-06-10T09:00+02:00')
const dayBefore = allocation('2026-06-09T08:00+02:00', '2026-06-09T18:00+02:00')

function assign(
  lines: readonly RequirementLine[],
  resources: readonly ResourceFacts[],
  ids: readonly number[] = [],
): Assignment | null {
  const dates = { fromDate: on('2026-06-10'), untilDate: on('2026-06-10') }
  const timelines = new Map(
    resources.map((one) => [one.resourceId, planTimeline(one, { dates, zone: berlin }, now)] as const),
  )
  return assignResources(planChoices(preparePools(lines, timelines), block, day), ids)
}

const oneOfThree = [line('EMPLOYEE', 1, [1, 2, 3])]
const twoOfThree = [line('EMPLOYEE', 2, [1, 2, 3])]
const three = [instructor(1), instructor(2), instructor(3)]

test('instructors with the least work on that day come first', () => {
  assert.deepEqual(assign(oneOfThree, three)?.instructorIds, [101])
  const worked = [instructor(1, { allocations: [morning] }), instructor(2, { allocations: [dayBefore] }), instructor(3)]
  assert.deepEqual(assign(oneOfThree, worked)?.instructorIds, [102])
})

test('among equally busy instructors priority decides, then the id', () => {
  const pool = [
    { resourceId: 1, priority: 2 },
    { resourceId: 3, priority: 1 },
    { resourceId: 2, priority: 1 },
  ]
  assert.deepEqual(assign([{ kind: 'EMPLOYEE', count: 1, pool }], three)?.instructorIds, [102])
})

test('rooms and devices come by priority, then id, however busy they were', () => {
  const pool = [
    { resourceId: 8, priority: 1 },
    { resourceId: 7, priority: 1 },
    { resourceId: 9, priority: 0 },
  ]
  const rooms = [device(7, { allocations: [morning] }), device(8), device(9, { allocations: [busy] })]
  assert.deepEqual(assign([{ kind: 'ROOM', count: 1, pool }], rooms)?.resourceIds, [7])
})

test('a list of alternatives is tried among itself only', () => {
  const [anna, ben, chris] = [101, 102, 103]
  assert.deepEqual(assign(oneOfThree, three, [ben, chris])?.instructorIds, [ben])
  const annaBusy = [instructor(1, { allocations: [busy] }), instructor(2), instructor(3)]
  assert.deepEqual(assign(oneOfThree, annaBusy, [anna, ben])?.instructorIds, [ben])
  assert.equal(assign(oneOfThree, annaBusy, [anna]), null)
  assert.equal(assign(oneOfThree, annaBusy, [anna, anna]), null)
})

test('fewer names than needed are all taken and filled up from the pool', () => {
  assert.deepEqual(assign(twoOfThree, three, [103])?.instructorIds, [101, 103])
  const chrisBusy = [instructor(1), instructor(2), instructor(3, { allocations: [busy] })]
  assert.equal(assign(twoOfThree, chrisBusy, [103]), null)
  assert.deepEqual(assign(twoOfThree, chrisBusy, [])?.instructorIds, [101, 102])
  assert.deepEqual(assign(twoOfThree, three, [103, 103])?.instructorIds, [101, 103])
})

test('an instructor outside the pool makes the wish impossible', () => {
  assert.equal(assign(oneOfThree, three, [101, 999]), null)
  assert.equal(assign([line('ROOM', 1, [7])], [device(7)], [101]), null)
})

test('every line is filled, or nothing is', () => {
  const lines = [line('EMPLOYEE', 1, [1]), line('EMPLOYEE', 1, [2, 3]), line('DEVICE', 1, [9])]
  assert.deepEqual(assign(lines, [...three, device(9)]), { resourceIds: [1, 2, 9], instructorIds: [101, 102] })
  assert.equal(assign(lines, [...three, device(9, { allocations: [busy] })]), null)
  assert.equal(assign(lines, three), null)
  assert.deepEqual(assign([], []), { resourceIds: [], instructorIds: [] })
})

test('names that would need more than one resource of a line are refused', () => {
  const lines = [line('EMPLOYEE', 1, [1, 2]), line('EMPLOYEE', 2, [3, 4])]
  const team = [...three, instructor(4)]
  assert.equal(assign(lines, team, [101, 102]), null)
  assert.deepEqual(assign(lines, team, [102, 104])?.instructorIds, [102, 103, 104])
  assert.equal(assign(lines, team, [101, 102, 103]), null)
})
