import assert from 'node:assert/strict'
import { test } from 'node:test'
import Type from 'typebox'
import { slicedResult, sliceQuery } from './schema.ts'
import { idSlice, parseOffset, parsePosition, positionSlice } from './slices.ts'
import { validate } from '../validation/validation.ts'

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n)
const readIds = (ids: readonly number[], offset: string | undefined) =>
  idSlice(ids.filter((id) => id > parseOffset(offset)).slice(0, 51), 50, offset, (id) => id)
const readAt = (count: number, offset: string) => {
  const position = parsePosition(offset)
  return positionSlice(range(1, count).slice(position, position + 11), 10, position)
}

test('slices by id skip and repeat nothing while rows come and go', () => {
  const first = readIds(range(101, 230), undefined)
  assert.deepEqual(first, { result: range(101, 150), hasNext: true, offset: '150' })
  const changed = [...range(101, 159), ...range(161, 231)]
  const second = readIds(changed, '150')
  assert.deepEqual(second, { result: [...range(151, 159), ...range(161, 201)], hasNext: true, offset: '201' })
  assert.deepEqual(readIds(changed, '201'), { result: range(202, 231), hasNext: false, offset: '231' })
  assert.deepEqual(readIds(changed, '231'), { result: [], hasNext: false, offset: '231' })
  assert.deepEqual(readIds([], undefined), { result: [], hasNext: false, offset: '0' })
})

test('slices by position always move on by their size', () => {
  const seen = ['0', '10', '20', '30'].map((offset) => readAt(25, offset))
  assert.deepEqual(
    seen.map(({ result, hasNext, offset }) => [result.length, hasNext, offset]),
    [
      [10, true, '10'],
      [10, true, '20'],
      [5, false, '30'],
      [0, false, '40'],
    ],
  )
})

test('a slice that ends with the list has no next', () => {
  assert.equal(readAt(10, '0').hasNext, false)
  assert.equal(readIds(range(1, 50), undefined).hasNext, false)
})

test('positions beyond 100 000 are refused', () => {
  assert.equal(parsePosition('100000'), 100_000)
  assert.throws(() => parsePosition('100001'), {
    status: 400,
    code: 'errormessage.validation.max',
    details: {
      args: [
        { type: 'STRING', value: 'offset' },
        { type: 'DECIMAL', value: 100_000 },
      ],
      reference: 'offset',
    },
  })
})

test('the query has its defaults and bounds, and an offset is digits only', () => {
  const query = sliceQuery(10, 1, 50)
  const codes = (value: unknown) => validate(query, value).violations.map((v) => [v.reference, v.code])
  assert.deepEqual(validate(query, {}).value, { sliceSize: 10, offset: '0' })
  assert.deepEqual(codes({ sliceSize: '51' }), [['sliceSize', 'errormessage.validation.max']])
  assert.deepEqual(codes({ sliceSize: '0' }), [['sliceSize', 'errormessage.validation.min']])
  for (const offset of ['-1', '1.5', 'abc', '12345678901234567']) {
    assert.deepEqual(codes({ offset }), [['offset', 'errormessage.validation.pattern']], offset)
  }
})

test('the answer is named and needs all three properties', () => {
  const schema = slicedResult('NumberSlicedResult', Type.Integer())
  assert.equal(Reflect.get(schema, 'title'), 'NumberSlicedResult')
  assert.deepEqual(schema.required, ['result', 'hasNext', 'offset'])
})
