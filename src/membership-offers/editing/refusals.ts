import { conflict, refuseFields, type TypedArgument, type Violation, violation } from '../../platform/errors/errors.ts'
import type { NamedBy } from '../../platform/errors/error-code.ts'

/** The rules of the catalogue that a document can break. */
export type CatalogueRule = NamedBy<'errormessage.catalogue.'>

/** A field of a document that breaks a rule of the catalogue. */
export function fault(reference: string, rule: CatalogueRule, ...args: readonly (string | number)[]): Violation {
  return {
    reference,
    code: `errormessage.catalogue.${rule}`,
    args: args.map(
      (value): TypedArgument => (typeof value === 'number' ? { type: 'INTEGER', value } : { type: 'STRING', value }),
    ),
  }
}

/** Refuses a document with all that is wrong about it. */
export function refuseFaults(faults: readonly Violation[]) {
  const [first, ...more] = faults
  if (first) throw refuseFields([first, ...more])
}

/** Refuses to remove what something else needs. */
export function refuseInUse(name: string) {
  return conflict('errormessage.catalogue.inUse', { args: [{ type: 'STRING', value: name }] })
}

/** A field that a kind needs, and fields that it does not have. */
export function fieldFaults(
  path: string,
  fields: Readonly<Record<string, unknown>>,
  {
    kind,
    needs,
    lacks,
  }: { readonly kind: string; readonly needs: readonly string[]; readonly lacks: readonly string[] },
): Violation[] {
  const isGiven = (name: string) => {
    const value = fields[name]
    return value !== undefined && !(Array.isArray(value) && value.length === 0)
  }
  return [
    ...needs.filter((name) => !isGiven(name)).map((name) => fault(join(path, name), 'fieldNeeded', name, kind)),
    ...lacks.filter(isGiven).map((name) => fault(join(path, name), 'fieldNotAllowed', name, kind)),
  ]
}

/** Two days of which the first must not be after the second. */
export function orderFaults(
  path: string,
  from: readonly [string, string | undefined],
  to: readonly [string, string | undefined],
): Violation[] {
  const [[first, start], [last, end]] = [from, to]
  if (start === undefined || end === undefined || start <= end) return []
  const args = [first, last].map((value) => ({ type: 'STRING', value }) as const)
  return [{ reference: join(path, first), code: 'errormessage.validation.dateOrder', args }]
}

/** A field that must be at most another one. */
export function rangeFaults(
  path: string,
  from: readonly [string, number | undefined],
  to: readonly [string, number | undefined],
): Violation[] {
  const [[first, least], [, most]] = [from, to]
  if (least === undefined || most === undefined || least <= most) return []
  return [violation(join(path, first), 'max', { type: 'INTEGER', value: most })]
}

/** Values of a list that may be there once only. */
export function duplicateFaults(path: string, keys: readonly string[]): Violation[] {
  return new Set(keys).size < keys.length ? [violation(path, 'uniqueItems')] : []
}

export function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}
