import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { type Demand, Held } from './demand.ts'
import { FairLine } from './fair-line.ts'
import { chooseLate, chooseNext, type Head } from './fair-line-rules.ts'

const demand = (rank: Demand['rank'], holder = 'a', tenantId = 1): Demand => ({ rank, holder, tenantId })
const head = (order: number, ...of: Parameters<typeof demand>): Head => ({ order, demand: demand(...of) })
const nobodyHolds = { size: 40, held: new Held() }

function holding(size: number, ...demands: readonly Demand[]) {
  const held = new Held()
  for (const each of demands) held.add(each)
  return { size, held }
}

const ranks = fc.constantFrom('CRITICAL', 'NORMAL', 'BULK' as const)
const demands = fc.record({
  rank: ranks as fc.Arbitrary<Demand['rank']>,
  holder: fc.constantFrom('a', 'b', 'c', 'd'),
  tenantId: fc.constantFrom(1, 2, 3),
})

test('the highest class is served first, and in a class who came first', () => {
  const heads = [head(1, 'BULK'), head(3, 'CRITICAL'), head(2, 'CRITICAL', 'b'), head(0, 'NORMAL')]
  assert.equal(chooseNext(heads, nobodyHolds, 0)?.order, 2)
})

test('of eight grants one goes to who waits longest in the lower classes', () => {
  const heads = [head(9, 'CRITICAL'), head(4, 'BULK'), head(5, 'NORMAL')]
  const chosen = Array.from({ length: 16 }, (_, grant) => chooseNext(heads, nobodyHolds, grant)?.order)
  assert.equal(chosen.filter((order) => order === 4).length, 2)
  assert.equal(chosen.filter((order) => order === 9).length, 14)
})

test('who holds half is passed over while others wait, by activation and by tenant, and served when alone', () => {
  const half = holding(4, demand('NORMAL'), demand('NORMAL'))
  const [flood, sister, stranger] = [head(1, 'CRITICAL'), head(2, 'BULK', 'b'), head(3, 'BULK', 'z', 2)]
  assert.equal(chooseNext([flood, sister], half, 0), sister, 'another activation of the tenant')
  assert.equal(chooseNext([flood, sister, stranger], half, 0), stranger, 'another tenant')
  assert.equal(chooseNext([flood], half, 0), flood)
})

test('who is over his share is refused first, then BULK, then NORMAL, and CRITICAL never', () => {
  const half = holding(4, demand('NORMAL'), demand('NORMAL'))
  const [flood, bulk, normal] = [head(5, 'NORMAL'), head(2, 'BULK', 'z', 2), head(1, 'NORMAL', 'y', 2)]
  const critical = head(0, 'CRITICAL', 'x', 2)
  const all = [critical, normal, bulk, flood]
  assert.equal(chooseLate(all, all, half), flood)
  assert.equal(chooseLate([critical, normal, bulk], all, half), bulk)
  assert.equal(chooseLate([critical, normal], all, half), normal)
  assert.equal(chooseLate([critical], all, half), undefined)
})

test('whatever comes and goes, one of those who wait is chosen, and none beyond half while one within it waits', () => {
  fc.assert(
    fc.property(fc.array(demands), fc.array(demands, { minLength: 1 }), fc.nat(20), (held, waiting, grant) => {
      const shares = holding(held.length + 1 + (held.length % 2), ...held)
      const heads = waiting.map((each, order) => ({ demand: each, order }))
      const chosen = chooseNext(heads, shares, grant)
      assert.ok(chosen && heads.includes(chosen))
      const half = Math.ceil(shares.size / 2)
      const isOver = ({ demand: { holder, tenantId } }: Head) =>
        (shares.held.ofHolder(holder) >= half && heads.some((other) => other.demand.holder !== holder)) ||
        (shares.held.ofTenant(tenantId) >= half && heads.some((other) => other.demand.tenantId !== tenantId))
      if (isOver(chosen)) assert.ok(heads.every(isOver))
    }),
  )
})

test('a queue serves everybody once, each holder and class in the order of arrival, returners before newcomers', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ demand: demands, isKnown: fc.boolean() })), (waiting) => {
      const queue = new FairLine<(typeof waiting)[number] & { no: number }>()
      const numbered = waiting.map((each, no) => ({ ...each, no }))
      for (const each of numbered) queue.add(each, each)
      const served = numbered.map(() => queue.take(nobodyHolds))
      assert.equal(queue.size, 0)
      assert.deepEqual(new Set(served), new Set(numbered))
      const sameLane = (a: (typeof numbered)[number], b: (typeof numbered)[number]) =>
        a.demand.holder === b.demand.holder && a.demand.rank === b.demand.rank
      served.forEach((earlier, at) => {
        for (const later of served.slice(at + 1)) {
          if (!earlier || !later || !sameLane(earlier, later)) continue
          assert.ok(earlier.isKnown === later.isKnown ? earlier.no < later.no : earlier.isKnown)
        }
      })
    }),
  )
})

test('lists do not starve: beside bookings without end each is served within eight grants of its turn', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), (lists) => {
      const queue = new FairLine<{ demand: Demand }>()
      for (let n = 0; n < lists; n++) queue.add({ demand: demand('BULK') })
      let left = lists
      for (let grant = 0; grant < 8 * lists; grant++) {
        queue.add({ demand: demand('CRITICAL') })
        if (queue.take(nobodyHolds)?.demand.rank === 'BULK') left -= 1
      }
      assert.equal(left, 0)
    }),
  )
})
