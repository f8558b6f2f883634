import { eq } from 'drizzle-orm'
import type { Tx } from '../../../platform/database/database.ts'
import type { Violation } from '../../../platform/errors/errors.ts'
import { membershipOfferModules, modules } from '../../tables.ts'
import { describeOffer } from '../offers/offer-documents.ts'
import { fault } from '../refusals.ts'
import { moduleFrequencyFaults } from './module-rules.ts'

/** Offers in which a module costs something by rules that it does not meet any more; each is one fault. */
export async function offersThatDoNotFit(tx: Tx, moduleId: number): Promise<Violation[]> {
  const [module] = await tx.select().from(modules).where(eq(modules.id, moduleId))
  const used = await tx
    .selectDistinct({ offerId: membershipOfferModules.offerId })
    .from(membershipOfferModules)
    .where(eq(membershipOfferModules.moduleId, moduleId))
  const faults: Violation[] = []
  for (const { offerId } of used) {
    const { name, terms } = await describeOffer(tx, offerId)
    const isBroken = terms.some(({ paymentFrequency, studioPrices, modules: paid }) => {
      const mains = [paymentFrequency, ...studioPrices.map((price) => price.paymentFrequency)]
      return paid.some(
        ({ moduleId: id, paymentFrequency: price }) =>
          id === moduleId && module && moduleFrequencyFaults('', price, { module, mains }).length > 0,
      )
    })
    if (isBroken) faults.push(fault('billingAlignment', 'offerDoesNotFit', name))
  }
  return faults
}
