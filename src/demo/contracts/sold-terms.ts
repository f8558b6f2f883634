import {
  type AdditionalModuleRecord,
  findAdditionalModule,
  loadModuleServices,
  loadOffers,
  type OfferRecord,
  type TermRecord,
} from '../../membership-offers/index.ts'
import { Speaker } from '../../membership-offers/wording.ts'
import type { ServiceGrant } from '../../contracts/signed/snapshot.ts'
import { moduleIds } from '../house/catalogue.ts'
import { berlin } from '../house/chain.ts'
import { offer } from '../house/offers.ts'
import type { Planting } from '../planting.ts'

/** What the demo chain sells, as its memberships were signed with it. */
export interface SoldTerms {
  findTerm(termId: number): { readonly offer: OfferRecord; readonly term: TermRecord }
  findModule(moduleId: number): AdditionalModuleRecord
  /** What a module entitles to. */
  listServices(moduleId: number): readonly ServiceGrant[]
  /** What claims of a rate are called, in the language of Berlin. */
  nameRate(rateName: string): string
}

export async function loadSoldTerms({ work }: Planting): Promise<SoldTerms> {
  const offers = await loadOffers(work.tx, { studioId: berlin, offerIds: Object.values(offer) })
  const bought = [moduleIds.drinks.id, moduleIds.towels.id]
  const modules = await Promise.all(bought.map((id) => findAdditionalModule(work.tx, berlin, id)))
  const services = await loadModuleServices(work.tx, bought)
  const german = new Speaker({ language: 'de', overrides: () => undefined })
  return {
    findTerm: (termId) => require(findTerm(offers, termId), `term ${termId}`),
    findModule: (moduleId) => require(modules.find((each) => each?.module.id === moduleId), `module ${moduleId}`),
    listServices: (moduleId) => services.get(moduleId) ?? [],
    nameRate: (rateName) => german.say('offertext.line.contract', rateName),
  }
}

function findTerm(offers: readonly OfferRecord[], termId: number) {
  for (const each of offers) {
    const term = each.terms.find(({ id }) => id === termId)
    if (term) return { offer: each, term }
  }
  return undefined
}

function require<T>(found: T | undefined, what: string): T {
  if (found === undefined) throw new Error(`The demo does not sell the ${what}.`)
  return found
}
