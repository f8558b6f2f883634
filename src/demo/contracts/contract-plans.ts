import type { Rate } from '../house/catalogue.ts'
import { offerTerm } from '../house/offers.ts'

/** A membership of the demo. Days count from today. */
export interface ContractPlan {
  readonly id: number
  readonly customerId: number
  readonly studioId: number
  readonly rate: Rate
  /** The offer term with whose prices and run times it was signed; left out: the one that is sold with its rate. */
  readonly term?: number
  readonly startsIn: number
  /** Last day, by an extraordinary cancelation; left out: goes on. */
  readonly endsIn?: number
  /** An ordinary cancelation to the end of the present term. PENDING waits for the staff. */
  readonly canceled?: 'EFFECTIVE' | 'PENDING'
  /** Where it lets its member in; everywhere unless it says so. */
  readonly onlyAt?: number
  readonly idle?: readonly IdlePlan[]
  readonly modules?: readonly ModulePurchase[]
  /** Nothing was paid of what fell due in so many last days. */
  readonly unpaidDays?: number
}

export interface IdlePlan {
  readonly id: number
  readonly from: number
  /** Left out: until the pause is ended. */
  readonly months?: number
  readonly reasonId: number
  readonly isAccepted?: boolean
}

/** A module that was bought beside the contract. */
export interface ModulePurchase {
  readonly id: number
  readonly moduleId: number
  readonly startsIn: number
  readonly withTrial?: true
  /** Canceled to the end of its present term. */
  readonly isCanceled?: true
}

/** A membership that has begun and goes on. */
export function running(plan: Omit<ContractPlan, 'startsIn'> & { readonly startsIn?: number }): ContractPlan {
  return { startsIn: -200, ...plan }
}

const termsByRate: Readonly<Record<string, number>> = {
  Basic: offerTerm.basic12,
  Premium: offerTerm.premium,
  Student: offerTerm.student,
  Flex: offerTerm.flex,
}

/** The offer term that a contract was signed with. Rates that are sold no more had the prices of Basic. */
export function soldTerm({ rate, term }: Pick<ContractPlan, 'rate' | 'term'>): number {
  return term ?? termsByRate[rate.name] ?? offerTerm.basic12
}

/** The id of what a contract's rate includes of a service. */
export function rateEntitlement(contractId: number, serviceId: number): number {
  return contractId * 100 + serviceId
}
