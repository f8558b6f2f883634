import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { PartnerCaller } from '../caller.ts'
import { type Answer, findReplay, fingerprintOf, parseIdempotencyKey, saveAnswer } from '../idempotency.ts'
import type { Input, Operation, Output } from '../operation.ts'
import type { Units } from '../units.ts'
import { validateRequest } from '../validation.ts'
import type { PartnerView, PartnerWork } from '../work.ts'
import { type Printer, printer } from '../zoned-time.ts'
import { bodyOf, JSON_BODY_LIMIT, refuseContentType } from './bodies.ts'
import { exchangeOf } from './exchange.ts'
import { varyByCaller } from './answers.ts'
import { etagOf, isUnchanged } from './etags.ts'
import type { Gate } from './gate.ts'
import { chooseForm } from './preferences.ts'

/** What a module gets to bind its declared operations to its code. */
export interface Operations {
  /** Binds an operation that needs several units of work, for instance one that lets time pass. */
  run<O extends Operation>(operation: O, handler: (context: RunContext, input: Input<O>) => Promise<Output<O>>): void
  /** Binds a read: it runs without a transaction and cannot write. */
  read<O extends Operation>(operation: O, handler: (view: PartnerView, input: Input<O>) => Promise<Output<O>>): void
  /** Binds a write: one transaction with its audit lines and events, repeatable with an `Idempotency-Key`. */
  write<O extends Operation>(operation: O, handler: (work: PartnerWork, input: Input<O>) => Promise<Output<O>>): void
}

export interface RunContext {
  readonly caller: PartnerCaller
  readonly print: Printer
}

export interface BindingDeps {
  readonly gate: Gate
  readonly units: Units
  /** Filled with every operation that is bound. */
  readonly operations: Operation[]
}

type Responder = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>

/** The one place where operations meet the web server: steps 4 to 15 of the request pipeline. */
export function bindOperations(app: FastifyInstance, { gate, units, operations }: BindingDeps): Operations {
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

  return {
    run(operation, handler) {
      bind(operation, async (request, reply) => {
        const input = readInput(operation, request)
        const body = serialize(reply, await handler(dress({ caller: callerOf(request) }, request, reply), input))
        return body === undefined ? reply.code(200).send() : sendJson(reply, body)
      })
    },
    read(operation, handler) {
      bind(operation, async (request, reply) => {
        const input = readInput(operation, request)
        const output = await units.read(callerOf(request), (view) => handler(dress(view, request, reply), input))
        const body = serialize(reply, output)
        if (body === undefined) return reply.code(200).send()
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
            return { status: 200, headers, body: serialize(reply, output) } satisfies Answer as Answer
          },
          key === undefined ? {} : idempotent(operation, request, key),
        )
        if (answer.isReplay) reply.header('idempotency-replayed', 'true')
        reply.code(answer.status).headers({ ...answer.headers })
        return answer.body === undefined ? reply.send() : sendJson(reply, answer.body)
      })
    },
  }
}

function callerOf(request: FastifyRequest): PartnerCaller {
  const { caller } = exchangeOf(request)
  if (!caller) throw new Error('An operation was reached without authentication.')
  return caller
}

function readInput<O extends Operation>(operation: O, request: FastifyRequest): Input<O> {
  return validateRequest(operation, {
    params: request.params as Record<string, string>,
    query: request.query as Record<string, string | string[]>,
    body: bodyOf(request).json,
  }) as Input<O>
}

/** Adds to a unit what only an API operation has. */
function dress<V extends { readonly caller: PartnerCaller }>(view: V, request: FastifyRequest, reply: FastifyReply) {
  const { form, applied } = chooseForm(request.headers.prefer, view.caller.dateTimeForm)
  if (applied) reply.header('preference-applied', applied)
  return { ...view, print: printer(form), setHeader: (name: string, value: string) => void reply.header(name, value) }
}

function idempotent(operation: Operation, request: FastifyRequest, key: string) {
  const caller = callerOf(request)
  const used = {
    tenantId: caller.tenantId,
    callerId: caller.activation.id,
    operation: operation.operationId,
    key,
    fingerprint: fingerprintOf(request.method, request.url, bodyOf(request).raw),
  }
  return {
    replay: (...[tx, now]: Parameters<UnitReplay>) => findReplay(tx, used, now),
    remember: (...[tx, answer, now]: Parameters<UnitRemember>) => saveAnswer(tx, used, answer, now),
  }
}

type UnitOptionsOfAnswer = NonNullable<Parameters<typeof Units.prototype.write<PartnerCaller, Answer>>[2]>
type UnitReplay = NonNullable<UnitOptionsOfAnswer['replay']>
type UnitRemember = NonNullable<UnitOptionsOfAnswer['remember']>

function serialize(reply: FastifyReply, output: unknown): string | undefined {
  return output === undefined ? undefined : (reply.serialize(output) as string)
}

function sendJson(reply: FastifyReply, body: string) {
  return reply.header('content-type', 'application/json; charset=utf-8').send(body)
}
