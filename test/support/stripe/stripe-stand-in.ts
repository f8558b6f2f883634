import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Fields, StripeBook, StripeRefusal } from './stripe-book.ts'

/**
 * A call that goes wrong, once: REFUSED before anything has happened, LOST after it has, BROKEN with an answer that says
 * nothing. The library repeats a connection that was dropped by itself; the repeat goes wrong as well. The answer of a HELD
 * call stands, and leaves when `until` is done.
 */
export type Fault = {
  /** Method and path, `POST /v1/payment_intents`. */
  readonly call: RegExp
  hits?: number
} & (
  | { readonly kind: 'REFUSED' | 'LOST' | 'BROKEN' }
  | { readonly kind: 'HELD'; readonly until: () => Promise<unknown> }
)

/** A call as the stand-in has received it. */
export interface StripeCall {
  readonly call: string
  readonly key: string | undefined
  readonly fields: Fields
}

export interface StripeStandIn extends AsyncDisposable {
  readonly url: string
  readonly faults: Fault[]
  readonly calls: StripeCall[]
  /** Opens an account; answers its book, and the key that opens it. */
  addAccount(options?: { readonly methods?: readonly string[] }): { readonly book: StripeBook; readonly key: string }
  close(): Promise<void>
}

function takeFault(faults: Fault[], call: string): Fault | undefined {
  const at = faults.findIndex((each) => each.call.test(call))
  const fault = faults[at]
  if (!fault) return undefined
  fault.hits = (fault.hits ?? 0) + 1
  if (fault.kind === 'BROKEN' || fault.kind === 'HELD' || fault.hits === 2) faults.splice(at, 1)
  return fault
}

interface Answer {
  readonly status: number
  readonly body: Fields
}

/** The API of Stripe on this machine, as far as a payment provider needs it. It keeps what it is sent, and honours keys. */
export async function openStripeStandIn(): Promise<StripeStandIn> {
  const books = new Map<string, StripeBook>()
  const remembered = new Map<string, { readonly print: string; readonly answer: Answer }>()
  let seconds = 1_800_000_000
  const server = createServer((request, response) => {
    void request.toArray().then(async (chunks) => {
      const call = `${request.method} ${(request.url ?? '').split('?')[0]}`
      const fields = readFields(request, Buffer.concat(chunks as Buffer[]).toString())
      const key = request.headers['idempotency-key'] as string | undefined
      stripe.calls.push({ call, key, fields })
      const fault = takeFault(stripe.faults, call)
      if (fault?.kind === 'REFUSED') return void request.socket.destroy()
      const secret = (request.headers.authorization ?? '').replace('Bearer ', '')
      const { status, body } = fault?.kind === 'BROKEN' ? broken : answerOnce(secret, call, { key, fields })
      if (fault?.kind === 'LOST') return void request.socket.destroy()
      const text = JSON.stringify(body)
      if (fault?.kind === 'HELD') await fault.until()
      response.writeHead(status, { 'content-type': 'application/json' }).end(text)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')

  function answerOnce(secret: string, call: string, { key, fields }: Pick<StripeCall, 'key' | 'fields'>): Answer {
    const book = books.get(secret)
    if (!book) return refused(new StripeRefusal(401, { type: 'invalid_request_error', message: 'Invalid API Key' }))
    const name = `${secret} ${key}`
    const print = `${call} ${JSON.stringify(fields)}`
    const earlier = key === undefined ? undefined : remembered.get(name)
    if (earlier && earlier.print !== print) {
      return refused(new StripeRefusal(400, { type: 'idempotency_error', message: 'Other parameters.' }))
    }
    const answer = earlier?.answer ?? answerCall(book, call, fields)
    if (key !== undefined) remembered.set(name, { print, answer })
    return answer
  }

  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  const stripe: StripeStandIn = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults: [],
    calls: [],
    addAccount: ({ methods = ['card', 'paypal', 'ideal', 'bancontact'] } = {}) => {
      const number = books.size + 1
      const book = new StripeBook(`acct_${number}`, methods, () => seconds++)
      const key = `sk_test_${number}`
      books.set(key, book)
      return { book, key }
    },
    close,
    [Symbol.asyncDispose]: close,
  }
  return stripe
}

const broken: Answer = { status: 500, body: { error: { type: 'api_error', message: 'Something went wrong.' } } }
const refused = ({ status, error }: StripeRefusal): Answer => ({ status, body: { error } })
const asList = (data: readonly Fields[]): Fields => ({ object: 'list', data, has_more: false, url: '/v1' })

function answerCall(book: StripeBook, call: string, fields: Fields): Answer {
  try {
    return { status: 200, body: route(book, call, fields) }
  } catch (error) {
    if (error instanceof StripeRefusal) return refused(error)
    throw error
  }
}

function route(book: StripeBook, call: string, fields: Fields): Fields {
  const [method, path = ''] = call.split(' ')
  const [, , kind = '', id = '', verb] = path.split('/')
  const expand = Object.values(fields['expand'] ?? {}).map(String)
  const intent = kind === 'payment_intents' ? 'payment_intent' : 'setup_intent'
  switch (`${method} ${kind} ${verb ?? (id === '' ? '' : id === 'search' ? 'search' : ':id')}`.trim()) {
    case 'GET account':
      return { id: book.accountId, object: 'account', charges_enabled: true }
    case 'GET payment_method_configurations':
      return asList([{ ...offered(book), id: 'pmc_1', is_default: true, application: null }])
    case 'POST customers':
      return book.addCustomer(fields['metadata'])
    case 'POST payment_intents':
    case 'POST setup_intents':
      return book.show(book.addIntent(intent, { ...fields, amount: Number(fields['amount'] ?? 0) }), expand)
    case 'GET payment_intents search':
      return asList(
        book
          .list(intent)
          .filter(matches(fields))
          .map((each) => book.show(each, expand)),
      )
    case 'GET payment_intents :id':
    case 'GET setup_intents :id':
      return book.show(book.get(id), expand)
    case 'POST payment_intents capture':
      return book.show(book.capture(id))
    case 'POST payment_intents cancel':
    case 'POST setup_intents cancel':
      return book.show(book.cancel(id))
    case 'POST payment_methods detach':
      return book.show(book.detach(id))
    case 'POST refunds':
      return book.refund(fields['payment_intent'], fields['amount'] && Number(fields['amount']))
    case 'GET refunds':
    case 'GET charges':
      return asList(ofIntent(book.list(kind.slice(0, -1)), fields).toReversed())
    case 'GET disputes':
      return asList(ofIntent(book.list('dispute'), fields).toReversed())
    case 'GET refunds :id':
    case 'GET disputes :id':
      return book.get(id)
    case 'GET events':
      return asList(book.events.filter(since(fields)).toReversed())
    default:
      throw new StripeRefusal(404, { type: 'invalid_request_error', message: `There is no ${call}.` })
  }
}

const offered = ({ methods }: StripeBook) => Object.fromEntries(methods.map((each) => [each, { available: true }]))
const ofIntent = (things: readonly Fields[], { payment_intent: wanted }: Fields) =>
  things.filter((each) => each['payment_intent'] === wanted)
const since = ({ types = {}, created = {} }: Fields) => {
  const wanted = Object.values(types)
  return (event: Fields) => wanted.includes(event['type']) && event['created'] >= Number(created.gte ?? 0)
}

/** Reads `metadata['provider_key']:'…'`, the only question that is asked. */
function matches({ query }: Fields) {
  const key = /^metadata\['provider_key'\]:'([\w-]+)'$/.exec(String(query))?.[1]
  return ({ metadata }: Fields) => metadata.provider_key === key
}

/** Form fields with names like `a[b][0]`, from the body or the address. */
function readFields(request: IncomingMessage, body: string): Fields {
  const text = request.method === 'GET' ? (request.url ?? '').split('?')[1] : body
  const fields: Fields = {}
  for (const [name, value] of new URLSearchParams(text)) {
    const path = name.replaceAll(']', '').split('[')
    const last = path.pop() ?? ''
    let at = fields
    for (const step of path) at = at[step] ??= {}
    at[last] = value
  }
  return fields
}
