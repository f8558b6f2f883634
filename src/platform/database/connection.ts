import pg from 'pg'
import type { Tracing } from '../tracing/tracing.ts'

const INT8_ARRAY: number = 1016

/** What the server allows a statement. */
const STATEMENT_MS = 10_000
/** What we wait for it: a server that stands still, or a network that swallows everything, keeps to no limit of its own. */
const ANSWER_MS = STATEMENT_MS + 1_000
/** How long a request waits for a connection, or for one that is being opened. */
const CONNECT_MS = 5_000
/** After so long without a byte the system asks whether the other side is still there. */
const PROBE_AFTER_MS = 10_000

function readId(text: string): number {
  const id = Number(text)
  // Past 2^53 - 1 two ids would look the same to every client that reads JSON.
  if (!Number.isSafeInteger(id)) throw new RangeError('An id is larger than 2^53 - 1.')
  return id
}

pg.types.setTypeParser(pg.types.builtins.INT8, readId)
// The typings list scalar types only.
pg.types.setTypeParser(INT8_ARRAY as typeof pg.types.builtins.INT8, (text) =>
  text === '{}' ? [] : text.slice(1, -1).split(',').map(readId),
)

interface Corkable {
  readonly writableCorked: number
  cork(): void
  uncork(): void
}

/** Statements sent in one turn of the event loop go over the wire together: one system call instead of one each. */
function gatherWrites(client: pg.Client) {
  const { stream } = (client as unknown as { readonly connection: { readonly stream: Corkable } }).connection
  if (stream.writableCorked > 0) return
  stream.cork()
  process.nextTick(() => stream.uncork())
}

type Send = (...args: unknown[]) => unknown

/** A function of its own: a closure in the wrapper itself would cost every statement memory, traced or not. */
function sendTraced(tracing: Tracing, send: Send, args: readonly unknown[]): unknown {
  return tracing.statement(args[0], () => send(...args))
}

/** The settings of a connection, which the driver reads anew for each statement; its typings leave them out. */
interface Waiting {
  readonly connectionParameters: { query_timeout: number }
}

/** Lets the statements of a connection take longer than usual, until `waitAsUsual`. */
export function waitLonger(client: pg.Client, statementMs: number) {
  ;(client as unknown as Waiting).connectionParameters.query_timeout = statementMs + 1_000
}

/** Puts an end to what `waitLonger` began. */
export function waitAsUsual(client: pg.Client) {
  ;(client as unknown as Waiting).connectionParameters.query_timeout = ANSWER_MS
}

export interface ClientOptions {
  readonly connectionString: string
  readonly lockTimeoutMs?: number
  readonly tracing?: Tracing | undefined
}

/** A connection to the database that is not opened yet. Calls `onSend` for every statement. */
export function newClient(
  { connectionString, lockTimeoutMs = 3000, tracing }: ClientOptions,
  onSend: () => void,
): pg.Client {
  const client = new pg.Client({
    connectionString,
    application_name: 'palestra',
    keepAlive: true,
    keepAliveInitialDelayMillis: PROBE_AFTER_MS,
    connectionTimeoutMillis: CONNECT_MS,
    // With it the driver ends the connection, and everything that was sent on it fails.
    query_timeout: ANSWER_MS,
    // Zone and limits are settings of the session, so that every statement of a pooled connection shares them.
    options: [
      '-c TimeZone=UTC',
      `-c statement_timeout=${STATEMENT_MS}`,
      `-c lock_timeout=${lockTimeoutMs}`,
      '-c idle_in_transaction_session_timeout=15000',
    ].join(' '),
    pipeline: true,
  } as pg.ClientConfig)
  // A connection that breaks while it is being opened says so twice; nobody else listens yet.
  client.on('error', () => undefined)
  const send = client.query.bind(client) as Send
  client.query = ((...args: unknown[]) => {
    onSend()
    gatherWrites(client)
    return tracing === undefined ? send(...args) : sendTraced(tracing, send, args)
  }) as typeof client.query
  return client
}
