import { type Json, requiredOfCaller, type SchemaPrinter } from './openapi-schemas.ts'
import { findExample, type OperationExamples } from './openapi-examples.ts'
import { added } from './schema.ts'
import { type FilePart, isTagged, type Operation, type WishHeader } from './operation.ts'

const errorAnswers = [
  [400, 'BadRequest', 'The request is malformed, or a rule speaks against it; `errorCode` names which.'],
  [401, 'Unauthorized', 'The credentials are missing or not valid.'],
  [403, 'Forbidden', undefined],
  [404, 'NotFound', 'Something the request names does not exist, or this key may not see it.'],
  [409, 'Conflict', 'The request collides with what is stored, or with another request; trying again may help.'],
  [412, 'PreconditionFailed', 'It is not what `If-Match` says any more, or cannot be read here. Nothing was changed.'],
  [413, 'TooLarge', 'The body is larger than this operation takes.'],
  [415, 'UnsupportedMediaType', 'The body is not of a content type that this operation takes, or is encoded.'],
  [429, 'TooManyRequests', 'The limit of this operation is used up; `Retry-After` says for how long.'],
  [500, 'InternalError', 'The fault is ours. Quote `traceId` when you report it.'],
  [503, 'Unavailable', 'Busy or under maintenance. Nothing was changed, so try again after `Retry-After` seconds.'],
  [
    507,
    'InsufficientStorage',
    'There is no room for what was sent. Nothing was changed; an operator has to make room.',
  ],
] as const

/** Refusals that only a write can meet. */
const ofWrites: ReadonlySet<number> = new Set([412, 413])

const integerHeader = (description: string): Json => ({ description, schema: { type: 'integer' } })
const textHeader = (description: string): Json => ({ description, schema: { type: 'string' } })

export const componentHeaders: Json = {
  ETag: textHeader('Names what is shown; sent as `If-None-Match` or `If-Match` it stands for having seen it.'),
  'Idempotency-Replayed': textHeader('`true` when this is the stored answer of an earlier request with the same key.'),
  'Retry-After': integerHeader('Seconds to wait before the next attempt.'),
  'X-RateLimit-Limit': integerHeader('Requests of this operation that are allowed per 60 seconds.'),
  'X-RateLimit-Remaining': integerHeader('Requests that are left; 0 while blocked.'),
  'X-RateLimit-Reset': integerHeader('When the window or the block ends, in Unix seconds.'),
  'X-Trace-Id': textHeader('Names this request in our logs.'),
}

const headerParameter = (name: string, description: string, schema: Json): Json => ({
  name,
  in: 'header',
  required: false,
  description,
  schema,
})

export const componentParameters: Json = {
  AcceptLanguage: headerParameter('Accept-Language', 'Language of texts and messages, for example `de-AT, en;q=0.8`.', {
    type: 'string',
  }),
  IdempotencyKey: headerParameter(
    'Idempotency-Key',
    'Makes a repetition safe: within 24 hours the same key with the same request has one effect and one answer. ' +
      'Make a new one for every wish, a UUID for instance.',
    { type: 'string', minLength: 1, maxLength: 255 },
  ),
  IfMatch: headerParameter(
    'If-Match',
    'The `ETag` that the `GET` of this path answered to the same headers, or several: refused with 412 when it would ' +
      'answer something else now. `*`: refused when there is nothing. Needs the scope of the `GET` as well.',
    { type: 'string' },
  ),
  Prefer: headerParameter(
    'Prefer',
    '`datetime=rfc3339`: date-times without the zone in brackets. `datetime=contract`: with it; operations under ' +
      '`/ext/v1` never have it. `absent=null`: `null` for every declared field that has no value; the document with ' +
      '`?absent=null` behind its address describes such answers. `absent=omit`: such fields are left out, as the document ' +
      'without it says. Without the header the setting of the integration counts. `Preference-Applied` of the answer says ' +
      'what was done.',
    { type: 'string' },
  ),
}

function headersNamed(names: readonly string[]): Json {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))
}

const everyAnswer = ['X-Trace-Id']
const limits = ['X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset']

export function componentResponses(errorSchema: Json, refused: string): Json {
  const content = { 'application/json': { schema: errorSchema } }
  const printed = errorAnswers.map(([status, name, description = refused]) => {
    const waits = status === 429 || status === 503 ? ['Retry-After'] : []
    // Without a valid key no counter is known.
    const counted = status === 401 ? [] : limits
    return [name, { description, headers: headersNamed([...everyAnswer, ...counted, ...waits]), content }]
  })
  return Object.fromEntries(printed)
}

export function printResponses(operation: Operation, printer: SchemaPrinter): Json {
  const isRead = operation.method === 'GET'
  const further = [...(isRead ? [] : ['Idempotency-Replayed']), ...(isTagged(operation) ? ['ETag'] : [])]
  const headers = headersNamed([...everyAnswer, ...limits, ...further])
  const done = { description: 'Done; the answer has no body.', headers }
  const success =
    operation.response === undefined
      ? done
      : {
          description: 'Done.',
          headers,
          content: { 'application/json': { schema: printer.print(operation.response) } },
        }
  const possible = errorAnswers.filter(([status]) => !(isRead && ofWrites.has(status)))
  const errors = possible.map(([status, name]) => [status, { $ref: `#/components/responses/${name}` }])
  const { emptyStatus } = operation
  const successes =
    emptyStatus === undefined
      ? { 200: success }
      : { ...(operation.response ? { 200: success } : {}), [emptyStatus]: done }
  return { ...successes, ...Object.fromEntries(errors) }
}

/** The parts of a multipart request: the file, and the body as JSON where there is one (`data`). */
export function multipartBody({ name, description, isOptional }: FilePart, data?: Json): Json {
  const file = { [name]: { type: 'string', format: 'binary', description } }
  const required = [...(data ? ['data'] : []), ...(isOptional ? [] : [name])]
  const part = data && { data: { ...data, description: 'What is asked, as JSON.' } }
  const schema = { type: 'object', properties: { ...part, ...file }, required }
  const encoding = data ? { encoding: { data: { contentType: 'application/json' } } } : {}
  return { required: true, content: { 'multipart/form-data': { schema, ...encoding } } }
}

interface ParameterContext {
  /** Whether the path can be read, so that `If-Match` has something to be compared with. */
  readonly isShown: boolean
  readonly examples: OperationExamples
}

export function printParameters(
  operation: Operation,
  printer: SchemaPrinter,
  { isShown, examples }: ParameterContext,
): readonly Json[] {
  const ofWrite = ['IdempotencyKey', ...(isShown ? ['IfMatch'] : [])]
  const common = [...(operation.method === 'GET' ? [] : ofWrite), 'Prefer', 'AcceptLanguage']
  return [
    ...parametersIn('path', operation.params, { printer, examples }),
    ...parametersIn('query', operation.query, { printer, examples }),
    ...(operation.wish === undefined ? [] : [wishParameter(operation.wish)]),
    ...common.map((name) => ({ $ref: `#/components/parameters/${name}` })),
  ]
}

function wishParameter({ name, description }: WishHeader): Json {
  return headerParameter(name, description, { type: 'boolean', default: false, ...added })
}

function parametersIn(
  location: 'path' | 'query',
  fields: Operation['query'],
  { printer, examples }: { readonly printer: SchemaPrinter; readonly examples: OperationExamples },
): readonly Json[] {
  const required = requiredOfCaller(fields)
  return Object.entries(fields.properties).map(([name, field]) => {
    const { description, deprecated, examples: samples, ...schema } = printer.print(field)
    const isRequired = required.includes(name)
    const example = findExample(name, { examples: samples }, isRequired, examples)
    return {
      name,
      in: location,
      required: isRequired,
      ...(deprecated === true ? { deprecated } : {}),
      ...('commaList' in field ? { style: 'form', explode: false } : {}),
      description: 'example' in example ? description : describeWith(description, samples),
      schema,
      ...example,
    }
  })
}

/** Says in words what a value looks like, where an example would be sent unasked. */
const describeWith = (description: unknown, samples: unknown) =>
  Array.isArray(samples) && samples.length > 0 ? `${description} For example \`${samples[0]}\`.` : description
