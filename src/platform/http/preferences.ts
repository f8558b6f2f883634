import type { FastifyRequest } from 'fastify'
import type { WishHeader } from '../api/operation.ts'
import type { DateTimeForm } from '../time/zoned-time.ts'
import type { AbsentValues } from './absent-values.ts'

/** In which form answers are written. */
export interface AnswerForm {
  readonly dateTimeForm: DateTimeForm
  readonly absentValues: AbsentValues
}

/** An answer as the original API writes it, but that what has no value is left out. */
export const usualForm: AnswerForm = { dateTimeForm: 'CONTRACT', absentValues: 'OMIT' }

const dateTimeForms = { 'datetime=rfc3339': 'RFC3339', 'datetime=contract': 'CONTRACT' } as const
const absentForms = { 'absent=null': 'NULL', 'absent=omit': 'OMIT' } as const

/** Operations that only Palestra has: no client of the original API expects their date-times in its form. */
const ownPaths = /^\/(?:ext|admin)\/v1\//

/**
 * The form of an answer: what the header `Prefer` says, of two contrary wishes the first, else the setting of the
 * integration. `applied` is the answer's `Preference-Applied`. Operations of our own answer plain RFC 3339 in any case.
 */
export function chooseForm(
  prefer: string | string[] | undefined,
  setting: AnswerForm,
  path: string | undefined,
): AnswerForm & { readonly applied?: string } {
  const wishes = (Array.isArray(prefer) ? prefer.join(',') : (prefer ?? '')).toLowerCase().split(/[,;]/)
  const dateTimes = ownPaths.test(path ?? '')
    ? ({ chosen: 'RFC3339', applied: [] } as const)
    : choose(wishes, dateTimeForms, setting.dateTimeForm, usualForm.dateTimeForm)
  const absent = choose(wishes, absentForms, setting.absentValues, usualForm.absentValues)
  const applied = [...dateTimes.applied, ...absent.applied].join(', ')
  const form = { dateTimeForm: dateTimes.chosen, absentValues: absent.chosen }
  return applied === '' ? form : { ...form, applied }
}

/** A setting that is the usual one needs no word in the answer. */
function choose<T extends string>(
  wishes: readonly string[],
  forms: Readonly<Record<string, T>>,
  setting: T,
  usual: T,
): { readonly chosen: T; readonly applied: readonly string[] } {
  const wish = wishes.map((each) => each.trim()).find((each) => Object.hasOwn(forms, each))
  const chosen = (wish === undefined ? undefined : forms[wish]) ?? setting
  if (wish !== undefined) return { chosen, applied: [wish] }
  return { chosen, applied: chosen === usual ? [] : Object.keys(forms).filter((name) => forms[name] === chosen) }
}

/** Whether the header was sent with `true`. */
export function hasWish({ headers }: Pick<FastifyRequest, 'headers'>, { name }: WishHeader): boolean {
  return String(headers[name.toLowerCase()]).trim().toLowerCase() === 'true'
}
