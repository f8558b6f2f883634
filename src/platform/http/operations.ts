import type { FastifyInstance } from 'fastify'
import type { PartnerCaller } from '../units/caller.ts'
import { ApiError } from '../errors/errors.ts'
import type { Input, Operation, Output } from '../api/operation.ts'
import type { ApiView, ApiWork } from '../units/work.ts'
import type { Printer } from '../time/zoned-time.ts'
import {
  toAnswer,
  type BindingDeps,
  type Callers,
  dress,
  emptyStatus,
  readInput,
  routesFor,
  sendAnswer,
  sendJson,
  type OtherForm,
  serialize,
} from './binding.ts'
import { hasHungUp } from '../entrance/hang-up.ts'
import { getExchange } from './exchange.ts'
import { makeEtag, isUnchanged } from './etags.ts'
import { type Decision, type Decide, runSteps } from './steps.ts'
import type { PendingFile } from '../uploads/pending-file.ts'
import { respondToUpload, type Upload } from './upload-binding.ts'
import { respondToWrite, type WriteManner } from './write-binding.ts'

/** What a module gets to bind its declared operations to its code. */
export interface Operations<C extends Callers = PartnerCaller> {
  /** Binds an operation that needs several units of work, for instance one that lets time pass. */
  run<O extends Operation>(operation: O, handler: (context: RunContext<C>, input: Input<O>) => Promise<Output<O>>): void
  /** Binds a read: it runs without a transaction and cannot write. */
  read<O extends Operation>(
    operation: O,
    handler: (view: ApiView<C>, input: Input<O>) => Promise<Output<O> | OtherForm>,
  ): void
  /** Binds a write: one transaction with its audit lines and events, repeatable with an `Idempotency-Key`. */
  write<O extends Operation>(
    operation: O,
    handler: (work: ApiWork<C>, input: Input<O>) => Promise<Output<O>>,
    manner?: WriteManner<C, O>,
  ): void
  /** Binds an operation that has to read before it knows whether anything is to be written. */
  decide<O extends Operation>(operation: O, handler: Decide<C, O>): void
  /** Binds a write that comes with a file. */
  upload<O extends Operation>(operation: O, upload: Upload<C, O>): void
  /** Binds a write that may come with a file: its declaration says that the file is optional. */
  uploadOptional<O extends Operation>(operation: O, upload: Upload<C, O, PendingFile | undefined>): void
}

export interface RunContext<C extends Callers> {
  readonly caller: C
  readonly print: Printer
  /** Whether the client has hung up, as far as that can be known; asked again it knows more. */
  readonly isGone: () => boolean
}

/** The one place where operations meet the web server; `docs/request.md` has the steps of a request. */
export function bindOperations<C extends Callers>(app: FastifyInstance, deps: BindingDeps<C>): Operations<C> {
  const { units, turns } = deps
  const routes = routesFor(app, deps)
  const { bind, getCaller, readKeyUse, writing, preconditions } = routes
  return {
    run(operation, handler) {
      bind(operation, async (request, reply) => {
        const input = readInput(operation, request)
        preconditions.refuse(operation, request, reply)
        const context = { ...dress({ caller: getCaller(request) }, request, reply), isGone: () => hasHungUp(reply) }
        const body = serialize(reply, await handler(context, input))
        return body === undefined ? reply.code(emptyStatus(operation)).send() : sendJson(reply, body)
      })
    },
    read(operation, handler) {
      preconditions.learn(operation, async (view, request, reply) => {
        const unseen = { ...dress(view, request, reply), setHeader: () => undefined, isShown: false }
        return serialize(reply, await handler(unseen, readInput(operation, request)), operation)
      })
      bind(operation, async (request, reply) => {
        const input = readInput(operation, request)
        const output = await units.read(getCaller(request), (view) => handler(dress(view, request, reply), input))
        const body = serialize(reply, output)
        if (body === undefined) return reply.code(emptyStatus(operation)).send()
        const etag = makeEtag(body)
        // The caller may keep it, and has to ask whether it is still so.
        reply.headers({ etag, 'cache-control': 'private, no-cache' })
        return isUnchanged(request, etag) ? reply.code(304).send() : sendJson(reply, body)
      })
    },
    write(operation, handler, manner = {}) {
      bind(operation, respondToWrite(operation, { ...manner, handler }, deps, routes))
    },
    decide(operation, handler) {
      bind(operation, async (request, reply) => {
        const input = readInput(operation, request)
        const used = readKeyUse(operation, request, input)
        preconditions.refuse(operation, request, reply)
        const { place } = getExchange(request)
        const steps = { caller: getCaller(request), units, options: writing(used), place, turns }
        const decision = await runSteps(steps, used !== undefined, async (open) => {
          const decided: Decision<typeof operation> = await handler(open, input)
          return decided instanceof ApiError ? decided : toAnswer(operation, serialize(reply, decided))
        })
        if (decision instanceof ApiError) throw decision
        return sendAnswer(reply, decision)
      })
    },
    upload(operation, upload) {
      bind(operation, respondToUpload(operation, upload, deps, routes))
    },
    uploadOptional(operation, upload) {
      bind(operation, respondToUpload(operation, upload, deps, routes))
    },
  }
}
