import type { Json } from './openapi-schemas.ts'

/** The media type whose schemas take and give `null`; the parts of a form are there or are not. */
const JSON_BODY = 'application/json'

/**
 * The same document for clients that wish for `absent=null`: whatever need not be there may be `null`. That holds for bodies
 * of requests as well, where `null` stands for what is not there. Webhooks know no wishes and stay as they are.
 */
export function allowNulls(document: Json): Json {
  const { paths, components, ...rest } = document as Readonly<Record<string, Json>>
  const { schemas, responses, ...parts } = components as Readonly<Record<string, Json>>
  const printed = {
    ...rest,
    paths: inBodies(paths),
    components: { schemas: inSchema(schemas), responses: inBodies(responses), ...parts },
  }
  // Members in the order of the document that they come from.
  return Object.fromEntries(Object.keys(document).map((name) => [name, printed[name as keyof typeof printed]]))
}

/** Changes the schemas of JSON bodies, at any depth. */
function inBodies(node: unknown): unknown {
  return mapMembers(node, (name, member) => (name === JSON_BODY ? inMedia(member as Json) : inBodies(member)))
}

const inMedia = ({ schema, ...rest }: Json): Json => ({ schema: inSchema(schema), ...rest })

function inSchema(node: unknown): unknown {
  const { required = [] } = (node ?? {}) as { readonly required?: readonly string[] }
  return mapMembers(node, (name, member) =>
    name === 'properties' ? inProperties(member as Json, required) : inSchema(member),
  )
}

function inProperties(properties: Json, required: readonly string[]): Json {
  const changed = Object.entries(properties).map(([name, property]) => {
    const schema = inSchema(property) as Json
    return [name, required.includes(name) ? schema : orNull(schema)]
  })
  return Object.fromEntries(changed)
}

function orNull(schema: Json): Json {
  const { $ref, type, enum: choices, ...rest } = schema
  if ($ref !== undefined) return { anyOf: [{ $ref }, { type: 'null' }], ...rest }
  // Without a type it takes everything, null as well.
  if (typeof type !== 'string') return schema
  return { type: [type, 'null'], ...(Array.isArray(choices) ? { enum: [...choices, null] } : {}), ...rest }
}

function mapMembers(node: unknown, change: (name: string, member: unknown) => unknown): unknown {
  if (Array.isArray(node)) return node.map((item) => change('', item))
  if (typeof node !== 'object' || node === null) return node
  return Object.fromEntries(Object.entries(node).map(([name, member]) => [name, change(name, member)]))
}
