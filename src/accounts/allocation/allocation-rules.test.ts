import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { namedFirst, planAllocations, takeInOrder } from './allocation-rules.ts'

const item = (id: number, left: bigint) => ({ kind: 'ITEM', id, left }) as const

test('credit settles claims in their order, the oldest credit first', () => {
  const claims = [
    { claimId: 1, open: 3000n },
    { claimId: 2, open: 3000n },
  ]
  assert.deepEqual(planAllocations(claims, [item(8, 1000n), item(9, 4000n)]), [
    { claimId: 1, credit: { kind: 'ITEM', id: 8 }, amount: 1000n },
    { claimId: 1, credit: { kind: 'ITEM', id: 9 }, amount: 2000n },
    { claimId: 2, credit: { kind: 'ITEM', id: 9 }, amount: 2000n },
  ])
})

test('claims that are named come first', () => {
  const claims = [1, 2, 3].map((claimId) => ({ claimId, open: 1n }))
  assert.deepEqual(
    namedFirst(claims, new Set([3, 2])).map(({ claimId }) => claimId),
    [2, 3, 1],
  )
})

test('a credit note settles its own claim before older ones', () => {
  const claims = [
    { claimId: 1, open: 500n },
    { claimId: 2, open: 500n },
  ]
  const note = { kind: 'CLAIM', id: 7, left: 600n, ownClaimId: 2 } as const
  assert.deepEqual(
    planAllocations(claims, [note]).map(({ claimId, amount }) => [claimId, amount]),
    [
      [2, 500n],
      [1, 100n],
    ],
  )
})

test('nothing is settled twice, and either credit or claims are used up', () => {
  const amounts = fc.array(fc.bigInt(1n, 10_000n), { maxLength: 6 })
  fc.assert(
    fc.property(amounts, amounts, (opens, lefts) => {
      const claims = opens.map((open, n) => ({ claimId: n + 1, open }))
      const planned = planAllocations(
        claims,
        lefts.map((left, n) => item(n + 1, left)),
      )
      const total = (all: readonly bigint[]) => all.reduce((sum, amount) => sum + amount, 0n)
      const settled = total(planned.map(({ amount }) => amount))
      assert.equal(settled, total(opens) < total(lefts) ? total(opens) : total(lefts))
      for (const { claimId, open } of claims) {
        assert.ok(total(planned.filter((each) => each.claimId === claimId).map(({ amount }) => amount)) <= open)
      }
    }),
  )
})

test('what is taken in order ends when enough is there', () => {
  const sources = [{ left: 5n }, { left: 0n }, { left: 9n }]
  assert.deepEqual(
    takeInOrder(sources, 7n).map(({ amount }) => amount),
    [5n, 2n],
  )
})
