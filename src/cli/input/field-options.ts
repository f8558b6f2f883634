import { type Command, Option } from 'commander'
import type { TObject, TSchema } from 'typebox'
import type { OptionDeclaration, StaffOperation } from '../../platform/staff/staff-operation.ts'
import { type Keywords, readKeywords } from '../../platform/validation/keywords.ts'
import { findChoices, findParser } from './field-values.ts'

/** A field of a body as the command line knows it. */
export interface Field {
  /** `rule.price` for one inside an object. */
  readonly path: string
  readonly schema: TSchema
  readonly keywords: Keywords & { readonly description?: string }
  readonly isNeeded: boolean
}

/** All fields of a body; those of an object inside it stand beside the others. */
export function listFields(body: TObject | undefined, parent = ''): readonly Field[] {
  const { properties = {}, required = [] } = body ? readKeywords(body) : {}
  return Object.entries(properties).flatMap(([name, schema]) => {
    const keywords = readKeywords(schema)
    const path = `${parent}${name}`
    if (isGroup(keywords)) return listFields(schema as TObject, `${path}.`)
    const isNeeded = required.includes(name) && keywords.default === undefined && parent === ''
    return [{ path, schema, keywords, isNeeded }]
  })
}

// A term is an object too, but one value on the command line.
const isGroup = ({ type, properties }: Keywords) => type === 'object' && properties !== undefined && !properties['unit']

/** Gives a command an option, or a pair of switches, for a field. Says which name its value will have. */
export function addFieldOption(command: Command, field: Field, { cli }: StaffOperation): string {
  const { flag, value } = declared(field, cli.options?.[field.path])
  const { description = '' } = field.keywords
  const pair = /^--\[no-\](\S+)$/.exec(flag)
  if (pair) {
    const [, name = ''] = pair
    command.option(`--${name}`, description).option(`--no-${name}`, 'the opposite')
    return new Option(`--${name}`).attributeName()
  }
  const option = new Option(flag, description)
  if (field.isNeeded) option.makeOptionMandatory()
  if (value === undefined && !option.isBoolean()) {
    option.argParser(findParser(field.schema))
    const choices = findChoices(field.schema)
    if (choices) option.argChoices = choices
  }
  if (value !== undefined) option.preset(value)
  if (field.keywords.default !== undefined) option.default(field.keywords.default)
  command.addOption(option)
  return option.attributeName()
}

function declared({ path, keywords }: Field, named: string | OptionDeclaration | undefined): OptionDeclaration {
  if (named !== undefined) return typeof named === 'string' ? { flag: named } : named
  const last = path.split('.').at(-1) ?? path
  const name = last.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  return { flag: keywords.type === 'boolean' ? `--[no-]${name}` : `--${name} <${name}>` }
}

/** Puts the value of a field into a body, inside the object that holds it. */
export function putField(body: Record<string, unknown>, path: string, value: unknown) {
  const parts = path.split('.')
  const last = parts.pop() ?? path
  let at = body
  for (const part of parts) at = (at[part] ??= {}) as Record<string, unknown>
  at[last] = value
}
