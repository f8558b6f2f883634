import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { type TSchema, Type } from 'typebox'
import { adminInfo, adminOperations, deviceInfo, deviceOperations, publicInfo, publicOperations } from '../../api.ts'
import { openapiDocument } from './openapi.ts'
import { schemaPrinter } from './openapi-schemas.ts'
import { operation } from './operation.ts'
import { dateTime, described, id, list, localDateTime, named, ownKeywords, pathId, sliceQuery, text } from './schema.ts'
import { validateRequest } from '../validation/validation.ts'

type Node = Readonly<Record<string, any>>

const documents = [
  ['public', publicOperations, openapiDocument(publicOperations, publicInfo)],
  ['admin', adminOperations, openapiDocument(adminOperations, adminInfo)],
  ['device', deviceOperations, openapiDocument(deviceOperations, deviceInfo)],
] as const

const Person = named('Person', Type.Object({ id: id('The person.'), name: text('Its name.', { trim: true }) }))
const sample = operation({
  operationId: 'renamePerson',
  method: 'PUT',
  path: '/v1/people/{personId}',
  tag: 'People',
  summary: 'Rename',
  scopes: ['A', 'B'],
  params: Type.Object({ personId: pathId('customer', 'The person.') }),
  query: Type.Object({
    ...sliceQuery(50, 10, 100).properties,
    on: text('Day.'),
    kinds: Type.Optional(list(text('Kind.'), 'Kinds.', { commaList: true })),
    old: Type.Optional(id('Earlier spelling.', { deprecated: true })),
  }),
  body: Type.Object({ first: described(Person, 'The first.'), second: Type.Optional(Person) }),
  response: list(Person, 'All.'),
  errors: { 400: ['errormessage.customer.taxIdInvalid'], 409: ['errormessage.customer.duplicate'] },
})
const sampleDocument: Node = openapiDocument([sample], { ...publicInfo, tags: { People: 'People.' } })
const sampleEntry: Node = sampleDocument.paths['/v1/people/{personId}'].put

for (const [name, operations, document] of documents) {
  const entries = Object.values(document.paths as Node).flatMap((methods) => Object.values(methods as Node)) as Node[]

  test(`${name}: every operation has a summary, a description, a known tag and an operationId of its own`, () => {
    assert.equal(entries.length, operations.length)
    assert.equal(new Set(entries.map((entry) => entry.operationId)).size, entries.length)
    const tags = (document.tags as readonly Node[]).map((tag) => tag.name)
    for (const entry of entries) {
      assert.ok(entry.summary && entry.description, entry.operationId)
      assert.ok(tags.includes(entry.tags[0]), entry.operationId)
    }
  })

  test(`${name}: every property and every parameter is described`, () => {
    assert.deepEqual(undescribed(document, name), [])
    for (const entry of entries) {
      for (const parameter of entry.parameters) {
        assert.ok(parameter.$ref ?? parameter.description, `${entry.operationId} ${parameter.name}`)
      }
    }
  })

  test(`${name}: every schema compiles, every example fits, every reference leads somewhere, no own keyword is left`, () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    ajv.addSchema({ $id: 'openapi', components: document.components })
    for (const schema of Object.keys((document.components as Node).schemas)) {
      assert.ok(ajv.getSchema(`openapi#/components/schemas/${schema}`), schema)
    }
    visit(document, (node, path) => {
      if (typeof node.$ref === 'string') assert.ok(lookUp(document, node.$ref), `${path}: ${node.$ref}`)
      if (!path.endsWith('.properties')) {
        for (const keyword of ownKeywords) assert.ok(!(keyword in node), `${path}.${keyword}`)
      }
      for (const example of Array.isArray(node.examples) ? node.examples : []) {
        assert.ok(ajv.validate(node, example), `${path}: ${JSON.stringify(example)}`)
      }
    })
  })

  test(`${name}: it has the version of the product`, () => {
    const manifest = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')
    assert.equal((document.info as Node).version, JSON.parse(manifest).version)
  })

  test(`${name}: no format promises RFC 3339 of a text that may name its zone or have no offset`, () => {
    visit(document, (node, path) => assert.notEqual(node.format, 'date-time', path))
  })

  test(`${name}: the validator knows every rule of every declaration`, () => {
    for (const declared of operations) {
      const { params } = declared
      const ids = Object.fromEntries(Object.keys(params.properties).map((key) => [key, '1']))
      // An unknown format or keyword throws a plain Error; a refusal of this empty request is what we expect.
      try {
        validateRequest(declared, { params: ids, query: {}, body: declared.body && {} })
      } catch (error) {
        assert.equal((error as Error).name, 'ApiError', `${declared.operationId}: ${error}`)
      }
    }
  })
}

test('a named schema is listed once, and its meaning stands where it is used', () => {
  const { properties, required } = sampleEntry.requestBody.content['application/json'].schema
  assert.deepEqual(properties.first, { $ref: '#/components/schemas/Person', description: 'The first.' })
  assert.deepEqual(properties.second, { $ref: '#/components/schemas/Person' })
  assert.deepEqual(required, ['first'])
  assert.deepEqual(sampleDocument.components.schemas.Person.properties.name, {
    type: 'string',
    description: 'Its name.',
  })
})

test('date-times are published as patterns that take each form in which they are answered', () => {
  const accepts = (schema: TSchema) => {
    const printed: Node = schemaPrinter().print(schema)
    return (value: string) => new RegExp(printed.pattern, 'u').test(value) && printed['x-format']
  }
  const [zoned, local] = [accepts(dateTime('A moment.')), accepts(localDateTime('A moment.'))]
  const bracketed = '2026-06-15T18:00:00.000+02:00[Europe/Berlin]'
  assert.deepEqual([zoned(bracketed), local(bracketed)], ['zoned-date-time', false])
  for (const plain of ['2026-06-15T18:00:00.000+02:00', '2026-06-15T16:00Z']) {
    assert.deepEqual([zoned(plain), local(plain)], ['zoned-date-time', 'local-date-time'], plain)
  }
  assert.equal(local('2026-12-24T14:00:00'), 'local-date-time')
  for (const value of ['2026-12-24T14:00:00', '2026-12-24', 'soon']) assert.equal(zoned(value), false, value)
})

test('keywords of our own stay in our declarations', () => {
  const printed = schemaPrinter().print(text('As sent.', { verbatim: true, trim: true, note: 'here' }))
  assert.deepEqual(printed, { type: 'string', description: 'As sent.' })
})

test('two different schemas cannot share a name', () => {
  const printer = schemaPrinter()
  printer.print(Person)
  assert.throws(() => printer.print(named('Person', Type.Object({}) as TSchema)), /named Person/)
})

test('a parameter with a default may be left out, one without must be given', () => {
  const required = sampleEntry.parameters.flatMap((parameter: Node) => (parameter.required ? [parameter.name] : []))
  assert.deepEqual(required, ['personId', 'on'])
})

test('deprecated and comma-separated parameters are published as such', () => {
  const named = (name: string) => sampleEntry.parameters.find((parameter: Node) => parameter.name === name)
  assert.equal(named('old').deprecated, true)
  assert.deepEqual([named('kinds').style, named('kinds').explode], ['form', false])
})

test('an operation publishes its scopes, its errors, and on writes the idempotency key', () => {
  assert.deepEqual(sampleEntry['x-scopes'], ['A', 'B'])
  const statuses = Object.keys(sampleEntry.responses).join(' ')
  assert.equal(statuses, '200 400 401 403 404 409 412 413 415 429 500 503 507')
  const key = '#/components/parameters/IdempotencyKey'
  assert.ok(sampleEntry.parameters.some((parameter: Node) => parameter.$ref === key))
  const document: Node = openapiDocument([{ ...sample, method: 'GET', body: undefined }], publicInfo)
  const read = document.paths['/v1/people/{personId}'].get
  assert.ok(!read.parameters.some((parameter: Node) => parameter.$ref === key))
  assert.ok(!('413' in read.responses), 'only a body can be too large')
  assert.ok(!('412' in read.responses), 'only a write can meet something else than was seen')
})

test('an operation publishes the codes of its own rules, of its input and of its kind', () => {
  const { 400: malformed, 403: forbidden, 404: missing, 409: conflicts, ...others } = sampleEntry['x-error-codes']
  assert.ok(malformed.includes('errormessage.customer.taxIdInvalid'))
  const ofFields = malformed.flatMap((code: string) => code.match(/^errormessage\.validation\.(\w+)/)?.[1] ?? [])
  assert.deepEqual(ofFields, ['max', 'maxItems', 'maxLength', 'min', 'pattern', 'required', 'type'])
  assert.deepEqual(forbidden, ['errormessage.auth.scopeMissing'])
  assert.deepEqual(missing, ['errormessage.customer.notFound', 'errormessage.request.unknownPath'])
  assert.ok(conflicts.includes('errormessage.customer.duplicate'))
  assert.ok(conflicts.includes('errormessage.idempotency.inProgress'))
  assert.deepEqual(Object.keys(others), ['401', '412', '413', '415', '429', '500', '503', '507'])
})

test('what only a write can be refused with is not published of a read', () => {
  const read = { ...sample, method: 'GET', body: undefined, scopes: [] } as const
  const document: Node = openapiDocument([read], { ...publicInfo, tags: { People: 'People.' } })
  const { 400: malformed, ...others } = document.paths['/v1/people/{personId}'].get['x-error-codes']
  assert.ok(!malformed.some((code: string) => /idempotency|precondition/.test(code)), malformed.join())
  assert.ok(!('403' in others || '412' in others), 'no scope, nothing to compare')
})

test('a write takes If-Match where its path is read with a tag', () => {
  const read = { ...sample, operationId: 'getPerson', method: 'GET', body: undefined } as const
  const writeBeside = (operation: typeof read & { untagged?: true }): readonly string[] => {
    const document: Node = openapiDocument([operation, sample], { ...publicInfo, tags: { People: 'People.' } })
    const { get, put } = document.paths['/v1/people/{personId}']
    assert.equal('ETag' in get.responses[200].headers, !operation.untagged)
    return put.parameters.flatMap(({ $ref }: Node) => $ref ?? [])
  }
  const ifMatch = '#/components/parameters/IfMatch'
  assert.ok(writeBeside(read).includes(ifMatch))
  assert.ok(!writeBeside({ ...read, untagged: true }).includes(ifMatch))
  assert.ok(!sampleEntry.parameters.some(({ $ref }: Node) => $ref === ifMatch))
})

test('the document shows each event as a webhook, with an example that its schema accepts', () => {
  const webhooks = Object.entries(documents[0][2].webhooks as Node)
  assert.ok(webhooks.length > 0)
  for (const [type, webhook] of webhooks) {
    const { schema, example } = (webhook as Node).post.requestBody.content['application/json'] as Node
    assert.equal(example.payload[0].type, type)
    const renamed = { ...example, payload: [{ ...example.payload[0], type: 'ANOTHER' }] }
    const accepts = new Ajv2020({ formats: { int64: true, uuid: true } }).compile(schema)
    assert.ok(accepts(example), `${type}: ${JSON.stringify(accepts.errors)}`)
    assert.ok(!accepts(renamed), type)
  }
})

test('an operation names the events that it can emit, and each is one of the webhooks', () => {
  const { webhooks } = documents[0][2] as Node
  const emitted = publicOperations.flatMap(({ emits = [] }) => emits)
  assert.ok(emitted.length > 0)
  for (const type of emitted) assert.ok(type in webhooks, type)
  const paths = Object.values(documents[0][2].paths as Node).flatMap((methods) => Object.values(methods as Node))
  const booking = paths.find((entry) => (entry as Node).operationId === 'bookClassSlot') as Node
  assert.ok(booking['x-events'].includes('CLASS_BOOKING_CREATED'))
})

test('the order of the declarations does not change the document', () => {
  const reversed = openapiDocument([...publicOperations].reverse(), publicInfo)
  assert.equal(JSON.stringify(reversed), JSON.stringify(documents[0][2]))
})

function undescribed(node: unknown, path: string): readonly string[] {
  const found: string[] = []
  visit(
    node,
    ({ properties }, at) => {
      for (const [name, property] of Object.entries((properties ?? {}) as Node)) {
        if (property.description === undefined) found.push(`${at}.${name}`)
      }
    },
    path,
  )
  return found
}

function visit(node: unknown, check: (node: Node, path: string) => void, path = ''): void {
  if (typeof node !== 'object' || node === null) return
  if (!Array.isArray(node)) check(node, path)
  for (const [key, child] of Object.entries(node)) visit(child, check, `${path}.${key}`)
}

function lookUp(document: unknown, reference: string): unknown {
  return reference
    .slice(2)
    .split('/')
    .reduce<any>((node, key) => node?.[key], document)
}
