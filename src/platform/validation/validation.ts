import type { TSchema } from 'typebox'
import { badRequest, refuseFields, type Violation } from '../errors/errors.ts'
import type { Input, Operation } from '../api/operation.ts'
import { isReadable } from './coerce.ts'
import { getCheck } from './compile.ts'
import { type RawQuery, readPath, readQuery } from './parameters.ts'
import { Run } from './run.ts'

/** Objects and lists of a body may be nested this deep, the body itself included. */
const depthLimit = 20

export interface Validated {
  /** Coerced, defaults filled in, unknown properties left out; only meaningful without violations. */
  readonly value: unknown
  readonly violations: readonly Violation[]
}

/** A request before validation: decoded path parameters, parsed query, parsed JSON body (undefined when empty). */
export interface RawRequest {
  readonly params: Readonly<Record<string, string>>
  readonly query: RawQuery
  readonly body: unknown
}

/**
 * Checks a JSON value against a schema in one pass, and leniently: null is absent, numbers and their text are read as
 * each other, `"true"` as true. `path` is put before the references of the violations
 * (`data` for a part of a multipart body). Throws only when the value is nested too deep to read, or holds half a character.
 */
export function validate(schema: TSchema, value: unknown, path = ''): Validated {
  const run = new Run()
  return { value: readBody(schema, value, path, run), violations: run.violations }
}

function readBody(schema: TSchema, value: unknown, path: string, run: Run): unknown {
  if (!isReadable(value, depthLimit)) throw badRequest('errormessage.request.malformed')
  run.isRequired = true
  return getCheck(schema)(value, path, run)
}

/**
 * What the handler of an operation is given. All refusals of path, query and body, in this order, make one error; an
 * id that cannot exist becomes 404 only when nothing else is wrong with the request.
 */
export function validateRequest<O extends Operation>(operation: O, raw: RawRequest): Input<O> {
  const run = new Run()
  const path = readPath(operation.params, raw.params, run)
  const query = readQuery(operation.query, raw.query, run)
  const isMissing = raw.body === undefined || raw.body === null
  const body = operation.body === undefined || isMissing ? undefined : readBody(operation.body, raw.body, '', run)
  const [first, ...more] = run.violations
  if (first !== undefined) throw refuseFields([first, ...more])
  if (operation.body !== undefined && isMissing && !operation.bodyOptional) {
    throw badRequest('errormessage.request.bodyMissing')
  }
  if (path.missing !== undefined) throw path.missing
  return { params: path.value, query, body } as Input<O>
}
