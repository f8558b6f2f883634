import type { Violation } from '../../platform/errors/errors.ts'
import { shiftDate, type Term, toShift } from '../pricing/terms.ts'
import type { FrequencyDocument } from './part-schemas.ts'
import { duplicateFaults, fault, fieldFaults, join, rangeFaults } from './refusals.ts'
import { isAfter } from '../../platform/time/order.ts'

type FrequencyType = FrequencyDocument['type']

const fields: Readonly<
  Record<FrequencyType, { readonly needs: readonly string[]; readonly lacks: readonly string[] }>
> = {
  FREE: { needs: [], lacks: ['term', 'price', 'entries', 'ages'] },
  NON_RECURRING: { needs: ['price'], lacks: ['term', 'entries'] },
  RECURRING: { needs: ['term', 'price'], lacks: ['entries'] },
  MONTH_DAY: { needs: ['entries'], lacks: ['term', 'price'] },
  TERM_BASED: { needs: ['entries'], lacks: ['term', 'price'] },
}

/** What is wrong about a payment frequency; `initialTerm` is the one of the term that it is the price of. */
export function frequencyFaults(path: string, frequency: FrequencyDocument, initialTerm?: Term): Violation[] {
  const { type, term, ages } = frequency
  return [
    ...fieldFaults(path, frequency, { kind: type, ...fields[type] }),
    ...entryFaults(path, frequency),
    ...ages.flatMap((age, at) => ageFaults(join(path, `ages[${at}]`), age)),
    ...overlapFaults(join(path, 'ages'), ages),
    ...(term && initialTerm && isLonger(term, initialTerm) ? [fault(join(path, 'term'), 'stepTooLong')] : []),
  ]
}

/** The beginnings of a long month and of the shortest: 30 days are longer than a month in February only. */
const anchors = ['2025-01-01', '2025-02-01'].map((text) => Temporal.PlainDate.from(text))

/** Whether a length is longer than another one on some day of the year. */
export function isLonger(one: Term, other: Term): boolean {
  return anchors.some((anchor) => isAfter(shiftDate(anchor, toShift(one)), shiftDate(anchor, toShift(other))))
}

function entryFaults(path: string, { type, entries, recurring }: FrequencyDocument): Violation[] {
  if (type !== 'MONTH_DAY' && type !== 'TERM_BASED') return []
  const [needs, lacks] = type === 'MONTH_DAY' ? [['month', 'day'], ['offset']] : [['offset'], ['month', 'day']]
  const keys = entries.map(({ month, day, offset }) =>
    type === 'MONTH_DAY' ? `${month}-${day}` : String(offset && shiftDate(yearStart, toShift(offset))),
  )
  return [
    ...entries.flatMap((entry, at) => {
      const entryPath = join(path, `entries[${at}]`)
      return [...fieldFaults(entryPath, entry, { kind: type, needs, lacks }), ...dayFaults(entryPath, entry)]
    }),
    ...duplicateFaults(join(path, 'entries'), keys),
    ...(recurring ? entries.flatMap(({ offset }, at) => zeroFaults(join(path, `entries[${at}].offset`), offset)) : []),
  ]
}

/** A leap year, so that 29 February is a day. */
const yearStart = Temporal.PlainDate.from('2024-01-01')

function dayFaults(path: string, { month, day }: FrequencyDocument['entries'][number]): Violation[] {
  if (month === undefined || day === undefined) return []
  return day <= yearStart.with({ month }).daysInMonth ? [] : [fault(join(path, 'day'), 'noSuchDay', day, month)]
}

function zeroFaults(path: string, offset: Term | undefined): Violation[] {
  return offset?.value === 0 ? [fault(path, 'zeroOffsetRepeats')] : []
}

function ageFaults(path: string, age: FrequencyDocument['ages'][number]): Violation[] {
  const isPercentage = age.type === 'PERCENTAGE'
  const [needs, lacks] = isPercentage ? [['percentage'], ['price']] : [['price'], ['percentage']]
  return [
    ...fieldFaults(path, age, { kind: age.type, needs, lacks }),
    ...rangeFaults(path, ['startAge', age.startAge], ['endAge', age.endAge]),
    ...percentFaults(join(path, 'percentage'), age.percentage),
  ]
}

/** More than all cannot be taken off. */
export function percentFaults(path: string, percentage: string | undefined): Violation[] {
  return percentage !== undefined && Number(percentage) > 100
    ? rangeFaults('', [path, Number(percentage)], ['', 100])
    : []
}

function overlapFaults(path: string, ages: FrequencyDocument['ages']): Violation[] {
  return ages.flatMap(({ startAge, endAge }, at) => {
    const isMet = ages.slice(0, at).some((other) => other.startAge <= endAge && startAge <= other.endAge)
    return isMet ? [fault(`${path}[${at}]`, 'agesOverlap', startAge, endAge)] : []
  })
}
