import fc from 'fast-check'
import { gzipSync } from 'node:zlib'
import type { GeneratedRequest } from './fuzz-requests.ts'

/** What happens to a request between the program that means it and the server. */
type Change = (request: GeneratedRequest) => GeneratedRequest

const bytes = ({ payload }: GeneratedRequest) => Buffer.from(payload ?? '')

const withHeader =
  (name: string, value: string): Change =>
  (request) => ({ ...request, headers: { ...request.headers, [name]: value } })

const withBytes =
  (change: (whole: Buffer) => Buffer): Change =>
  (request) => ({ ...request, payload: change(bytes(request)) })

/** Changes the text of a body whose bytes may be anything. */
const rewrite = (find: string | RegExp, put: string) =>
  withBytes((whole) => Buffer.from(whole.toString('latin1').replace(find, put), 'latin1'))

const contentTypes = [
  ...['application/json; charset=iso-8859-1', 'application/json;charset=utf-16', 'application/json; charset="utf-8"'],
  ...['APPLICATION/JSON', 'text/plain', 'text/json', 'application/x-www-form-urlencoded', 'application/vnd.api+json'],
  ...['multipart/form-data', 'multipart/form-data; boundary=', 'multipart/form-data; boundary=""', 'multipart/mixed'],
  ...[
    `multipart/form-data; boundary=${'b'.repeat(300)}`,
    'multipart/form-data; boundary=a; boundary=b',
    'nonsense',
    '/',
  ],
].map((type) => withHeader('content-type', type))

const encodings = ['gzip', 'deflate', 'br', 'zstd', 'identity', 'gzip, gzip', 'x'].flatMap((name) => {
  const named = withHeader('content-encoding', name)
  return [named, (request: GeneratedRequest) => withBytes((whole) => gzipSync(whole))(named(request))]
})

const bodies = [
  withBytes((whole) => Buffer.from(whole.toString(), 'utf16le')),
  withBytes((whole) => Buffer.from(whole.toString(), 'latin1')),
  withBytes((whole) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), whole])),
  withBytes((whole) => Buffer.concat([whole.subarray(0, whole.length >> 1), Buffer.from([0xff, 0xc0, 0x80])])),
  withBytes((whole) => whole.subarray(0, -1)),
  withBytes((whole) => Buffer.concat([whole, whole])),
  withBytes((whole) => Buffer.concat([whole, Buffer.alloc(3)])),
  withBytes(() => Buffer.from('['.repeat(50_000))),
  withBytes(() => Buffer.from(`${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`)),
  withBytes(() => Buffer.alloc(1_200_000, 'x')),
  rewrite(/:\s*"?[\w-]+"?/, ':1e999'),
  rewrite(/:\s*"?[\w-]+"?/, ':NaN'),
  rewrite(/:\s*"?[\w-]+"?/, ':123456789012345678901234567890'),
  rewrite(/\{("\w+":)/, '{$1null,$1'),
  rewrite(/"/g, "'"),
]

const forms = [
  rewrite(/\r\n/g, '\n'),
  rewrite(/--\r\n$/, ''),
  rewrite(/^/, 'preamble\r\n'),
  rewrite(/ name="[^"]*"/, ''),
  rewrite(/ name="/, ' name*="'),
  rewrite(/filename="[^"]*"/, "filename*=UTF-8''%ff%00"),
  rewrite(/filename="/, 'filename="\xff\xfe'),
  rewrite(/filename="[^"]*"/, `filename="${'n'.repeat(20_000)}"`),
  rewrite(/content-disposition: form-data/, 'content-disposition: attachment'),
  rewrite(/(content-disposition: [^\r]*)/, '$1\r\ncontent-transfer-encoding: base64'),
  rewrite(/(content-disposition: [^\r]*)/, '$1\r\ncontent-type: application/json; charset=utf-16'),
  rewrite(/(content-disposition: [^\r]*)/, `$1\r\nx-more: ${'m'.repeat(30_000)}`),
  withBytes((whole) => Buffer.concat(Array.from({ length: 30 }, () => whole))),
]

const addTo =
  (text: string): Change =>
  (request) => ({ ...request, path: `${request.path}${request.path.includes('?') ? '&' : '?'}${text}` })

const addresses: readonly Change[] = [
  ...['customerId', 'customerId=', 'customerId=1&customerId=2', 'customerId[]=1', 'customerId[a]=1', 'offset=1e3'].map(
    addTo,
  ),
  ...['x=%ff', 'x=%C0%80', 'x=%00', 'x=%zz', 'x=%ED%A0%80', '__proto__=1', '%E2%80%8B=1', `x=${'q'.repeat(6_000)}`].map(
    addTo,
  ),
  ...[
    'offset=%E2%80%8B0',
    'sliceSize=%D9%A3',
    'sliceSize=10,0',
    'daysAhead=+3',
    'from=2026-06-15T24:00',
    'to=24:00',
  ].map(addTo),
  ...['/', '//', '/%2e%2e/', ';x=1', '/..%2f', '%20', '%E2%80%8B'].map(
    (end): Change =>
      (request) => ({ ...request, path: request.path.replace(/(?=\?|$)/, end) }),
  ),
  ...[
    '%31',
    '1e3',
    '0x1',
    '01',
    '-1',
    '+1',
    '1.0',
    '9007199254740993',
    '9223372036854775808',
    '%D9%A1',
    '1%E2%80%8B',
  ].map(
    (id): Change =>
      (request) => ({ ...request, path: request.path.replace(/\/\d+/, `/${id}`) }),
  ),
]

const headers = [
  withHeader('accept', 'text/html'),
  withHeader('accept-encoding', 'gzip;q=0, identity;q=0'),
  withHeader('accept-language', '\u200bde'),
  withHeader('prefer', 'absent=null, datetime=rfc3339'),
  withHeader('prefer', 'absent=null; absent=omit, ,=,datetime'),
  withHeader('idempotency-key', 'k-3'),
  withHeader('if-match', '"'),
  withHeader('if-none-match', '*, "x'),
  withHeader('expect', '100-continue'),
  withHeader('x-forwarded-for', 'unknown, ::1'),
  withHeader('x-http-method-override', 'DELETE'),
  withHeader('traceparent', `00-${'0'.repeat(32)}-${'0'.repeat(16)}-00`),
]

/** Headers as clients send them, right or wrong. */
export const headerSets: fc.Arbitrary<Record<string, string>> = fc.record(
  {
    'accept-language': fc.constantFrom('de', 'fr-LU, *;q=0.1', ';;;q=', 'pt-BR', 'x'.repeat(300)),
    prefer: fc.constantFrom('datetime=rfc3339', 'datetime=contract', 'respond-async'),
    'idempotency-key': fc.constantFrom('k-1', 'k-2', 'not ascii ü', ' ', 'x'.repeat(256)),
    traceparent: fc.constantFrom('00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', 'nonsense'),
    'if-none-match': fc.constantFrom('*', 'W/"x"'),
    'if-match': fc.constantFrom('*', 'W/"x"', '"x,y", W/"z"', 'x', ''),
  },
  { requiredKeys: [] },
)

/** One way in which this request goes wrong on its way. */
export function disturb(request: GeneratedRequest): fc.Arbitrary<GeneratedRequest> {
  const ofForms = request.operation.file ? forms : []
  return fc
    .oneof(...[contentTypes, encodings, bodies, addresses, headers, ofForms].flatMap(pickFrom))
    .map((change) => change(request))
}

const pickFrom = (changes: readonly Change[]) => (changes.length === 0 ? [] : [fc.constantFrom(...changes)])
