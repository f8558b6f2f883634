import type { Violation } from '../../../platform/errors/errors.ts'
import type { Term } from '../../pricing/terms.ts'
import { frequencyFaults, isLonger, percentFaults } from '../frequency-rules.ts'
import { duplicateFaults, fault, fieldFaults, join, orderFaults, rangeFaults } from '../refusals.ts'
import type { OfferDocument, TermDocument } from './offer-schemas.ts'

/** What is wrong about an offer as far as the document alone says it. */
export function offerFaults(offer: OfferDocument): Violation[] {
  const { limitedFrom, limitedTo, minAge, maxAge } = offer
  const isHalf = (limitedFrom === undefined) !== (limitedTo === undefined)
  const half = limitedFrom === undefined ? 'limitedFrom' : 'limitedTo'
  const ids = (entries: readonly { readonly id?: number | undefined }[]) =>
    entries.flatMap(({ id }) => id ?? []).map(String)
  const allModules = [...offer.modules, ...offer.terms.flatMap(({ modules }) => modules)]
  return [
    ...(isHalf ? [fault(half, 'bothOrNeither', 'limitedFrom', 'limitedTo')] : []),
    ...orderFaults('', ['limitedFrom', limitedFrom], ['limitedTo', limitedTo]),
    ...rangeFaults('', ['minAge', minAge], ['maxAge', maxAge]),
    ...duplicateFaults(
      'publications',
      offer.publications.map(({ studioId, channel }) => `${studioId} ${channel}`),
    ),
    ...duplicateFaults(
      'textBlocks',
      offer.textBlocks.map(({ textBlockId }) => String(textBlockId)),
    ),
    ...duplicateFaults('modules', ids(allModules)),
    ...duplicateFaults('terms', ids(offer.terms)),
    ...offer.terms.flatMap((term, at) => termFaults(`terms[${at}]`, term)),
  ]
}

const extensionFields = ['extensionTerm', 'extensionFixedTerm', 'subsequentTermId'] as const

function termFaults(path: string, term: TermDocument): Violation[] {
  return [
    ...lengthFaults(join(path, 'term'), term.term),
    ...extensionFaults(path, term),
    ...startFaults(path, term),
    ...priceFaults(path, term),
    ...term.priceRules.flatMap((rule, at) => ruleFaults(join(path, `priceRules[${at}]`), rule)),
    ...feeFaults(path, term),
    ...term.bonusPeriods.flatMap((bonus, at) => bonusFaults(join(path, `bonusPeriods[${at}]`), bonus)),
  ]
}

/** The longest term: billing plans a line for each of its periods. */
const longest: Term = { value: 10, unit: 'YEAR' }

export function lengthFaults(path: string, length: Term): Violation[] {
  return isLonger(length, longest) ? [fault(path, 'termTooLong', longest.value)] : []
}

function extensionFaults(path: string, term: TermDocument): Violation[] {
  const { extensionType: kind } = term
  const allowed: Readonly<Record<typeof kind, readonly string[]>> = {
    NONE: [],
    TERM_EXTENSION: ['extensionTerm', 'extensionFixedTerm'],
    SUBSEQUENT_RATE_DETAIL: ['subsequentTermId'],
  }
  const lacks = extensionFields.filter((name) => !allowed[kind].includes(name))
  const isOpen = kind === 'TERM_EXTENSION' && term.extensionTerm === undefined && term.extensionFixedTerm === undefined
  const needs = isOpen ? ['extensionTerm'] : kind === 'SUBSEQUENT_RATE_DETAIL' ? ['subsequentTermId'] : []
  return fieldFaults(path, term, {
    kind,
    needs,
    lacks: kind === 'TERM_EXTENSION' ? lacks : [...lacks, 'priceAfterExtension'],
  })
}

function startFaults(path: string, term: TermDocument): Violation[] {
  const goesWith = (name: string, rule: string, wanted: string) =>
    fieldFaults(path, term, { kind: rule, needs: rule === wanted ? [name] : [], lacks: rule === wanted ? [] : [name] })
  return [
    ...goesWith('startDays', term.startRule, 'IN_DAYS'),
    ...goesWith('startDate', term.startRule, 'FIXED_DATE'),
    ...goesWith('startOfUseDate', term.startOfUseRule, 'FIXED_DATE'),
  ]
}

function priceFaults(
  path: string,
  { term: initial, paymentFrequency, studioPrices, modules }: TermDocument,
): Violation[] {
  const at = (name: string) => join(path, name)
  return [
    ...frequencyFaults(at('paymentFrequency'), paymentFrequency, initial),
    ...studioPrices.flatMap((price, n) =>
      frequencyFaults(at(`studioPrices[${n}].paymentFrequency`), price.paymentFrequency, initial),
    ),
    ...duplicateFaults(
      at('studioPrices'),
      studioPrices.map(({ studioId }) => String(studioId)),
    ),
    ...modules.flatMap((module, n) => frequencyFaults(at(`modules[${n}].paymentFrequency`), module.paymentFrequency)),
  ]
}

function ruleFaults(path: string, rule: TermDocument['priceRules'][number]): Violation[] {
  const { type, chargeAdjustmentType, value, recurrence, maxOccurrences } = rule
  const fits = (type === 'NEW_BASIC_AMOUNT') === (chargeAdjustmentType === 'BASIC_AMOUNT')
  const isCountedOnce = recurrence === undefined && maxOccurrences !== undefined
  return [
    ...(fits ? [] : [fault(join(path, 'chargeAdjustmentType'), 'fieldNotAllowed', chargeAdjustmentType, type)]),
    ...(type === 'REDUCTION' && chargeAdjustmentType === 'RELATIVE' ? percentFaults(join(path, 'value'), value) : []),
    ...(isCountedOnce ? [fault(join(path, 'recurrence'), 'fieldNeeded', 'recurrence', 'maxOccurrences')] : []),
  ]
}

function feeFaults(path: string, { flatFees }: TermDocument): Violation[] {
  const starters = flatFees.flatMap(({ starterPackage }, at) => (starterPackage ? [at] : []))
  return [
    ...duplicateFaults(
      join(path, 'flatFees'),
      flatFees.map(({ identifier }) => identifier),
    ),
    ...starters.slice(1).map((at) => fault(join(path, `flatFees[${at}].starterPackage`), 'starterPackageTwice')),
    ...flatFees.flatMap((fee, at) =>
      frequencyFaults(join(path, `flatFees[${at}].paymentFrequency`), fee.paymentFrequency),
    ),
  ]
}

/** FIXED free time has a day, any other has none. */
export function bonusFaults(
  path: string,
  { strategy, fixedDate }: { readonly strategy: string; readonly fixedDate?: string | undefined },
): Violation[] {
  const isFixed = strategy === 'FIXED'
  const names = ['fixedDate']
  return fieldFaults(path, { fixedDate }, { kind: strategy, needs: isFixed ? names : [], lacks: isFixed ? [] : names })
}

/** Whether terms that follow each other lead back to where they began; `next` has the follower of each term. */
export function leadsBack(start: number, next: ReadonlyMap<number, number>): boolean {
  const seen = new Set<number>()
  for (let term: number | undefined = start; term !== undefined; term = next.get(term)) {
    if (seen.has(term)) return true
    seen.add(term)
  }
  return false
}
