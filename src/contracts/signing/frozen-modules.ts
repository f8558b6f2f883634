import {
  type ModulePlan,
  type OfferModuleRecord,
  packPlan,
  planOfferModule,
  type Quote,
} from '../../membership-offers/index.ts'
import { nonNull } from '../../platform/values/defined.ts'
import type { ServiceGrant, SubContractSnapshot } from '../signed/snapshot.ts'
import type { SubContractRow } from '../signed/contract-store.ts'

/** A module contract or flat fee that begins with the contract. */
export type FrozenSub = Pick<
  SubContractRow,
  'kind' | 'origin' | 'moduleId' | 'name' | 'startDate' | 'paidFrom' | 'trialTermValue' | 'trialTermUnit' | 'exclusive'
> & {
  readonly snapshot: SubContractSnapshot
}

const origins = { INCLUDED: 'INCLUDED', SELECTABLE: 'SELECTED', OPTIONAL: 'OPTIONAL' } as const

/** A module that begins with its contract. Those that cost nothing run along with it; others by terms of their own. */
export function freezeModule(record: OfferModuleRecord, { plan }: Quote, services: readonly ServiceGrant[]): FrozenSub {
  const { module, kind, rateCodes } = record
  const { runTime, ...priced }: ModulePlan = planOfferModule(record, plan)
  const isPaid = kind === 'OPTIONAL'
  return {
    kind: 'MODULE',
    origin: origins[kind],
    moduleId: module.id,
    name: module.name,
    startDate: plan.start,
    paidFrom: priced.paidFrom,
    trialTermValue: isPaid ? module.trialTermValue : null,
    trialTermUnit: isPaid ? module.trialTermUnit : null,
    exclusive: !module.multipleAllowed,
    snapshot: {
      ...describeModule({ module, rateCodes, services }),
      extensionType: isPaid ? module.extensionType : 'TERM_EXTENSION',
      plan: packPlan(isPaid && runTime ? { ...priced, runTime } : priced),
    },
  }
}

/** What a module contract takes over from its module besides prices and terms. */
export function describeModule({
  module: { name, description, taxCode, termValue, termUnit, extensionTermValue, extensionTermUnit },
  rateCodes,
  services,
}: Pick<OfferModuleRecord, 'module' | 'rateCodes'> & { readonly services: readonly ServiceGrant[] }): Pick<
  SubContractSnapshot,
  'name' | 'description' | 'taxCode' | 'rateCodes' | 'nextTerm' | 'services'
> {
  return {
    name,
    description,
    ...nonNull({ taxCode }),
    rateCodes,
    nextTerm:
      extensionTermValue !== null && extensionTermUnit !== null
        ? { value: extensionTermValue, unit: extensionTermUnit }
        : termValue !== null && termUnit !== null
          ? { value: termValue, unit: termUnit }
          : null,
    services: services.map(freezeGrant),
  }
}

export function freezeGrant({ serviceId, quantity, periodValue, periodUnit, crossStudio }: ServiceGrant): ServiceGrant {
  return { serviceId, quantity, periodValue, periodUnit, crossStudio }
}
