import type { Socket } from 'node:net'
import compress from '@fastify/compress'
import cors from '@fastify/cors'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Config } from '../config/config.ts'
import type { Tracing } from '../tracing/tracing.ts'
import { answerAtOnce, type AnswerDeps, answerError } from './answers.ts'
import { readBodies } from './bodies.ts'
import { awaitRest, type BrokenRequestDeps, forgetWhole, refuseBroken, refuseHostless } from './broken-requests.ts'
import { getExchange, openExchange } from './exchange.ts'
import { beginRequestSpan, endRequestSpan, enterRequestSpans, insideSpan } from './request-span.ts'
import { answerTunnels } from './tunnels.ts'
import { answerUnmatched, type UnmatchedDeps } from './unmatched.ts'

const HEADERS_WITHIN_MS = 10_000
const REQUEST_WITHIN_MS = 30_000
/** More than a request line can hold: what is too long is judged by the operation, like any other wrong value. */
const LONGEST_PATH_VALUE = 100_000
/** How often Node looks for connections that are past one of the two. */
const LOOK_FOR_SLOW_MS = 1000
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
}

/** What metrics and logs are told about one request: never its body, its query or a header. */
export interface AnsweredRequest {
  readonly operation: string
  readonly status: number
  readonly seconds: number
}

/** The web server with the parts of the pipeline that hold for every path; it does not listen yet. */
export async function buildServer(deps: ServerDeps): Promise<FastifyInstance> {
  const { config } = deps
  const app = fastify({
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    requestTimeout: REQUEST_WITHIN_MS,
    http: {
      headersTimeout: HEADERS_WITHIN_MS,
      connectionsCheckingInterval: LOOK_FOR_SLOW_MS,
      // Refused by a hook, in our words.
      requireHostHeader: false,
    },
    clientErrorHandler: (error, socket) => refuseBroken(error, socket as Socket, whenBroken(deps)),
    exposeHeadRoutes: false,
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, maxParamLength: LONGEST_PATH_VALUE },
    // A path that cannot be decoded.
    frameworkErrors: (_error, request, reply) => void answerOutside(deps, request, reply as FastifyReply),
  })
  // Requests are validated by their operation, in the order that the API promises.
  app.setValidatorCompiler(() => () => true)
  readBodies(app)
  // A request that expects anything else is answered all the same; Node would answer 417 without a body.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response))
  answerTunnels(app.server)
  app.addHook('onRequest', async (request, reply) => {
    greet(deps, request, reply)
    refuseHostless(request.raw)
  })
  if (deps.tracing) enterRequestSpans(app)
  app.addHook('onRequest', async (request, reply) => {
    // Before the body is read: strangers are not told what is wrong with it.
    if (request.is404) return answerUnmatched(deps, request, reply)
  })
  app.addHook('onResponse', async (request, reply) => {
    forgetWhole(reply)
    note(deps, request, reply)
  })
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply, deps))
  app.setNotFoundHandler((request, reply) => answerUnmatched(deps, request, reply))
  await app.register(compress, { global: true, threshold: MIN_COMPRESSED_BYTES, encodings: ['br', 'gzip'] })
  if (config.corsOrigins.length > 0) await letOriginsIn(app, config.corsOrigins)
  return app
}

/** Opens the exchange of a request, with what every answer carries. */
function greet({ config, tracing }: ServerDeps, request: FastifyRequest, reply: FastifyReply) {
  openExchange(request, reply)
  if (tracing) beginRequestSpan(tracing, request)
  awaitRest(reply)
  reply.headers(headersOfAll(config))
}

function headersOfAll({ publicUrl }: Config): Record<string, string> {
  return publicUrl.startsWith('https:') ? { 'strict-transport-security': `max-age=${A_YEAR}` } : {}
}

/** For browsers of these origins; other origins are not told anything. */
async function letOriginsIn(app: FastifyInstance, origins: readonly string[]) {
  await app.register(cors, {
    origin: (origin, done) => done(null, origin !== undefined && origins.includes(origin)),
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
  note(deps, request, reply)
}

/** How broken requests are answered and noted. */
function whenBroken({ config, log, texts, onAnswer }: ServerDeps): BrokenRequestDeps {
  return {
    headers: headersOfAll(config),
    answer: (refusal, reply) => answerAtOnce(refusal, reply, texts),
    note: ({ traceId, refusal: { status, code } }) => {
      onAnswer({ operation: 'unknown', status, seconds: 0 })
      log.info({ trace: traceId, operation: 'unknown', status, ms: 0, errorCode: code })
    },
  }
}

function note({ onAnswer, log }: ServerDeps, request: FastifyRequest, reply: FastifyReply) {
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
