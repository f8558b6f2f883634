import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { DeviceCaller, PartnerCaller } from '../caller.ts'
import { type Answer, findReplay, fingerprintOf, parseIdempotencyKey, saveAnswer } from '../idempotency.ts'
import { ApiError } from '../errors.ts'
import type { Input, Operation, Output } from '../operation.ts'
import type { UnitOptions, Units } from '../units.ts'
import { validateRequest } from '../validation.ts'
import type { ApiView, ApiWork } from '../work.ts'
import { type Printer, printer } from '../zoned-time.ts'
import { bodyOf, JSON_BODY_LIMIT, refuseContentType } from './bodies.ts'
import { exchangeOf } from './exchange.ts'
import { varyByCaller } from './answers.ts'
import { etagOf, isUnchanged } from './etags.ts'
import type { Gate } from './gate.ts'
import { chooseForm } from './preferences.ts'
import { type Decision, type Decide, runSteps } from './steps.ts'

/** What a module gets to bind its declared operations to its code. */
export interface Operations<C extends Callers = PartnerCaller> {
  /** Binds an operation that needs several units of work, for instance one that lets time pass. */
  run<O extends Operation>(operation: O, handler: (context: RunContext<C>, input: Input<O>) => Promise<Output<O>>): void
  /** Binds a read: it runs without a transaction and cannot write. */
  read<O extends Operation>(operation: O, handler: (view: ApiView<C>, input: Input<O>) => Promise<Output<O>>): void
  /** Binds a write: one transaction with its audit lines and events, repeatable with an `Idempotency-Key`. */
  write<O extends Operation>(operation: O, handler: (work: ApiWork<C>, input: Input<O>) => Promise<Output<O>>): void
  /** Binds an operation that has to look before it knows whether anything is to be written. */
  decide<O extends Operation>(operation: O, handler: Decide<C, O>): void
}

type Callers = PartnerCaller | DeviceCaller

export interface RunContext<C extends Callers> {
  readonly caller: C
  readonly print: Printer
}

export interface BindingDeps<C extends Callers> {
  readonly gate: Gate<C>
  readonly units: Units
  /** Filled with every operation that is bound. */
  readonly operations: Operation[]
  /** How long a write waits for a lock; as the session says unless it is given. */
  readonly lockTimeoutMs?: number
}

type Responder = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>

/** The routes of one kind of caller: steps 4 to 9 of the request pipeline before, whatever an operation does after. */
function routesFor<C extends Callers>(app: FastifyInstance, deps: BindingDeps<C>) {
  const { gate, operations, lockTimeoutMs } = deps
  const callerOf = (request: FastifyRequest) => {
    const { caller } = exchangeOf(request)
    if (!caller) throw new Error('An operation was reached without authentication.')
    return caller as C
  }
  /** How the write of a request waits, and what an `Idempotency-Key` adds to it. */
  const writing = (operation: Operation, request: FastifyRequest, key: string | undefined): UnitOptions<Answer> => {
    const caller = callerOf(request)
    const use = { tenantId: caller.tenantId, callerId: gate.counterOf(caller) }
    return {
      ...(lockTimeoutMs === undefined ? {} : { lockTimeoutMs }),
      ...(key === undefined ? {} : idempotent(operation, request, { ...use, key })),
    }
  }
  const bind = (operation: Operation, respond: Responder) => {
    operations.push(operation)
    app.route({
      method: operation.method,
      url: operation.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      bodyLimit: operation.bodyLimit ?? JSON_BODY_LIMIT,
      ...(operation.response ? { schema: { response: { 200: operation.response } } } : {}),
      onRequest: async (request, reply) => {
        const exchange = exchangeOf(request)
        exchange.operation = operation
        exchange.operationName = operation.operationId
        gate.refuseWhileUnavailable()
        const caller = await gate.authenticate(request)
        reply.header('content-language', caller.language)
        varyByCaller(reply)
        await gate.admit(caller, operation, reply)
        refuseContentType(request, operation)
      },
      handler: respond,
    })
  }
  return { callerOf, writing, bind }
}

/** The one place where operations meet the web server: steps 4 to 15 of the request pipeline. */
export function bindOperations<C extends Callers>(app: FastifyInstance, deps: BindingDeps<C>): Operations<C> {
  const { units } = deps
  const { bind, callerOf, writing } = routesFor(app, deps)
  return {
    run(operation, handler) {
      bind(operation, async (request, reply) => {
        const input = readInput(operation, request)
        const body = serialize(reply, await handler(dress({ caller: callerOf(request) }, request, reply), input))
        return body === undefined ? reply.code(emptyStatus(operation)).send() : sendJson(reply, body)
      })
    },
    read(operation, handler) {
      bind(operation, async (request, reply) => {
        const input = readInput(operation, request)
        const output = await units.read(callerOf(request), (view) => handler(dress(view, request, reply), input))
        const body = serialize(reply, output)
        if (body === undefined) return reply.code(emptyStatus(operation)).send()
        const etag = etagOf(body)
        reply.header('etag', etag)
        return isUnchanged(request, etag) ? reply.code(304).send() : sendJson(reply, body)
      })
    },
    write(operation, handler) {
      bind(operation, async (request, reply) => {
        const input = readInput(operation, request)
        const key = parseIdempotencyKey(request.headers['idempotency-key'])
        const answer = await units.write(
          callerOf(request),
          async (unit) => {
            const headers: Record<string, string> = {}
            const setHeader = (name: string, value: string) => void (headers[name] = value)
            const output = await handler({ ...dress(unit, request, reply), setHeader }, input)
            return answerOf(operation, serialize(reply, output), headers)
          },
          writing(operation, request, key),
        )
        return sendAnswer(reply, answer)
      })
    },
    decide(operation, handler) {
      bind(operation, async (request, reply) => {
        const input = readInput(operation, request)
        const key = parseIdempotencyKey(request.headers['idempotency-key'])
        const steps = { caller: callerOf(request), units, options: writing(operation, request, key) }
        const decision = await runSteps(steps, key !== undefined, async (open) => {
          const made: Decision<typeof operation> = await handler(open, input)
          return made instanceof ApiError ? made : answerOf(operation, serialize(reply, made))
        })
        if (decision instanceof ApiError) throw decision
        return sendAnswer(reply, decision)
      })
    },
  }
}

const emptyStatus = (operation: Operation) => operation.emptyStatus ?? 200

function answerOf(operation: Operation, body: string | undefined, headers: Answer['headers'] = {}): Answer {
  return { status: body === undefined ? emptyStatus(operation) : 200, headers, body }
}

function sendAnswer(reply: FastifyReply, { status, headers, body, isReplay }: Answer) {
  if (isReplay) reply.header('idempotency-replayed', 'true')
  reply.code(status).headers({ ...headers })
  return body === undefined ? reply.send() : sendJson(reply, body)
}

function readInput<O extends Operation>(operation: O, request: FastifyRequest): Input<O> {
  return validateRequest(operation, {
    params: request.params as Record<string, string>,
    query: request.query as Record<string, string | string[]>,
    body: bodyOf(request).json,
  }) as Input<O>
}

/** Adds to a unit what only an API operation has. */
function dress<V extends { readonly caller: Callers }>(view: V, request: FastifyRequest, reply: FastifyReply) {
  const { form, applied } = chooseForm(request.headers.prefer, view.caller.dateTimeForm)
  if (applied) reply.header('preference-applied', applied)
  return { ...view, print: printer(form), setHeader: (name: string, value: string) => void reply.header(name, value) }
}

function idempotent(
  operation: Operation,
  request: FastifyRequest,
  use: { readonly tenantId: number; readonly callerId: number; readonly key: string },
) {
  const used = {
    ...use,
    operation: operation.operationId,
    fingerprint: fingerprintOf(request.method, request.url, bodyOf(request).raw),
  }
  return {
    replay: (...[tx, now]: Parameters<UnitReplay>) => findReplay(tx, used, now),
    remember: (...[tx, answer, now]: Parameters<UnitRemember>) => saveAnswer(tx, used, answer, now),
  }
}

type UnitReplay = NonNullable<UnitOptions<Answer>['replay']>
type UnitRemember = NonNullable<UnitOptions<Answer>['remember']>

function serialize(reply: FastifyReply, output: unknown): string | undefined {
  return output === undefined ? undefined : (reply.serialize(output) as string)
}

function sendJson(reply: FastifyReply, body: string) {
  return reply.header('content-type', 'application/json; charset=utf-8').send(body)
}
