import { countDays, isAfter, isBefore, laterDate } from '../../platform/time/order.ts'
import { badRequest } from '../../platform/errors/errors.ts'
import type { OfferModuleRecord, OfferRecord } from '../catalogue/offer-store.ts'
import type { TermRecord } from '../catalogue/term-store.ts'
import { findAge } from '../pricing/price-rules.ts'
import { proposeStartOfUse } from '../start-rules.ts'

/** How far from today a contract of the studio may start. */
export interface StartLimits {
  readonly backdateDays: number
  readonly advanceMonths: number
  readonly maxPreuseDays: number
}

/** What a buyer wants to sign. */
export interface Wish {
  readonly termId: number
  readonly startDate: Temporal.PlainDate
  readonly preuseDate?: Temporal.PlainDate
  readonly selectableIds: readonly number[]
  readonly optionalIds: readonly number[]
}

const dateArgument = (date: Temporal.PlainDate) => ({ type: 'DATE', value: date.toString() }) as const

/** Refuses a start that lies too far back or too far ahead. */
export function refuseStart(start: Temporal.PlainDate, today: Temporal.PlainDate, limits: StartLimits): void {
  const [first, last] = [today.subtract({ days: limits.backdateDays }), today.add({ months: limits.advanceMonths })]
  if (!isBefore(start, first) && !isAfter(start, last)) return
  throw badRequest('errormessage.membership.startDateInvalid', {
    args: [dateArgument(first), dateArgument(last)],
    reference: 'startDate',
  })
}

/** The first day of use: as wished, else as the studio proposes it, but no earlier than the studio allows. */
export function readStartOfUse(
  { startDate: start, preuseDate: wished }: Wish,
  { offer, term, today, studio }: Selling,
): Temporal.PlainDate {
  const isAvailable = offer.preUseType !== 'NOT_AVAILABLE'
  if (wished === undefined) {
    if (!isAvailable) return start
    return laterDate(proposeStartOfUse(term, { start, today }), start.subtract({ days: studio.maxPreuseDays }))
  }
  const reference = 'preuseDate'
  if (!isAvailable) throw badRequest('errormessage.membership.preUseNotAllowed', { reference })
  if (isBefore(wished, today) || isAfter(wished, start) || countDays(wished, start) > studio.maxPreuseDays) {
    throw badRequest('errormessage.membership.preUseInvalid', { reference })
  }
  return wished
}

/** What is sold, and how the studio sells it today. */
export interface Selling {
  readonly offer: OfferRecord
  readonly term: TermRecord
  readonly today: Temporal.PlainDate
  readonly studio: StartLimits
}

/** The chosen modules in the order of the request: selectable ones first. Each must belong to the offer and the term. */
export function chooseModules(
  { selectableIds, optionalIds }: Wish,
  { offer, term }: Pick<Selling, 'offer' | 'term'>,
): OfferModuleRecord[] {
  const selectable = offer.modules.filter(({ kind }) => kind === 'SELECTABLE')
  const optional = offer.modules.filter(({ termId }) => termId === term.id)
  const chosen = chooseFrom(selectable, selectableIds, 'selectedSelectableModuleIds')
  if (chosen.length > offer.maxSelectable) {
    throw badRequest('errormessage.membership.tooManyModules', {
      args: [{ type: 'INTEGER', value: offer.maxSelectable }],
      reference: 'selectedSelectableModuleIds',
    })
  }
  return [...chosen, ...chooseFrom(optional, optionalIds, 'selectedOptionalModuleIds')]
}

function chooseFrom(modules: readonly OfferModuleRecord[], ids: readonly number[], reference: string) {
  const chosen = ids.map((id) => {
    const module = modules.find((each) => each.id === id)
    if (!module) throw badRequest('errormessage.membership.moduleNotFound', { reference })
    return module
  })
  if (new Set(ids).size < ids.length) throw badRequest('errormessage.membership.moduleDuplicate', { reference })
  return chosen
}

/** Refuses members who are too young or too old on the day of the start; without a birth date where ages are limited. */
export function refuseAge(
  { minAge, maxAge }: OfferRecord,
  birthDate: Temporal.PlainDate | undefined,
  start: Temporal.PlainDate,
): void {
  if (minAge === null && maxAge === null) return
  const age = birthDate && findAge(birthDate, start)
  if (age !== undefined && (minAge ?? 0) <= age && age <= (maxAge ?? age)) return
  throw badRequest('errormessage.membership.ageNotAllowed', { reference: 'dateOfBirth' })
}
