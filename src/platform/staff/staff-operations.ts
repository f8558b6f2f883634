import type { Static, TSchema } from 'typebox'
import { ApiError, refuseFields, violation } from '../errors/errors.ts'
import type { Caller } from '../units/caller.ts'
import type { Effect } from '../units/rehearsal.ts'
import type { Units } from '../units/units.ts'
import type { AuditEntry, UnitOfWork, View } from '../units/work.ts'
import type { Permission, StaffInput, StaffOperation } from './staff-operation.ts'
import { readKeywords } from '../validation/keywords.ts'
import { readStrictly } from './strict.ts'

/** A person who works for the tenant. The operator at the command line holds every right. */
export interface StaffCaller extends Caller {
  readonly permissions: 'ALL' | ReadonlySet<string>
}

/** A unit of work of staff, with the rules that they break in it on purpose. */
export interface StaffWork<R extends string = string> extends UnitOfWork<StaffCaller> {
  readonly broken: readonly R[]
}

/** What is asked for, before it was checked. */
export interface StaffRequest {
  readonly params: Readonly<Record<string, unknown>>
  readonly body?: unknown
  readonly broken?: readonly string[]
  readonly dryRun?: boolean
}

export interface StaffOutcome {
  readonly answer: unknown
  /** Only of a dry run: the audit lines and events that would have been written. */
  readonly effects?: readonly Effect[]
}

type OperationRules<O extends StaffOperation> = O extends {
  readonly overrides: { readonly rules: readonly (infer R)[] } | undefined
}
  ? R & string
  : never
type Handler<O extends StaffOperation> = (
  work: StaffWork<OperationRules<O>>,
  input: StaffInput<O>,
) => Promise<Static<O['answer']>>
type Preparer<O extends StaffOperation> = (
  input: StaffInput<O>,
) => (work: StaffWork<OperationRules<O>>) => Promise<Static<O['answer']>>
type AnyHandler = (input: StaffInput<StaffOperation>) => (work: StaffWork) => Promise<unknown>
type Reader<O extends StaffOperation> = (view: View<StaffCaller>, input: StaffInput<O>) => Promise<Static<O['answer']>>

/** The operations of staff with what does them. Knows no door: the command line calls it, and a route may as well. */
export class StaffOperations {
  readonly #handlers = new Map<StaffOperation, AnyHandler>()

  /** Says what does an operation, in one unit of work. */
  write<O extends StaffOperation>(operation: O, handler: Handler<O>) {
    this.writePrepared(operation, (input) => (work) => handler(work, input))
  }

  /**
   * As `write`, for what asks others outside of the unit: `prepare` is called once, and what it answers is called for each
   * attempt of the unit.
   */
  writePrepared<O extends StaffOperation>(operation: O, prepare: Preparer<O>) {
    if (operation.method === 'GET') throw new Error(`${operation.operationId} only reads.`)
    this.#bind(operation, prepare as unknown as AnyHandler)
  }

  /** Says what answers an operation that only reads. */
  read<O extends StaffOperation>(operation: O, reader: Reader<O>) {
    if (operation.method !== 'GET') throw new Error(`${operation.operationId} writes.`)
    this.#bind(
      operation,
      ((input) => (view) => reader(view as View<StaffCaller>, input as StaffInput<O>)) as AnyHandler,
    )
  }

  #bind(operation: StaffOperation, handler: AnyHandler) {
    if (this.#handlers.has(operation)) throw new Error(`${operation.operationId} is bound twice.`)
    this.#handlers.set(operation, handler)
  }

  list(): readonly StaffOperation[] {
    return [...this.#handlers.keys()]
  }

  /** Checks rights and request, then does it; a dry run does it too, and undoes all of it. */
  async run(
    units: Units,
    caller: StaffCaller,
    operation: StaffOperation,
    request: StaffRequest,
  ): Promise<StaffOutcome> {
    const handler = this.#handlers.get(operation)
    if (!handler) throw new Error(`${operation.operationId} is not bound.`)
    const { broken = [], dryRun = false } = request
    refuseWithoutRight(caller, neededFor(operation, broken))
    refuseUnbreakable(operation, broken)
    if (dryRun && !operation.dryRun)
      throw refuseFields([violation('dryRun', 'format', { type: 'STRING', value: 'field' })])
    const input = readRequest(operation, request)
    if (operation.method === 'GET') {
      const read = handler(input) as (view: View<StaffCaller>) => Promise<unknown>
      return { answer: await units.read(caller, read) }
    }
    const attempt = handler(input)
    const work = (unit: UnitOfWork<StaffCaller>) => attempt(withBroken(unit, broken))
    if (dryRun) return units.rehearse(caller, work)
    return { answer: await units.write(caller, work) }
  }
}

function neededFor({ permissions, overrides }: StaffOperation, broken: readonly string[]): readonly Permission[] {
  return overrides && broken.length > 0 ? [...permissions, overrides.permission] : permissions
}

function refuseWithoutRight({ permissions: held }: StaffCaller, needed: readonly Permission[]) {
  if (held === 'ALL') return
  const missing = needed.filter((permission) => !held.has(permission))
  if (missing.length === 0) return
  throw new ApiError(403, 'errormessage.auth.scopeMissing', { args: [{ type: 'PERMISSION_LIST', value: missing }] })
}

function refuseUnbreakable({ overrides }: StaffOperation, broken: readonly string[]) {
  const known = overrides?.rules ?? []
  const unknown = broken.find((rule) => !known.includes(rule))
  if (unknown === undefined) return
  throw refuseFields([
    {
      code: 'errormessage.validation.enum',
      reference: 'override',
      args: [
        { type: 'STRING', value: unknown },
        { type: 'ENUM', value: known },
      ],
    },
  ])
}

function readRequest(operation: StaffOperation, { params, body }: StaffRequest): StaffInput<StaffOperation> {
  const read = {
    params: readStrictly(operation.params, params),
    body: operation.body && nameOnce(readStrictly(operation.body, body ?? {}) as object, operation.body),
  }
  return read as StaffInput<StaffOperation>
}

/** What a list of ids or of words of a catalogue names twice counts once. Amounts and dates may well be equal. */
function nameOnce(body: object, schema: TSchema): object {
  const { properties = {} } = readKeywords(schema)
  const once = ([name, value]: [string, unknown]): [string, unknown] => {
    const { type, choices } = readKeywords(readKeywords(properties[name] ?? {}).items ?? {})
    const isNames = Array.isArray(value) && (type === 'integer' || choices !== undefined)
    return [name, isNames ? [...new Set<unknown>(value)] : value]
  }
  return Object.fromEntries(Object.entries(body).map(once))
}

/** Each audit line of the unit names the rules that were broken in it. */
function withBroken(unit: UnitOfWork<StaffCaller>, broken: readonly string[]): StaffWork {
  if (broken.length === 0) return { ...unit, broken }
  const audit = (entry: AuditEntry) => unit.audit({ ...entry, diff: { ...entry.diff, broken: [null, broken] } })
  return { ...unit, audit, broken }
}
