import fc from 'fast-check'
import type { Operation } from '../../../src/platform/api/operation.ts'
import type { ExampleCall } from '../example-calls.ts'
import { makeForms } from './fuzz-forms.ts'
import { oddValues, padObject } from './odd-values.ts'
import { disturb, headerSets } from './odd-wire.ts'

/** One generated call, ready to be sent. */
export interface GeneratedRequest {
  readonly operation: Operation
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly payload: string | Buffer | undefined
}

/** Ids that exist, by the name of the field that carries them: without them every call would end at 404. */
export type KnownIds = Readonly<Record<string, readonly number[]>>

type Example = Partial<ExampleCall['parts']>

/** What a request may start from. */
export interface Known {
  readonly ids: KnownIds
  /** A call that the things of the demo answer; half of the requests are close to it. */
  readonly example?: Example | undefined
}

interface Schema {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly format?: string
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
}

const day = fc
  .integer({ min: -40, max: 40 })
  .map((days) => Temporal.PlainDate.from('2026-06-15').add({ days }).toString())
const offsets = fc.constantFrom('Z', '+02:00', '+01:00[Europe/Berlin]', '+02:00[Europe/Berlin]')
const moment = fc
  .tuple(day, fc.integer({ min: 0, max: 95 }), offsets)
  .map(
    ([date, quarter, offset]) => `${date}T${Temporal.PlainTime.from('00:00').add({ minutes: 15 * quarter })}${offset}`,
  )

const byFormat: Readonly<Record<string, fc.Arbitrary<string>>> = {
  date: day,
  'date-time': moment,
  uuid: fc.uuid(),
  'ISO 3166-1': fc.constantFrom('DE', 'AT', 'ES', 'IT', 'GB', 'us'),
  'ISO 639-1': fc.constantFrom('de', 'en', 'fr'),
}

/** Addresses that nobody has yet, some of them twice. */
const newMail = fc.integer({ min: 1, max: 500 }).map((n) => `visitor${n}@mail.example`)

/** Words that people really type, and that hostile clients send. */
const words = fc.oneof(
  fc.constantFrom(
    'Edgar',
    'Müller',
    "O’Brien'; --",
    '%',
    '_',
    '\\',
    ' ',
    '',
    '١٢٣',
    '<script>',
    'a\u0000b',
    '🏋️',
    '1290158199',
    '1-12345',
  ),
  fc.string({ maxLength: 40, unit: 'grapheme' }),
)

/** What people really send in fields of these names; without it the rules behind the schema would never be met. */
const usual: Readonly<Record<string, fc.Arbitrary<string>>> = {
  firstName: fc.constantFrom('Edgar', 'Max', 'Zoë', "O’Brien'; --"),
  lastName: fc.constantFrom('Bullock', 'Müller', 'Łukasz'),
  email: fc.oneof(
    fc.constantFrom('example@email.com', 'ida@example.org', 'no-mail'),
    fc.nat(999).map((n) => `p${n}@example.org`),
  ),
  dateOfBirth: fc.integer({ min: 1950, max: 2008 }).map((year) => `${year}-02-28`),
  firstname: fc.constantFrom('Edgar', 'Zoë', 'Lea'),
  lastname: fc.constantFrom('Bullock', 'Łukasz', 'Neugier'),
  telephone: fc.constantFrom('+49 30 5550117', '5006001112'),
  languageCode: fc.constantFrom('de', 'en'),
  zipCode: fc.constantFrom('10435', '20095'),
  city: fc.constantFrom('Berlin', 'Hamburg'),
  street: fc.constantFrom('Lindenallee', 'Am Bahnhof'),
  houseNumber: fc.constantFrom('12a', '7'),
  countryCode: fc.constant('DE'),
  cardNumber: fc.constant('1290158199'),
  benefitKey: fc.constantFrom('BENEFIT_KEY', 'NONE'),
  voucherCode: fc.constantFrom('CHVB1-YL29-MYVA', 'chvb1 yl29 myva', 'SMMR1-TOOL-ATEX', 'CHVB1-USED-UPXX'),
  customerNumber: fc.constant('1-12345'),
  // The first of a month, and the day on which Edgar's pause begins.
  startDate: fc.oneof(day, fc.constantFrom('2026-07-01', '2026-08-14')),
  // Every day that passes runs the jobs of all studios.
  mode: fc.constantFrom('OFFSET', 'FROZEN'),
  now: fc.constantFrom('2026-06-15T07:00:00Z', '2026-06-16T09:30:00+02:00[Europe/Berlin]', '2027-07-25T00:00:00Z'),
  duration: fc.constantFrom('PT1M', 'PT90M', 'P1D', 'P401D', 'P9999Y', 'PT', 'p1d', '-P1D'),
  startDateTime: fc
    .tuple(fc.integer({ min: 16, max: 30 }), fc.integer({ min: 8, max: 19 }), fc.constantFrom('00', '15', '30'))
    .map(([date, hour, minute]) => `2026-06-${date}T${String(hour).padStart(2, '0')}:${minute}:00+02:00`),
}

/** What people of the demo hold before a device; without it every call would end with nobody. */
const shownToDevices = fc.constantFrom(
  { type: 'NUMBER', value: '1290158199' },
  { type: 'NUMBER', value: '1004', format: 'DECIMAL' },
  { type: 'NUMBER', value: '49870fc', format: 'HEX_MSB' },
  { type: 'BARCODE', value: 'PSZEYAZ7' },
  { type: 'PIN', value: '12378' },
  { type: 'QR_CODE', value: 'EDGAR1001' },
)

/** Values that the schema allows. */
export function validValue(schema: Schema, name: string, ids: KnownIds): fc.Arbitrary<unknown> {
  if (schema.enum && name !== 'mode') return fc.constantFrom(...schema.enum)
  switch (schema.type) {
    case 'object':
      return 'format' in (schema.properties ?? {})
        ? fc.oneof({ weight: 6, arbitrary: shownToDevices }, { weight: 1, arbitrary: validObject(schema, ids) })
        : validObject(schema, ids)
    case 'array':
      return fc.array(validValue(schema.items ?? {}, name, ids), { minLength: schema.minItems ?? 0, maxLength: 3 })
    case 'integer':
      return integerValue(schema, ids[name])
    case 'number':
      return fc.double({ min: -1e6, max: 1e6, noNaN: true })
    case 'boolean':
      return fc.boolean()
    default:
      return stringValue(schema, name)
  }
}

function validObject({ properties = {}, required = [] }: Schema, ids: KnownIds): fc.Arbitrary<object> {
  const model = Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, validValue(schema, name, ids)]),
  )
  const requiredKeys = required.filter((name) => name in model)
  const some = fc.record(model, { requiredKeys })
  const optional = Object.keys(model).filter((name) => !requiredKeys.includes(name))
  if (optional.length < 2) return some.map(withWholePeriod)
  // Objects of which exactly one criterion may be given would hardly ever be made by leaving things out at random.
  const few = fc
    .constantFrom(...optional)
    .chain((name) => fc.record(pick(model, [...requiredKeys, name]) as typeof model))
  return fc.oneof(some, few).map(withWholePeriod)
}

const pick = (model: object, names: readonly string[]) =>
  Object.fromEntries(Object.entries(model).filter(([name]) => names.includes(name)))

/** An end that is unrelated to its start is refused before anything else is checked. */
function withWholePeriod(value: object): object {
  const { startDateTime, endDateTime } = value as { startDateTime?: string; endDateTime?: string }
  if (!startDateTime || !endDateTime || !/^\d{4}-/.test(startDateTime)) return value
  const minutes = [20, 30, 45, 60][startDateTime.charCodeAt(9) % 4] ?? 60
  return { ...value, endDateTime: String(Temporal.Instant.from(startDateTime).add({ minutes })) }
}

function integerValue({ minimum, maximum }: Schema, known: readonly number[] | undefined): fc.Arbitrary<number> {
  const any = fc.integer({ min: minimum ?? -2, max: maximum ?? 2 ** 31 - 1 })
  return known && known.length > 0
    ? fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: any })
    : any
}

function stringValue({ format, pattern, maxLength }: Schema, name: string): fc.Arbitrary<string> {
  const known = usual[name]
  if (known) return fc.oneof({ weight: 6, arbitrary: known }, { weight: 1, arbitrary: words })
  if (format !== undefined && byFormat[format]) return byFormat[format]
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern))
  if (name === 'offset') return fc.integer({ min: 0, max: 200 }).map(String)
  if (/email/i.test(name)) return fc.oneof(fc.constantFrom('example@email.com', 'ida@example.org', 'no-mail'), newMail)
  return words.map((word) => word.slice(0, maxLength ?? 200))
}

const garbage: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    null,
    '',
    [],
    {},
    -1,
    1.5,
    2 ** 53,
    1e308,
    true,
    'x'.repeat(5000),
    '2026-02-30',
    '2026-06-15T10:00:00',
  ),
  fc.jsonValue({ maxDepth: 3 }),
  oddValues,
)

/** A valid value in which one value, at any depth, holds something else or is missing. */
export function spoil(value: unknown): fc.Arbitrary<unknown> {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return garbage
  return fc.constantFrom(...Object.keys(value)).chain((key) => {
    const inner = (value as Record<string, unknown>)[key]
    const replaced = fc.oneof(garbage, spoilOnce(inner)).map((other) => assign(value, key, other))
    return fc.oneof(
      { weight: 4, arbitrary: replaced },
      { weight: 1, arbitrary: fc.constant(without(value, key)) },
      { weight: 1, arbitrary: Array.isArray(value) ? garbage : padObject(value) },
    )
  })
}

const spoilOnce = (value: unknown) => (typeof value === 'object' && value !== null ? spoil(value) : garbage)

function assign(value: object, key: string, other: unknown): unknown {
  if (Array.isArray(value)) return value.map((item, at) => (String(at) === key ? other : item))
  return { ...value, [key]: other }
}

function without(value: object, key: string): unknown {
  if (Array.isArray(value)) return value.filter((_, at) => String(at) !== key)
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key))
}

/** Valid and spoiled requests to one operation, some of which go wrong on their way. */
export function requestsTo(operation: Operation, known: Known): fc.Arbitrary<GeneratedRequest> {
  const sent = requestsMeant(operation, known)
  return fc.oneof({ weight: 5, arbitrary: sent }, { weight: 1, arbitrary: sent.chain(disturb) })
}

function requestsMeant(operation: Operation, { ids, example = {} }: Known): fc.Arbitrary<GeneratedRequest> {
  const part = (name: keyof Example, weight: number) => {
    const made = validValue(operation[name] as Schema, '', ids)
    const valid = name in example ? fc.oneof(made, fc.constant(example[name])) : made
    return fc.oneof({ weight: 10 - weight, arbitrary: valid }, { weight, arbitrary: valid.chain(spoil) })
  }
  return fc
    .record({
      params: part('params', 2),
      query: part('query', 3),
      body: operation.body ? part('body', 4) : fc.constant(undefined),
      form: operation.file ? makeForms(operation.file, operation.body && part('body', 4)) : fc.constant(undefined),
      headers: fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: headerSets }),
      wish: operation.wish ? fc.constantFrom({}, { [operation.wish.name]: 'true' }) : fc.constant({}),
      text: fc.constantFrom(...Array.from({ length: 30 }, () => undefined), '{', '', 'null', '[', '"x"'),
    })
    .map(({ params, query, body, form, headers: all, wish, text }) => {
      const headers = { ...all, ...wish }
      const path = fillPath(operation, params) + printQuery(query)
      if (form) return { operation, path, headers: { ...form.headers, ...headers }, payload: form.payload }
      const payload = text ?? (body === undefined ? undefined : JSON.stringify(body))
      return {
        operation,
        path,
        headers: payload === undefined ? headers : { 'content-type': 'application/json', ...headers },
        payload,
      }
    })
}

function fillPath({ path }: Operation, params: unknown): string {
  const values = (typeof params === 'object' ? params : {}) as Record<string, unknown>
  return path.replaceAll(
    /\{(\w+)\}/g,
    (_, name: string) => encodeURIComponent(printed(values?.[name] ?? 'x').toWellFormed()) || 'x',
  )
}

function printQuery(query: unknown): string {
  if (typeof query !== 'object' || query === null) return ''
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((item) => [name, printed(item)] as [string, string]),
  )
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`
}

const printed = (value: unknown) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))
