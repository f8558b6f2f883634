import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import type { Operation } from '../../src/platform/api/operation.ts'
import type { TestAnswer, TestApp } from './app.ts'
import { boundOperations, makeContent, type Named, makeParts, makePath } from './calls/calls.ts'
import { defined } from '../../src/platform/values/defined.ts'

interface Entry {
  readonly operationId: string
  readonly parameters: readonly { readonly $ref?: string }[]
}

const document = JSON.parse(readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8')) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Entry>>>>
}

/** Every write of the published API whose path can be read as well. */
const shownWrites = Object.values(document.paths).flatMap(({ get, ...writes }) => (get ? Object.values(writes) : []))

/** Whether the published API offers `If-Match` for an operation. */
export function offersIfMatch(operationId: string): boolean {
  const entries = Object.values(document.paths).flatMap((methods) => Object.values(methods))
  const { parameters } = entries.find((entry) => entry.operationId === operationId) ?? assert.fail(operationId)
  return parameters.some(({ $ref }) => $ref === '#/components/parameters/IfMatch')
}

export interface ShownWrite {
  readonly operation: Operation
  /** Reads what the write is about. */
  readShown(app: TestApp): Promise<TestAnswer>
  write(app: TestApp, headers?: Readonly<Record<string, string>>): Promise<TestAnswer>
}

/** The writes whose path can be read, with a call of each that names the same as its read and changes what that shows. */
export function listShownWrites(app: TestApp, named: Named): readonly ShownWrite[] {
  return shownWrites.map(({ operationId }) => {
    const operation = boundOperations(app).find((each) => each.operationId === operationId) ?? assert.fail(operationId)
    const { query, ...rest } = makeParts(operation, named)
    const { headers: ofContent, payload } = makeContent(rest)
    const url = makePath(operation, { ...rest, ...defined({ query }) })
    return {
      operation,
      readShown: (at) => at.get(makePath(operation, rest)),
      write: (at, headers = {}) =>
        at.sendRaw(operation.method, url, { headers: { ...ofContent, ...headers }, payload }),
    }
  })
}

export const readEtag = ({ headers }: TestAnswer) => String(headers['etag'])
