import { ErrorResponse } from '../errors/error-schema.ts'
import { defined } from '../values/defined.ts'
import {
  componentHeaders,
  componentParameters,
  componentResponses,
  multipartBody,
  printParameters,
  printResponses,
} from './openapi-parts.ts'
import { type EntranceCodes, listErrorCodes, type OperationContext } from './operation-errors.ts'
import { type DocumentExamples, exampleBody, pickExamples, noExamples } from './openapi-examples.ts'
import { type PublishedEvent, printWebhooks, webhookParameters } from './openapi-webhooks.ts'
import { type Json, type SchemaPrinter, schemaPrinter } from './openapi-schemas.ts'
import { isTagged, type Operation } from './operation.ts'

export interface DocumentInfo {
  readonly title: string
  readonly version: string
  readonly description: string
  /** Each tag and what it stands for, in the order of the document. */
  readonly tags: Readonly<Record<string, string>>
  readonly security: { readonly name: string; readonly scheme: Json }
  readonly entrance: EntranceCodes
  /** What a 403 means here. */
  readonly refused?: string
  /** What is sent to endpoints of integrations, by the type of the event. */
  readonly webhooks?: readonly PublishedEvent[]
  /** What forms for trying operations start with. */
  readonly examples?: DocumentExamples
}

/** The OpenAPI 3.1 document of these operations; the same operations always print the same text. */
export function openapiDocument(operations: readonly Operation[], info: DocumentInfo): Json {
  const {
    tags,
    security,
    entrance,
    refused = 'The key lacks the scope of this operation.',
    webhooks = [],
    examples = noExamples,
    ...about
  } = info
  const printer = schemaPrinter()
  const paths = printPaths(operations, printer, { entrance, examples })
  const responses = componentResponses(printer.print(ErrorResponse), refused)
  const calls = { paths, ...(webhooks.length === 0 ? {} : { webhooks: printWebhooks(webhooks) }) }
  const text = JSON.stringify([calls, responses])
  return {
    openapi: '3.1.0',
    info: { ...about, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/' }],
    security: [{ [security.name]: [] }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    ...calls,
    components: {
      schemas: printer.components(),
      responses,
      parameters: pickUsed('parameters', { ...componentParameters, ...webhookParameters }, text),
      headers: pickUsed('headers', componentHeaders, text),
      securitySchemes: { [security.name]: security.scheme },
    },
  }
}

/** The components of a kind that something in `text` refers to. */
function pickUsed(kind: 'parameters' | 'headers', components: Json, text: string): Json {
  const used = Object.entries(components).filter(([name]) => text.includes(`"#/components/${kind}/${name}"`))
  return Object.fromEntries(used)
}

interface PrintContext {
  readonly entrance: EntranceCodes
  readonly examples: DocumentExamples
}

function printPaths(operations: readonly Operation[], printer: SchemaPrinter, shared: PrintContext): Json {
  const paths: Record<string, Record<string, Json>> = {}
  const tagged = new Set(operations.filter(isTagged).map(({ path }) => path))
  for (const operation of [...operations].sort(byPathThenMethod)) {
    const methods = (paths[operation.path] ??= {})
    const context = { ...shared, isShown: tagged.has(operation.path) }
    methods[operation.method.toLowerCase()] = operationEntry(operation, printer, context)
  }
  return paths
}

// By code point: a locale-aware comparison would print another order on another machine.
function byPathThenMethod(a: Operation, b: Operation): number {
  return compare(a.path, b.path) || compare(a.method, b.method)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function printBody(
  { body, file, bodyOptional }: Operation,
  printer: SchemaPrinter,
  examples: ReturnType<typeof pickExamples>,
): Json {
  const json = body && { schema: printer.print(body), example: exampleBody(body as Json, examples) }
  const alone = json ? { 'application/json': json } : {}
  if (file) {
    const { content, ...form } = multipartBody(file, json?.schema)
    return { requestBody: { ...form, content: { ...(content as Json), ...alone } } }
  }
  return json ? { requestBody: { required: bodyOptional !== true, content: alone } } : {}
}

function operationEntry(operation: Operation, printer: SchemaPrinter, context: OperationContext & PrintContext): Json {
  const { operationId, tag, summary, description, deprecated, scopes } = operation
  const examples = pickExamples(context.examples, operationId)
  return {
    operationId,
    tags: [tag],
    summary,
    ...defined({ description }),
    ...(deprecated ? { deprecated } : {}),
    parameters: printParameters(operation, printer, { isShown: context.isShown, examples }),
    ...printBody(operation, printer, examples),
    responses: printResponses(operation, printer),
    'x-scopes': scopes,
    'x-error-codes': listErrorCodes(operation, context),
    ...defined({ 'x-events': operation.emits }),
    ...(operation.inferred ? { 'x-inferred': true } : {}),
  }
}
