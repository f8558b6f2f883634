import assert from 'node:assert/strict'
import { test } from 'node:test'
import Type, { type TSchema } from 'typebox'
import { ApiError } from '../errors/errors.ts'
import { operation } from '../api/operation.ts'
import { type RawRequest, validate, validateRequest } from './validation.ts'

const name = { trim: true, minLength: 1, maxLength: 100 }
const masterData = Type.Object({
  firstName: Type.String(name),
  lastName: Type.String(name),
  gender: Type.Optional(Type.Enum(['MALE', 'FEMALE', 'UNISEX'])),
  dateOfBirth: Type.String({ format: 'date' }),
  customerTitle: Type.Optional(Type.Enum(['NONE', 'DR', 'PROF'])),
})
const listCustomers = operation({
  operationId: 'listThings',
  method: 'POST',
  path: '/v1/customers/{customerId}',
  tag: 'Customers',
  summary: 'x',
  scopes: [],
  params: Type.Object({ customerId: Type.Integer({ format: 'int64', entity: 'customer' }) }),
  query: Type.Object({
    sliceSize: Type.Integer({ format: 'int32', minimum: 1, maximum: 50, default: 10 }),
    on: Type.Optional(Type.String({ format: 'date' })),
    key: Type.Optional(Type.Array(Type.String())),
    caseId: Type.Optional(Type.Array(Type.String(), { commaList: true })),
    isActive: Type.Optional(Type.Boolean()),
  }),
  body: Type.Object({ note: Type.String() }),
})

const codes = (schema: TSchema, value: unknown, path?: string) =>
  validate(schema, value, path).violations.map(
    (v) => `${v.reference} ${v.code.replace('errormessage.validation.', '')}`,
  )
const accepted = (schema: TSchema, value: unknown) => {
  const result = validate(schema, value)
  assert.deepEqual(result.violations, [])
  return result.value
}
const ask = (raw: Partial<RawRequest>) =>
  validateRequest(listCustomers, { params: { customerId: '7' }, query: {}, body: { note: 'x' }, ...raw })
const refusal = (raw: Partial<RawRequest>): ApiError => {
  try {
    ask(raw)
  } catch (error) {
    if (error instanceof ApiError) return error
    throw error
  }
  return assert.fail('accepted')
}

test('all failures of a body are listed in schema order and the first one is the answer', () => {
  const body = { firstName: 'Max', lastName: '', gender: 'MALE', dateOfBirth: '1990-13-01', customerTitle: 'MR' }
  const { violations } = validate(masterData, body)
  assert.deepEqual(violations, [
    {
      reference: 'lastName',
      code: 'errormessage.validation.required',
      args: [{ type: 'STRING', value: 'lastName' }],
    },
    {
      reference: 'dateOfBirth',
      code: 'errormessage.validation.format',
      args: [
        { type: 'STRING', value: 'dateOfBirth' },
        { type: 'STRING', value: 'date' },
      ],
    },
    {
      reference: 'customerTitle',
      code: 'errormessage.validation.enum',
      args: [
        { type: 'STRING', value: 'MR' },
        { type: 'ENUM', value: ['NONE', 'DR', 'PROF'] },
      ],
    },
  ])
})

test('a path id that is no integer is a wrong type, one that cannot exist is an unknown entity', () => {
  for (const customerId of ['abc', '1.0', '1e3', '', '+5']) {
    const error = refusal({ params: { customerId } })
    assert.deepEqual(
      [error.status, error.code, error.details.reference],
      [400, 'errormessage.validation.type', 'customerId'],
    )
  }
  for (const customerId of ['0', '-3', '9007199254740992', '9'.repeat(400)]) {
    const error = refusal({ params: { customerId } })
    assert.deepEqual([error.status, error.code], [404, 'errormessage.customer.notFound'])
  }
  assert.equal(ask({ params: { customerId: '9007199254740991' } }).params.customerId, 9007199254740991)
})

test('a wrong field is answered before an id that cannot exist', () => {
  assert.equal(refusal({ params: { customerId: '0' }, body: {} }).code, 'errormessage.validation.required')
})

test('failures come in the order path, query, body', () => {
  const error = refusal({ params: { customerId: 'x' }, query: { sliceSize: '51' }, body: {} })
  assert.deepEqual(
    error.details.violations?.map((v) => v.reference),
    ['customerId', 'sliceSize', 'note'],
  )
})

test('a single failure is not listed a second time', () => {
  const error = refusal({ query: { sliceSize: '51' } })
  assert.equal(error.code, 'errormessage.validation.max')
  assert.deepEqual(error.details.args, [
    { type: 'STRING', value: 'sliceSize' },
    { type: 'DECIMAL', value: 50 },
  ])
  assert.equal(error.details.violations, undefined)
})

test('a body that the operation needs must be there', () => {
  for (const body of [undefined, null]) {
    assert.equal(refusal({ body }).code, 'errormessage.request.bodyMissing')
    assert.equal(
      validateRequest({ ...listCustomers, bodyOptional: true }, { params: { customerId: '7' }, query: {}, body }).body,
      undefined,
    )
  }
})

test('a body of the wrong kind has no field to refer to', () => {
  const error = refusal({ body: [] })
  assert.deepEqual(error.details, {
    args: [
      { type: 'STRING', value: 'body' },
      { type: 'STRING', value: 'object' },
    ],
  })
})

test('query parameters are read from text; blank ones are absent and unknown ones ignored', () => {
  const { query } = ask({ query: { sliceSize: '20', on: ' ', isActive: 'true', unknown: 'x', key: '' } })
  assert.deepEqual(query, { sliceSize: 20, isActive: true })
  assert.deepEqual(ask({}).query, { sliceSize: 10 })
})

test('only list parameters may occur more than once, and only marked ones take commas', () => {
  assert.equal(refusal({ query: { on: ['2026-06-15', '2026-06-16'] } }).code, 'errormessage.validation.type')
  assert.deepEqual(ask({ query: { key: 'a,b' } }).query.key, ['a,b'])
  assert.deepEqual(ask({ query: { key: ['a', '', 'b'] } }).query.key, ['a', 'b'])
  assert.deepEqual(ask({ query: { caseId: ['a, b', 'c'] } }).query.caseId, ['a', 'b', 'c'])
})

test('null counts as absent, everywhere', () => {
  const schema = Type.Object({
    a: Type.String(),
    b: Type.Optional(Type.String()),
    c: Type.Array(Type.Integer()),
    d: Type.Integer({ default: 3 }),
    e: Type.Unknown(),
  })
  assert.deepEqual(codes(schema, { a: null, b: null, c: [1], e: {} }), ['a required'])
  assert.deepEqual(accepted(schema, { a: 'x', b: null, c: [1, null, 2], d: null, e: { f: null, g: [null, 1] } }), {
    a: 'x',
    c: [1, 2],
    d: 3,
    e: { g: [1] },
  })
})

test('numbers and their text are read as each other, and nothing else is converted', () => {
  const text = Type.Object({ v: Type.String() })
  assert.deepEqual(accepted(text, { v: 10115 }), { v: '10115' })
  assert.deepEqual(accepted(text, { v: 1e21 }), { v: '1000000000000000000000' })
  assert.deepEqual(accepted(text, { v: 1.5e-7 }), { v: '0.00000015' })
  for (const v of [true, ['a'], {}]) assert.deepEqual(codes(text, { v }), ['v type'])
  const number = Type.Object({ v: Type.Number() })
  assert.deepEqual(accepted(number, { v: '29.90' }), { v: 29.9 })
  for (const v of ['', ' 5', '5x', '0x10', '1e999', 'Infinity', true, [5]]) {
    assert.deepEqual(codes(number, { v }), ['v type'], String(v))
  }
  const flag = Type.Object({ v: Type.Boolean() })
  assert.deepEqual(accepted(flag, { v: 'false' }), { v: false })
  for (const v of ['TRUE', 1, 'yes']) assert.deepEqual(codes(flag, { v }), ['v type'])
  assert.deepEqual(codes(Type.Array(Type.String()), 'a'), [' type'])
  assert.deepEqual(accepted(Type.Union([Type.Literal(1), Type.Literal(2)]), '2'), 2)
})

test('integers outside their format, or with a fraction, are of the wrong type', () => {
  const int32 = Type.Object({ v: Type.Integer({ format: 'int32' }) })
  assert.deepEqual(accepted(int32, { v: -2147483648 }), { v: -2147483648 })
  for (const v of [2147483648, 1.5, '1.5']) assert.deepEqual(codes(int32, { v }), ['v type'])
  const int64 = Type.Object({ v: Type.Integer({ format: 'int64' }) })
  assert.deepEqual(accepted(int64, { v: '9007199254740991' }), { v: 9007199254740991 })
  assert.deepEqual(codes(int64, { v: 9007199254740992 }), ['v type'])
})

test('names are trimmed, composed and on one line, must not be blank when required and hold no control characters', () => {
  const schema = Type.Object({ v: Type.String({ trim: true, maxLength: 4 }), w: Type.Optional(Type.String(name)) })
  assert.deepEqual(accepted(schema, { v: '  Zoe\u0308 ' }), { v: 'Zoë' })
  assert.deepEqual(accepted(schema, { v: 'a\r\n\tb' }), { v: 'a b' })
  assert.deepEqual(codes(schema, { v: ' \t ' }), ['v required'])
  assert.deepEqual(codes(schema, { v: 'x', w: ' ' }), ['w minLength'])
  assert.deepEqual(codes(schema, { v: 'a\u0007b' }), ['v pattern'])
  const plain = Type.Object({ v: Type.String() })
  for (const control of ['\u0000', '\u0007', '\r', '\u0085']) {
    assert.deepEqual(codes(plain, { v: `a${control}b` }), ['v pattern'], JSON.stringify(control))
  }
  assert.deepEqual(accepted(plain, { v: ' a\n\tb ' }), { v: ' a\n\tb ' })
  assert.deepEqual(codes(Type.Object({ v: Type.Unknown() }), { v: { w: 'a\u0000b' } }), ['v.w pattern'])
})

test('lengths count characters, not code units', () => {
  const schema = Type.String({ minLength: 2, maxLength: 2 })
  assert.deepEqual(accepted(schema, '💪💪'), '💪💪')
  assert.deepEqual(codes(schema, '💪'), [' minLength'])
  assert.deepEqual(codes(schema, 'abc'), [' maxLength'])
})

test('several failures of one field come in the order of the catalogue', () => {
  const schema = Type.Object({ v: Type.String({ format: 'uuid', pattern: '^x', minLength: 9 }) })
  assert.deepEqual(codes(schema, { v: 'abc' }), ['v format', 'v pattern', 'v minLength'])
})

test('references are dotted paths with indices in brackets', () => {
  const debtors = Type.Object({ debtors: Type.Array(Type.Object({ debtorId: Type.String() })) })
  assert.deepEqual(codes(debtors, { debtors: [{}, { debtorId: 'x' }, 5] }), [
    'debtors[0].debtorId required',
    'debtors[2] type',
  ])
  assert.deepEqual(codes(Type.Array(Type.Object({ name: Type.String() })), [{}]), ['[0].name required'])
  assert.deepEqual(codes(masterData, {}, 'data')[0], 'data.firstName required')
})

test('lists keep their bounds and no list is longer than a thousand', () => {
  const schema = Type.Array(Type.Integer(), { minItems: 1, maxItems: 3, uniqueItems: true })
  assert.deepEqual(codes(schema, [null]), [' minItems'])
  assert.deepEqual(codes(schema, [1, 2, 3, 4]), [' maxItems'])
  assert.deepEqual(codes(schema, [1, '1']), [' uniqueItems'])
  const open = Type.Array(Type.Integer(), { maxItems: 5000 })
  assert.equal((accepted(open, new Array(1000).fill(1)) as unknown[]).length, 1000)
  assert.deepEqual(codes(open, new Array(1001).fill(1)), [' maxItems'])
  assert.deepEqual(codes(Type.Unknown(), new Array(1001).fill(1)), [' maxItems'])
})

test('at most fifty failures are listed', () => {
  assert.equal(codes(Type.Array(Type.Integer()), new Array(200).fill('x')).length, 50)
})

test('a body that is nested more than twenty levels deep is malformed', () => {
  const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)])
  accepted(Type.Unknown(), nested(20))
  assert.throws(() => validate(Type.Unknown(), nested(21)), { code: 'errormessage.request.malformed' })
  const endless = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000))
  assert.throws(() => validate(masterData, { other: endless }), { code: 'errormessage.request.malformed' })
})

test('unknown and prototype properties are left out', () => {
  const raw = JSON.parse('{"v":{"__proto__":{"a":1},"constructor":1,"b":2},"__proto__":{"w":"x"},"z":1}')
  const schema = Type.Object({ v: Type.Unknown(), w: Type.Optional(Type.String()) })
  assert.deepEqual(accepted(schema, raw), { v: { b: 2 } })
  assert.deepEqual(codes(Type.Object({ toString: Type.String() }), {}), ['toString required'])
})

test('each format refuses what is not one, by the name of the field and never by its value', () => {
  const cases: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
    ['date', 'date', ['2024-02-29'], ['2026-02-29']],
    ['date-time', 'date-time', ['2026-06-15T10:00+02:00[Europe/Berlin]'], ['2026-06-15T10:00:00']],
    ['uuid', 'uuid', ['095be615-a8ad-4c33-8e9c-c7612fbf6c9f'], ['095be615a8ad4c338e9cc7612fbf6c9f']],
    ['email', 'email', ['a@b.de', 'jürgen@müller.de'], ['a@b', 'a@b@c.de', '@b.de', 'a@.de', 'a b@c.de', 'a@b.']],
    ['url', 'url', ['https://example.org/x?y'], ['ftp://example.org', '/x', 'https://a b', 'javascript:1']],
    ['ISO 3166-1', 'country', ['DE'], ['EU', 'de', 'DEU']],
    ['ISO 639-1', 'language', ['de'], ['DE', 'xx']],
    ['ISO 4217', 'currency', ['EUR'], ['eur', 'XYZ1']],
  ]
  for (const [format, printed, good, bad] of cases) {
    const schema = Type.String({ format })
    for (const text of good) accepted(schema, text)
    for (const text of bad) {
      const [violation] = validate(schema, text).violations
      assert.equal(violation?.code, 'errormessage.validation.format', text)
      assert.deepEqual(violation.args[1], { type: 'STRING', value: printed })
      assert.ok(!violation.args.some(({ value }) => value === text), text)
    }
  }
})

test('a schema with a rule that would not be enforced fails loudly', () => {
  assert.throws(() => validate(Type.Number({ exclusiveMinimum: 0 }), 1), /exclusiveMinimum/)
  assert.throws(() => validate(Type.String({ format: 'phon' }), 'x'), /phon/)
  assert.throws(() => validate(Type.Union([Type.String(), Type.Object({})]), 'x'), /anyOf/)
})

test('a single object is read as a list of one where the list says so, and only there', () => {
  const items = Type.Object({ name: Type.String() })
  assert.deepEqual(accepted(Type.Array(items, { wrapSingle: true }), { name: 'a' }), [{ name: 'a' }])
  assert.deepEqual(codes(Type.Array(items, { wrapSingle: true }), {}), ['[0].name required'])
  assert.deepEqual(codes(Type.Array(items, { wrapSingle: true }), 'a'), [' type'])
  assert.deepEqual(codes(Type.Array(items), { name: 'a' }), [' type'])
})
