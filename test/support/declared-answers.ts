import assert from 'node:assert/strict'
import { Ajv2020 } from 'ajv/dist/2020.js'
import {
  adminInfo,
  adminOperations,
  deviceInfo,
  deviceOperations,
  publicInfo,
  publicOperations,
} from '../../src/api.ts'
import type { Operation } from '../../src/platform/api/operation.ts'
import { openapiDocument } from '../../src/platform/api/openapi.ts'

interface Declared {
  readonly method: string
  readonly path: RegExp
  readonly operationId: string
  readonly answers: Readonly<Record<string, string | undefined>>
  /** The error codes of each status. */
  readonly codes: Readonly<Record<string, readonly string[] | undefined>>
}

const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false })

const declared: readonly Declared[] = [
  ...listDeclarations('public', openapiDocument(publicOperations, publicInfo)),
  ...listDeclarations('device', openapiDocument(deviceOperations, deviceInfo)),
  ...listDeclarations('admin', openapiDocument(adminOperations, adminInfo)),
].sort((a, b) => wildcards(a) - wildcards(b))

/** Without the properties that are null: what is declared is the answer that leaves them out. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([, member]) => member !== null)
  return Object.fromEntries(kept.map(([name, member]) => [name, withoutNulls(member)]))
}

/**
 * Fails when an answer has not the shape or the error code that the API's own document declares for path, method and
 * status. Operations without a route in this process (the clock where it is switched off) declare nothing about it.
 */
export function refuseUndeclaredAnswer(
  { method, url, served }: { method: string; url: string; served: readonly Operation[] },
  answer: { status: number; body?: unknown; text: string },
) {
  // As a client sends it: without the segments `.` and `..`.
  const { pathname: path } = new URL(url, 'http://localhost')
  const operation = declared.find((each) => each.method === method && each.path.test(path))
  if (!operation || answer.status === 304) return
  if (!served.some(({ operationId }) => operationId === operation.operationId)) return
  const schema = operation.answers[answer.status]
  assert.ok(
    String(answer.status) in operation.answers,
    `${operation.operationId} does not declare a ${answer.status}: ${answer.text}`,
  )
  if (schema === undefined)
    return assert.equal(answer.text, '', `${operation.operationId} answers ${answer.status} without a body`)
  const validate = ajv.getSchema(schema)
  assert.ok(validate, schema)
  assert.ok(
    validate(answer.body),
    `${operation.operationId} ${answer.status}: ${ajv.errorsText(validate.errors)}\n${answer.text}`,
  )
  if (answer.status >= 400) refuseUndeclaredCodes(operation, answer.status, answer.body as ErrorBody)
}

interface ErrorBody {
  readonly errorCode: string
  readonly violations?: readonly { readonly errorCode: string }[]
}

function refuseUndeclaredCodes({ operationId, codes }: Declared, status: number, body: ErrorBody) {
  for (const { errorCode } of [body, ...(body.violations ?? [])]) {
    assert.ok(codes[status]?.includes(errorCode), `${operationId} does not declare ${errorCode} with ${status}`)
  }
}

function listDeclarations(name: string, document: Record<string, unknown>): Declared[] {
  ajv.addSchema({ ...document, $id: name })
  const found: Declared[] = []
  for (const [path, methods] of Object.entries(document['paths'] as Record<string, Record<string, any>>)) {
    for (const [method, entry] of Object.entries(methods)) {
      const at = `${name}#/paths/${pointer(path)}/${method}/responses`
      const answers: Record<string, string | undefined> = {}
      for (const [status, response] of Object.entries<any>(entry.responses)) {
        const content = response.$ref ? resolve(document, response.$ref).content : response.content
        const base = response.$ref ? name + response.$ref : `${at}/${status}`
        answers[status] = content ? `${base}/content/${pointer('application/json')}/schema` : undefined
      }
      const pattern = new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}/?$`)
      found.push({
        method: method.toUpperCase(),
        path: pattern,
        operationId: entry.operationId,
        answers,
        codes: entry['x-error-codes'],
      })
    }
  }
  return found
}

function wildcards({ path }: Declared): number {
  return path.source.split('[^/]+').length
}

function pointer(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))
}

function resolve(root: any, ref: string): any {
  return ref
    .slice(2)
    .split('/')
    .reduce((node, key) => node[key], root)
}
