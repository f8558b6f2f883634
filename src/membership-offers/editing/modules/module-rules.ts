import type { Violation } from '../../../platform/errors/errors.ts'
import { toTerm } from '../../catalogue/price-plan.ts'
import { shiftDate, type Term, toShift } from '../../pricing/terms.ts'
import type { modules } from '../../tables.ts'
import { frequencyFaults } from '../frequency-rules.ts'
import type { FrequencyDocument } from '../part-schemas.ts'
import { duplicateFaults, fault, fieldFaults, join } from '../refusals.ts'
import type { ModuleDocument } from './module-schemas.ts'

/** What is wrong about a module as far as the document alone says it. */
export function moduleFaults(module: ModuleDocument): Violation[] {
  const { extensionType: kind, term, paymentFrequencies } = module
  const renews = kind !== 'NONE'
  const fields = ['extensionTerm']
  const ids = paymentFrequencies.flatMap(({ id }) => id ?? []).map(String)
  return [
    ...fieldFaults('', module, { kind, needs: renews ? [...fields, 'term'] : [], lacks: renews ? [] : fields }),
    ...(module.trialDescription === undefined
      ? []
      : fieldFaults('', module, { kind: 'trialDescription', needs: ['trialTerm'], lacks: [] })),
    ...duplicateFaults('paymentFrequencies', ids),
    ...duplicateFaults(
      'services',
      module.services.map(({ serviceId }) => String(serviceId)),
    ),
    ...paymentFrequencies.flatMap(({ paymentFrequency }, at) =>
      frequencyFaults(`paymentFrequencies[${at}].paymentFrequency`, paymentFrequency, term),
    ),
  ]
}

/**
 * What is wrong about the price of a module in an offer: it must not be paid in steps longer than the module lasts, and a
 * module that is billed with the contract has the step of the rate (`mains`: the prices of the rate).
 */
export function moduleFrequencyFaults(
  path: string,
  price: FrequencyDocument,
  {
    module,
    mains,
  }: {
    readonly module: Pick<typeof modules.$inferSelect, 'termValue' | 'termUnit' | 'billingAlignment'>
    readonly mains: readonly FrequencyDocument[]
  },
): Violation[] {
  const faults = frequencyFaults(path, price, toTerm(module.termValue, module.termUnit))
  const fits = mains.every(({ type, term }) => type === price.type && isSameLength(term, price.term))
  if (module.billingAlignment === 'OWN' || price.type === 'FREE' || fits) return faults
  return [...faults, fault(join(path, 'term'), 'alignmentDiffers')]
}

const anchor = Temporal.PlainDate.from('2025-01-31')

/** 12 months are a year, and 7 days a week. */
function isSameLength(one: Term | undefined, other: Term | undefined): boolean {
  if (!one || !other) return one === other
  return shiftDate(anchor, toShift(one)).equals(shiftDate(anchor, toShift(other)))
}
