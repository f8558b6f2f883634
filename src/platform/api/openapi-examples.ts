import { type Json, requiredOfCaller } from './openapi-schemas.ts'

/** Values that answer together: with them a stranger's first try of an operation finds something. */
export interface DocumentExamples {
  /** By the name of a path parameter, query parameter or property of a body. */
  readonly named: Json
  /** By operation, and then by name. Optional parameters and properties that stand here are part of the example. */
  readonly operations: Readonly<Record<string, Json>>
}

/** The examples of one operation. */
export interface OperationExamples {
  readonly named: Json
  readonly own: Json
}

export const noExamples: DocumentExamples = { named: {}, operations: {} }

export const pickExamples = ({ named, operations }: DocumentExamples, operationId: string): OperationExamples => ({
  named,
  own: operations[operationId] ?? {},
})

/**
 * The value that a form starts with, as `{ example }`. Only what has to be given gets one, and what the operation names
 * itself: a form sends everything that has an example, and an optional header or filter that is sent unasked changes the
 * answer.
 */
export function findExample(name: string, field: Json, isRequired: boolean, { named, own }: OperationExamples): Json {
  if (name in own) return { example: own[name] }
  if (!isRequired) return {}
  const value = name in named ? named[name] : firstExample(field)
  return value === undefined ? {} : { example: value }
}

const firstExample = ({ examples }: Json) => (Array.isArray(examples) ? examples[0] : undefined)

/** The whole body that a form starts with: what is required, and what the operation names. */
export function exampleBody(schema: Json, examples: OperationExamples, name = ''): unknown {
  const { named, own } = examples
  if (name in own) return own[name]
  if (schema['type'] === 'object') return exampleObject(schema, examples)
  if (schema['type'] === 'array') return [exampleBody(schema['items'] as Json, examples, name)]
  if (name in named) return named[name]
  return firstExample(schema) ?? schema['default'] ?? anyValue(schema)
}

function exampleObject(schema: Json, examples: OperationExamples): Json {
  const required = requiredOfCaller(schema)
  const properties = Object.entries((schema['properties'] ?? {}) as Readonly<Record<string, Json>>)
  const sent = properties.filter(([name]) => required.includes(name) || name in examples.own)
  return Object.fromEntries(sent.map(([name, property]) => [name, exampleBody(property, examples, name)]))
}

function anyValue({ type, enum: names }: Json): unknown {
  if (Array.isArray(names)) return names[0]
  return type === 'boolean' ? true : type === 'string' ? 'text' : 1
}
