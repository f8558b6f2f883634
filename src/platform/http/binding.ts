import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import type { DeviceCaller, PartnerCaller } from '../units/caller.ts'
import type { FileStorage } from '../files/storage.ts'
import {
  type Answer,
  answerPart,
  type AnswerSecrets,
  readyKeyClaim,
  findAnswer,
  findReplay,
  makeFingerprint,
  type IdempotentRequest,
  openAnswer,
  parseIdempotencyKey,
  sealAnswer,
} from '../units/idempotency.ts'
import type { Input, Operation, WishHeader } from '../api/operation.ts'
import type { UnitOptions, Units } from '../units/units.ts'
import type { PartsDeps } from '../uploads/multipart.ts'
import { validateRequest } from '../validation/validation.ts'
import { printer } from '../time/zoned-time.ts'
import type { Turns } from '../units/single-file.ts'
import { namedCustomer, openTurns } from './turns.ts'
import { varyByCaller } from './answers.ts'
import { getBody, JSON_BODY_LIMIT, refuseContentType } from './bodies.ts'
import { getExchange } from './exchange.ts'
import type { Gate } from '../entrance/gate.ts'
import { defined } from '../values/defined.ts'
import { badRequest } from '../errors/errors.ts'
import { isTextUrl } from './urls.ts'
import { Preconditions } from './preconditions.ts'
import { fillAbsent } from './absent-values.ts'
import { chooseForm, hasWish, usualForm } from './preferences.ts'

export type Callers = PartnerCaller | DeviceCaller

export interface BindingDeps<C extends Callers> {
  readonly gate: Gate<C>
  readonly units: Units
  /** Filled with every operation that is bound. */
  readonly operations: Operation[]
  /** How long a write waits for a lock; as the session says unless it is given. */
  readonly lockTimeoutMs?: number
  /** Shared by all writes, of partners and devices. */
  readonly turns: Turns
  readonly monotonicMs: () => number
  /** Whether more requests are at work than the one that asks. */
  readonly isBusyElsewhere: () => boolean
  readonly uploads: PartsDeps & { readonly storage: FileStorage }
}

export type Responder = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>

/** The routes of one kind of caller: key, limit, scopes and content type are judged before the operation sees a request. */
export function routesFor<C extends Callers>(app: FastifyInstance, deps: BindingDeps<C>) {
  const { gate, operations, lockTimeoutMs, turns } = deps
  const inTurn = openTurns(turns)
  const preconditions = new Preconditions<C>((caller, operation) => gate.refuseStranger(caller, operation))
  const getCaller = (request: FastifyRequest) => {
    const { caller } = getExchange(request)
    if (!caller) throw new Error('An operation was reached without authentication.')
    return caller as C
  }
  /** How the write of a request waits, and what an `Idempotency-Key` adds to it. */
  const writing = (used: IdempotentRequest | undefined, manner?: ReplayManner): UnitOptions<Answer> => ({
    ...defined({ lockTimeoutMs }),
    ...(used === undefined ? {} : idempotent(used, manner)),
  })
  /** The use of a key, if the request has one; `content` is what it holds besides its address. */
  const readKeyUse = (
    { operationId }: Operation,
    request: FastifyRequest,
    input: Input<Operation>,
    content = getBody(request).raw,
  ): IdempotentRequest | undefined => {
    const key = parseIdempotencyKey(request.headers['idempotency-key'])
    if (key === undefined) return undefined
    const caller = getCaller(request)
    return {
      tenantId: caller.tenantId,
      callerId: gate.getCounterKey(caller),
      operation: operationId,
      key,
      fingerprint: makeFingerprint(request.method, request.url, content),
      ...namedCustomer(input),
    }
  }
  const bind = (operation: Operation, respond: Responder) => {
    operations.push(operation)
    const route: RouteOptions = {
      method: operation.method,
      url: operation.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      bodyLimit: operation.bodyLimit ?? JSON_BODY_LIMIT,
      ...(operation.response ? { schema: { response: { 200: operation.response } } } : {}),
      onRequest: async (request, reply) => {
        const exchange = getExchange(request)
        exchange.operation = operation
        exchange.operationName = operation.operationId
        gate.refuseWhileUnavailable()
        const caller = await gate.authenticate(request)
        reply.header('content-language', caller.language)
        varyByCaller(reply)
        await gate.admit(caller, operation, reply)
        preconditions.refuseBlind(caller, operation, request)
        refuseContentType(request, operation)
        if (operation.body && !operation.file) exchange.place?.beginReading()
      },
      preHandler: async (request) => getExchange(request).place?.endReading(),
      handler: respond,
    }
    if (!operation.file) return void app.route(route)
    // In a context of its own: no other request has to pass the hooks of the multipart reader.
    void app.register(async (child) => {
      await child.register(multipart)
      child.route(route)
    })
  }
  return { getCaller, writing, readKeyUse, bind, inTurn, preconditions }
}

export const emptyStatus = (operation: Operation) => operation.emptyStatus ?? 200

export function toAnswer(operation: Operation, body: string | undefined, headers: Answer['headers'] = {}): Answer {
  return { status: body === undefined ? emptyStatus(operation) : 200, headers, body }
}

export function sendAnswer(reply: FastifyReply, { status, headers, body, isReplay }: Answer) {
  if (isReplay) reply.header('idempotency-replayed', 'true')
  reply.code(status).headers({ ...headers })
  return body === undefined ? reply.send() : sendJson(reply, body)
}

/** Judges a request; `body` is what came as its body, of a multipart request its part with the body. */
export function readInput<O extends Operation>(
  operation: O,
  request: FastifyRequest,
  body: unknown = getBody(request).json,
): Input<O> {
  if (!isTextUrl(request.url)) throw badRequest('errormessage.request.malformed')
  return validateRequest(operation, {
    params: request.params as Record<string, string>,
    query: request.query as Record<string, string | string[]>,
    body,
  }) as Input<O>
}

/** Adds to a unit what only an API operation has. */
export function dress<V extends { readonly caller: Callers }>(view: V, request: FastifyRequest, reply: FastifyReply) {
  const { dateTimeForm, applied } = chooseForm(
    request.headers.prefer,
    view.caller,
    getExchange(request).operation?.path,
  )
  if (applied) reply.header('preference-applied', applied)
  return {
    ...view,
    print: printer(dateTimeForm),
    setHeader: (name: string, value: string) => void reply.header(name, value),
    asks: (wish: WishHeader) => hasWish(request, wish),
    isShown: true,
  }
}

/** How a write answers a caller who repeats it with the same `Idempotency-Key`. */
export interface ReplayManner {
  /** Called so often that its first call should not ask for an earlier one; see `replayLate`. */
  readonly replaysLate?: true
  /** For an answer with a secret that is stored nowhere in clear text: what a repeat is answered with is sealed by these. */
  readonly sealsAnswer?: AnswerSecrets
}

function idempotent(used: IdempotentRequest, { replaysLate, sealsAnswer }: ReplayManner = {}): UnitOptions<Answer> {
  const open = (stored: Answer | undefined) => (stored && sealsAnswer ? openAnswer(stored, sealsAnswer) : stored)
  return {
    ...(replaysLate
      ? {
          replayLate: {
            claim: readyKeyClaim(used),
            find: async (db, now) => open(await findAnswer(db, used, now)),
          },
        }
      : { replay: async (tx, now) => open(await findReplay(tx, used, now)) }),
    remember: (answer, done) => answerPart(used, sealsAnswer ? sealAnswer(answer, sealsAnswer) : answer, done),
  }
}

/** An answer in another form than the declared one, for integrations that are set to it; it is written as it is. */
export class OtherForm {
  readonly body: unknown

  constructor(body: unknown) {
    this.body = body
  }
}

/** The text of an answer; by the declaration of another operation than the one that is called, if that is given. */
export function serialize(reply: FastifyReply, output: unknown, other?: Operation): string | undefined {
  if (output === undefined) return undefined
  const text = write(reply, output, other)
  const { caller, operation } = getExchange(reply.request)
  const { absentValues } = chooseForm(reply.request.headers.prefer, caller ?? usualForm, operation?.path)
  if (absentValues === 'OMIT') return text
  return JSON.stringify(fillAbsent((other ?? operation)?.response, JSON.parse(text)))
}

function write(reply: FastifyReply, output: unknown, other: Operation | undefined): string {
  if (output instanceof OtherForm) return JSON.stringify(output.body)
  const body = output as Record<string, unknown>
  return (other?.response ? reply.serializeInput(body, other.response as typeof body) : reply.serialize(body)) as string
}

export function sendJson(reply: FastifyReply, body: string) {
  return reply.header('content-type', 'application/json; charset=utf-8').send(body)
}
