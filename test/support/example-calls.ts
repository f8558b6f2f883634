import type { Operation } from '../../src/platform/api/operation.ts'
import type { Parts } from './calls/calls.ts'
import { defined } from '../../src/platform/values/defined.ts'

type Node = Readonly<Record<string, any>>

/** The call of an operation as a form sends it that was opened and not filled in. */
export interface ExampleCall extends Pick<Operation, 'operationId' | 'method' | 'path'> {
  readonly parts: Pick<Parts, 'body'> & Required<Pick<Parts, 'params' | 'query'>>
}

/** What only asks comes first, what takes away last. */
const order = ['GET', 'POST', 'PUT', 'DELETE']
const isQuestion = (path: string) => /\/(?:preview|validate)$/.test(path)
const rank = ({ method, path }: ExampleCall) => (isQuestion(path) ? 0 : order.indexOf(method))

/** The calls that the examples of a document make. */
export function listExampleCalls(document: Node): readonly ExampleCall[] {
  return Object.entries(document['paths'] as Node)
    .flatMap(([path, methods]) =>
      Object.entries(methods as Node).map(([method, entry]) => makeCall(path, method.toUpperCase(), entry)),
    )
    .sort((a, b) => rank(a) - rank(b))
}

function makeCall(path: string, method: string, entry: Node): ExampleCall {
  const given = (location: string) =>
    Object.fromEntries(
      entry['parameters']
        .filter((each: Node) => each['in'] === location && 'example' in each)
        .map((each: Node) => [each['name'], each['example']]),
    )
  const body = entry['requestBody']?.content['application/json']?.example
  const parts = { params: given('path'), query: given('query'), ...defined({ body }) }
  return { operationId: entry['operationId'], method: method as Operation['method'], path, parts }
}
