import type { TSchema } from 'typebox'
import type { ErrorCode } from '../errors/error-code.ts'
import type { ValidationReason } from '../errors/errors.ts'
import { type Keywords, keywordsOf } from './keywords.ts'

/** Every code with which the validator can refuse a value of this schema. */
export function fieldCodes(schema: TSchema): readonly ErrorCode[] {
  return reasonsOf(keywordsOf(schema), true).map((reason): ErrorCode => `errormessage.validation.${reason}`)
}

function reasonsOf(schema: Keywords, isRequired: boolean): readonly ValidationReason[] {
  if (schema.choices !== undefined) return ['type', 'enum']
  switch (schema.type) {
    case 'object':
      return ['type', ...(schema.properties === undefined ? reasonsOfFreeForm : reasonsOfObject(schema))]
    case 'array':
      return ['type', 'maxItems', ...reasonsOfList(schema)]
    case 'string':
      return ['type', ...reasonsOfText(schema, isRequired)]
    case 'integer':
    case 'number':
      return ['type', ...bounds(schema, { minimum: 'min', maximum: 'max' })]
    case 'boolean':
      return ['type']
    default:
      return reasonsOfFreeForm
  }
}

/** PostgreSQL cannot store every text, and no list is endless. */
const reasonsOfFreeForm: readonly ValidationReason[] = ['pattern', 'maxItems']

function reasonsOfObject({ properties = {}, required = [] }: Keywords): readonly ValidationReason[] {
  return Object.entries(properties).flatMap(([key, property]) => {
    const keywords = keywordsOf(property)
    const isRequired = required.includes(key)
    const mayLack = isRequired && keywords.default === undefined
    return [...(mayLack ? (['required'] as const) : []), ...reasonsOf(keywords, isRequired)]
  })
}

function reasonsOfList(schema: Keywords): readonly ValidationReason[] {
  const ofItems = schema.items === undefined ? reasonsOfFreeForm : reasonsOf(keywordsOf(schema.items), true)
  const unique = schema.uniqueItems ? (['uniqueItems'] as const) : []
  return [...bounds(schema, { minItems: 'minItems' }), ...unique, ...ofItems]
}

function reasonsOfText(schema: Keywords, isRequired: boolean): readonly ValidationReason[] {
  return [
    ...(schema.trim && isRequired ? (['required'] as const) : []),
    ...(schema.format === undefined ? [] : (['format'] as const)),
    // Control characters are refused whether or not there is a pattern.
    ...(schema.verbatim && schema.pattern === undefined ? [] : (['pattern'] as const)),
    ...bounds(schema, { minLength: 'minLength', maxLength: 'maxLength' }),
  ]
}

/** The reasons of those bounds that the schema sets. */
function bounds(
  schema: Keywords,
  reasons: Partial<Readonly<Record<keyof Keywords, ValidationReason>>>,
): ValidationReason[] {
  return Object.entries(reasons).flatMap(([bound, reason]) => (bound in schema ? [reason] : []))
}
