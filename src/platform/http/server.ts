import compress from '@fastify/compress'
import cors from '@fastify/cors'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { ApiError } from '../errors.ts'
import type { Operation } from '../operation.ts'
import { answerError } from './answers.ts'
import { readBodies } from './bodies.ts'
import { exchangeOf, openExchange } from './exchange.ts'
import type { Gate } from './gate.ts'

const HEADERS_WITHIN_MS = 10_000
const REQUEST_WITHIN_MS = 30_000
/** More than a request line can hold: what is too long is judged by the operation, like any other wrong value. */
const LONGEST_PATH_VALUE = 100_000
const MIN_COMPRESSED_BYTES = 1024

export interface ServerDeps {
  readonly config: Config
  readonly gate: Gate
  readonly log: Logger
  /** Every operation that is bound, to tell a wrong method from a wrong path. */
  readonly operations: readonly Operation[]
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
  const { config, gate, log } = deps
  const app = fastify({
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    requestTimeout: REQUEST_WITHIN_MS,
    exposeHeadRoutes: false,
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, maxParamLength: LONGEST_PATH_VALUE },
    frameworkErrors: (error, request, reply) => {
      openExchange(request, reply as FastifyReply)
      const answer = (reason: unknown) => answerError(reason, request, reply as FastifyReply, log)
      // A path that cannot be read is no more of a stranger's business than one that does not exist.
      void gate.authenticate(request).then(() => answer(error), answer)
    },
  })
  app.server.headersTimeout = HEADERS_WITHIN_MS
  // Requests are validated by their operation, in the order that the API promises.
  app.setValidatorCompiler(() => () => true)
  readBodies(app)
  app.addHook('onRequest', async (request, reply) => void openExchange(request, reply))
  app.addHook('onResponse', async (request, reply) => note(deps, request, reply))
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply, log))
  app.setNotFoundHandler((request, reply) => answerUnmatched(deps, request, reply))
  await app.register(compress, { global: true, threshold: MIN_COMPRESSED_BYTES, encodings: ['br', 'gzip'] })
  if (config.corsOrigins.length > 0) {
    await app.register(cors, {
      origin: [...config.corsOrigins],
      exposedHeaders: ['x-trace-id', 'x-ratelimit-remaining'],
    })
  }
  return app
}

/** `HEAD` under `/v1/` only says whether the key is good; everything else is an unknown path or a wrong method. */
async function answerUnmatched({ gate, operations }: ServerDeps, request: FastifyRequest, reply: FastifyReply) {
  if (request.method === 'OPTIONS') return reply.code(204).send()
  const path =
    request.url
      .split('?', 1)[0]
      ?.replace(/\/{2,}/g, '/')
      .replace(/(?<=.)\/$/, '') ?? ''
  gate.refuseDuringMaintenance()
  const caller = await gate.authenticate(request)
  if (request.method === 'HEAD' && path.startsWith('/v1/')) {
    await gate.countHead(caller, reply)
    return reply.code(200).send()
  }
  const allowed = operations.filter((operation) => matches(operation.path, path)).map(({ method }) => method)
  if (allowed.length === 0) throw new ApiError(404, 'errormessage.request.unknownPath')
  throw new ApiError(405, 'errormessage.request.methodNotAllowed', {
    args: [{ type: 'STRING', value: request.method }],
    headers: { allow: [...new Set(allowed)].sort().join(', ') },
  })
}

function matches(template: string, path: string): boolean {
  const parts = template.split('/')
  const given = path.split('/')
  return parts.length === given.length && parts.every((part, at) => part.startsWith('{') || part === given[at])
}

function note({ onAnswer, log }: ServerDeps, request: FastifyRequest, reply: FastifyReply) {
  const exchange = exchangeOf(request)
  const { caller } = exchange
  onAnswer({ operation: exchange.operationName, status: reply.statusCode, seconds: reply.elapsedTime / 1000 })
  log.info({
    trace: exchange.traceId,
    operation: exchange.operationName,
    tenant: caller?.tenant.slug,
    studio: caller?.studio.id,
    activation: caller?.activation.id,
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime * 10) / 10,
    errorCode: exchange.errorCode,
  })
}
