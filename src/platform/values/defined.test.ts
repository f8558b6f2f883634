import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { defined, nonNull } from './defined.ts'

interface Change {
  readonly name?: string
  readonly room?: number | null
  readonly kind: 'OPEN' | 'SHUT'
}

const given = (name: string | undefined, room: number | null | undefined) => ({ name, room, kind: 'OPEN' as const })

test('a property that is undefined is absent, and null stays to empty a field', () => {
  const { name, room, kind } = given(undefined, null)
  const change: Change = defined({ name, room, kind })
  assert.deepEqual(Object.entries(change), [
    ['room', null],
    ['kind', 'OPEN'],
  ])
})

test('an answer has neither undefined nor null', () => {
  const { name, room, kind } = given(undefined, null)
  const answer: { readonly name?: string; readonly room?: number; readonly kind: 'OPEN' } = nonNull({
    name,
    room,
    kind,
  })
  assert.deepEqual(Object.keys(answer), ['kind'])
})

test('what is empty, zero or false is a value', () => {
  const values = { text: '', count: 0, isOpen: false, list: [], amount: 0n }
  assert.deepEqual(defined(values), values)
  assert.deepEqual(nonNull(values), values)
})

test('a word that is written down keeps its own type', () => {
  const change: Change = defined({ kind: 'SHUT', name: 'Room 1' })
  assert.deepEqual(change, { kind: 'SHUT', name: 'Room 1' })
})

test('only a property that may be missing becomes optional', () => {
  const { name, room, kind } = given('Room 1', 2)
  // @ts-expect-error the name may be missing
  const named: { readonly name: string } = defined({ name })
  // @ts-expect-error the room may still be null
  const located: { readonly room?: number } = defined({ room })
  const shown: { readonly kind: 'OPEN'; readonly room?: number } = nonNull({ kind, room })
  assert.deepEqual([named, located, shown], [{ name: 'Room 1' }, { room: 2 }, { kind: 'OPEN', room: 2 }])
})

test('the order of the properties is kept, and the given object is left alone', () => {
  const scraps = fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), fc.constantFrom(1, 'a', null, undefined))
  fc.assert(
    fc.property(scraps, (values) => {
      const before = Object.entries(values)
      assert.deepEqual(
        Object.entries(defined(values)),
        before.filter(([, value]) => value !== undefined),
      )
      assert.deepEqual(
        Object.entries(nonNull(values)),
        before.filter(([, value]) => value !== undefined && value !== null),
      )
      assert.deepEqual(Object.entries(values), before)
    }),
  )
})
