import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Type } from 'typebox'
import { validate } from './validation.ts'

const address = (options: { emptyIsAbsent?: boolean }) =>
  Type.Object({ address: Type.Optional(Type.Object({ city: Type.String() }, options)) })
const listReferences = (schema: ReturnType<typeof address>, value: unknown) =>
  validate(schema, value).violations.map(({ reference }) => reference)

test('an object of nothing but nulls is absent where the schema says so, and only there', () => {
  const lenient = address({ emptyIsAbsent: true })
  assert.deepEqual(validate(lenient, { address: { city: null } }), { value: {}, violations: [] })
  assert.deepEqual(listReferences(lenient, { address: { zip: '1' } }), ['address.city'])
  assert.deepEqual(listReferences(address({}), { address: { city: null } }), ['address.city'])
})
