import type { RequestListener } from 'node:http'
import type { Socket } from 'node:net'
import compress from '@fastify/compress'
import cors from '@fastify/cors'
import type { AnySchema } from 'fast-json-stringify'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Config } from '../config/config.ts'
import { isLoopbackOrigin } from '../config/demo-choice.ts'
import type { Tracing } from '../tracing/tracing.ts'
import { answerWriter } from './answer-writers.ts'
import { answerAtOnce, type AnswerDeps, answerError } from './answers.ts'
import { dropRest, readBodies, refuseEncoding } from './bodies.ts'
import { awaitRest, type BrokenRequestDeps, forgetWhole, refuseBroken, refuseHostless } from './broken-requests.ts'
import { getExchange, openExchange } from './exchange.ts'
import { httpOptions, type Listener, REQUEST_WITHIN_MS } from './listener.ts'
import { beginRequestSpan, endRequestSpan, enterRequestSpans, insideSpan } from './request-span.ts'
import { routePath } from './payment-host.ts'
import { answerTunnels } from './tunnels.ts'
import { answerUnmatched, type UnmatchedDeps } from './unmatched.ts'
import { noticeUnnamedProxies } from './unnamed-proxies.ts'

/** More than a request line can hold: what is too long is judged by the operation, like any other wrong value. */
const LONGEST_PATH_VALUE = 100_000
const A_YEAR = 31_536_000
const MIN_COMPRESSED_BYTES = 1024
/** What scripts of another origin may read of an answer besides its body. */
const exposedHeaders = [
  'content-language',
  'etag',
  'idempotency-replayed',
  'preference-applied',
  'retry-after',
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
  'x-result-truncated',
  'x-trace-id',
]

export interface ServerDeps extends UnmatchedDeps, AnswerDeps {
  readonly config: Config
  readonly tracing: Tracing | undefined
  readonly onAnswer: (answer: AnsweredRequest) => void
  /** A port that was taken before. */
  readonly listener?: Listener | undefined
  /** Whether the process is about to stop: every answer is then the last one on its connection. */
  readonly isStopping: () => boolean
  /** Gets each peer that forwards requests of others although no setting names it. */
  readonly onUnnamedProxy: (peer: string) => void
  /** Gets what is to be done when requests may come in. */
  readonly onReady: (open: () => void) => void
}

/** What metrics and logs record of one request: never its body, its query or a header. */
export interface AnsweredRequest {
  readonly operation: string
  readonly status: number
  readonly seconds: number
}

/** The web server with the parts of the pipeline that hold for every path; it does not listen yet. */
export async function buildServer(deps: ServerDeps): Promise<FastifyInstance> {
  const { config, listener } = deps
  const app = fastify({
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    requestTimeout: REQUEST_WITHIN_MS,
    // Requests are handed over once the process is ready; without a listener the server makes its own, for tests.
    ...(listener
      ? { serverFactory: (handle: RequestListener) => takeOver(listener, handle, deps) }
      : { http: httpOptions }),
    clientErrorHandler: (error, socket) => refuseBroken(error, socket as Socket, whenBroken(deps)),
    rewriteUrl: (request) => routePath(config.paymentHost, request),
    exposeHeadRoutes: false,
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, maxParamLength: LONGEST_PATH_VALUE },
    // A path that cannot be decoded.
    frameworkErrors: (_error, request, reply) => void answerOutside(deps, request, reply as FastifyReply),
  })
  // Requests are validated by their operation, in the order that the API promises.
  app.setValidatorCompiler(() => () => true)
  app.setSerializerCompiler<AnySchema>(({ schema }) => answerWriter(schema))
  readBodies(app)
  // A client that has sent all it has to say is answered none the less.
  Object.assign(app.server, { httpAllowHalfOpen: true })
  // A request that expects anything else is answered all the same; Node would answer 417 without a body.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response))
  answerTunnels(app.server)
  const noticeProxy = noticeUnnamedProxies(deps.onUnnamedProxy)
  app.addHook('onRequest', async (request, reply) => {
    greet(deps, request, reply)
    noticeProxy(request)
    refuseHostless(request.raw)
  })
  if (deps.tracing) enterRequestSpans(app)
  app.addHook('onRequest', async (request, reply) => {
    // Before the body is read: strangers do not learn what is wrong with it.
    if (request.is404) return answerUnmatched(deps, request, reply)
  })
  // Whatever the answer is, its work is done; the client may be slow in reading it.
  app.addHook('onSend', (request, reply, payload, done) => {
    getExchange(request).place?.leave()
    if (deps.isStopping()) reply.header('connection', 'close')
    done(null, payload)
  })
  app.addHook('preParsing', async (request) => refuseEncoding(request))
  app.addHook('onResponse', async (request, reply) => {
    dropRest(request)
    forgetWhole(reply)
    logAnswer(deps, request, reply)
  })
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply, deps))
  app.setNotFoundHandler((request, reply) => answerUnmatched(deps, request, reply))
  await app.register(compress, {
    global: true,
    globalDecompression: false,
    threshold: MIN_COMPRESSED_BYTES,
    encodings: ['br', 'gzip'],
  })
  if (config.corsOrigins.length > 0 || config.demo) await letOriginsIn(app, config)
  return app
}

function takeOver(listener: Listener, handle: RequestListener, { onReady }: ServerDeps) {
  onReady(() => listener.handOver(handle))
  return listener.server
}

/** Opens the exchange of a request, with what every answer carries. */
function greet({ config, tracing }: ServerDeps, request: FastifyRequest, reply: FastifyReply) {
  openExchange(request, reply)
  if (tracing) beginRequestSpan(tracing, request)
  awaitRest(reply)
  reply.headers(headersOfAll(config))
}

/** No cache keeps an answer whose route says nothing else, and no browser guesses at its type. */
function headersOfAll({ publicUrl }: Config): Record<string, string> {
  return {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(publicUrl.startsWith('https:') ? { 'strict-transport-security': `max-age=${A_YEAR}` } : {}),
  }
}

/**
 * For browsers of the origins that the operator has named, and in the demo for pages that come from this machine; other
 * origins get no header.
 */
async function letOriginsIn(app: FastifyInstance, { corsOrigins, demo }: Config) {
  const isLetIn = (origin: string) => corsOrigins.includes(origin) || (demo && isLoopbackOrigin(origin))
  await app.register(cors, {
    origin: (origin, done) => done(null, origin !== undefined && isLetIn(origin)),
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
    strictPreflight: false,
    exposedHeaders: [...exposedHeaders],
  })
}

/** Answers a request that fastify would not let into its hooks. */
async function answerOutside(deps: ServerDeps, request: FastifyRequest, reply: FastifyReply) {
  greet(deps, request, reply)
  try {
    await insideSpan(getExchange(request), () => answerUnmatched(deps, request, reply))
  } catch (error) {
    await answerError(error, request, reply, deps)
  }
  logAnswer(deps, request, reply)
}

/** How broken requests are answered and logged. */
function whenBroken({ config, log, texts, onAnswer }: ServerDeps): BrokenRequestDeps {
  return {
    headers: headersOfAll(config),
    answer: (refusal, reply) => answerAtOnce(refusal, reply, texts),
    log: ({ traceId, refusal: { status, code } }) => {
      onAnswer({ operation: 'unknown', status, seconds: 0 })
      log.info({ trace: traceId, operation: 'unknown', status, ms: 0, errorCode: code })
    },
  }
}

function logAnswer({ onAnswer, log }: ServerDeps, request: FastifyRequest, reply: FastifyReply) {
  const exchange = getExchange(request)
  const { caller } = exchange
  const who = caller && ('device' in caller ? { device: caller.device.id } : { activation: caller.activation.id })
  onAnswer({ operation: exchange.operationName, status: reply.statusCode, seconds: reply.elapsedTime / 1000 })
  log.info({
    trace: exchange.traceId,
    operation: exchange.operationName,
    tenant: caller?.tenant.slug,
    studio: caller?.studio.id,
    ...who,
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime * 10) / 10,
    errorCode: exchange.errorCode,
  })
  if (exchange.span) endRequestSpan(exchange.span, request, reply)
}
