import {
  type LineWords,
  loadModuleServices,
  loadOffers,
  loadRateCodes,
  loadRates,
  type ModulePlan,
  type OfferModuleRecord,
  openLineWords,
  packPlan,
  planOfferModule,
  type Quote,
  type RateRecord,
  type TermRecord,
} from '../../membership-offers/index.ts'
import type { ModuleDeps } from '../../platform/module-deps.ts'
import type { PartnerView } from '../../platform/units/work.ts'
import type {
  ContractSnapshot,
  IdlePolicySnapshot,
  PhaseSnapshot,
  ServiceGrant,
  SubContractSnapshot,
} from '../signed/snapshot.ts'
import type { SubContractRow } from '../signed/contract-store.ts'
import { type AgreedText, listAgreedTexts } from './texts-rules.ts'

/** A module contract or flat fee that begins with the contract. */
export type FrozenSub = Pick<
  SubContractRow,
  'kind' | 'origin' | 'moduleId' | 'name' | 'startDate' | 'paidFrom' | 'exclusive'
> & {
  readonly snapshot: SubContractSnapshot
}

/** Everything that a contract takes over from the catalogue when it is signed. */
export interface FrozenTerms {
  readonly rateId: number
  readonly snapshot: ContractSnapshot
  readonly firstPhase: PhaseSnapshot
  readonly subContracts: readonly FrozenSub[]
  /** Null = everywhere. */
  readonly checkinStudioIds: readonly number[] | null
  readonly texts: readonly AgreedText[]
}

type Context = Pick<PartnerView, 'db' | 'caller'>

/** Copies what a contract needs from the catalogue, so that later edits never reach it. */
export async function freezeTerms(view: Context, quote: Quote, deps: Pick<ModuleDeps, 'texts'>): Promise<FrozenTerms> {
  const { offer, term, plan } = quote
  const later = listLaterTerms(term)
  const modules = [...offer.modules.filter(({ kind }) => kind === 'INCLUDED'), ...quote.modules]
  const rateIds = [...new Set([offer.rateId, ...later.map(({ rateId }) => rateId)])]
  const [rates, codes, services, laterOffers, words] = await Promise.all([
    loadRates(view.db, rateIds),
    loadRateCodes(view.db, 'RATE', rateIds),
    loadModuleServices(
      view.db,
      modules.map(({ module }) => module.id),
    ),
    loadOffers(view.db, {
      studioId: view.caller.studio.id,
      offerIds: [...new Set(later.map(({ offerId }) => offerId))],
    }),
    openLineWords(view, deps),
  ])
  const freezeRate = (rateId: number, openingHourCategoryId: number | null) =>
    freezePhase(requireRate(rates, rateId), { openingHourCategoryId, rateCodes: codes.get(rateId) ?? [], words })
  const firstPhase = freezeRate(offer.rateId, offer.openingHourCategoryId)
  const rate = requireRate(rates, offer.rateId)
  const texts = listAgreedTexts(quote, modules)
  return {
    rateId: offer.rateId,
    firstPhase,
    snapshot: {
      ...firstPhase,
      extensionType: term.extensionType,
      plan: packPlan({ ...plan, modules: [] }),
      laterRates: later.map(({ rateId, offerId }) => ({
        rateId,
        ...freezeRate(rateId, laterOffers.find(({ id }) => id === offerId)?.openingHourCategoryId ?? null),
      })),
      offerName: offer.name,
      preUseText: words.preUse,
      ...(rate.idlePolicy ? { idlePolicy: freezePolicy(rate.idlePolicy) } : {}),
      ...freezeVoucher(quote),
      texts: texts.map(({ textBlockId, title, text }) => ({ textBlockId, title, text })),
    },
    subContracts: [
      ...term.fees.map((fee) => freezeFee(fee, quote)),
      ...modules.map((module) => freezeModule(module, quote, services.get(module.module.id) ?? [])),
    ],
    checkinStudioIds: rate.checkinStudioIds?.length === 0 ? [view.caller.studio.id] : rate.checkinStudioIds,
    texts,
  }
}

/** The terms that follow the first, in their order. */
function listLaterTerms({ subsequent }: TermRecord): TermRecord[] {
  return subsequent ? [subsequent, ...listLaterTerms(subsequent)] : []
}

function requireRate(rates: ReadonlyMap<number, RateRecord>, rateId: number): RateRecord {
  const rate = rates.get(rateId)
  if (!rate) throw new Error(`The rate ${rateId} is missing.`)
  return rate
}

function freezePhase(
  { name, services }: RateRecord,
  { words, ...more }: Pick<PhaseSnapshot, 'openingHourCategoryId' | 'rateCodes'> & { readonly words: LineWords },
): PhaseSnapshot {
  return { rateName: name, ...more, lineText: words.nameRate(name), services: services.map(freezeGrant) }
}

function freezeGrant({ serviceId, quantity, periodValue, periodUnit, crossStudio }: ServiceGrant): ServiceGrant {
  return { serviceId, quantity, periodValue, periodUnit, crossStudio }
}

function freezePolicy(policy: NonNullable<RateRecord['idlePolicy']>): IdlePolicySnapshot {
  const { id: _id, tenantId: _tenant, createdAt: _created, updatedAt: _updated, version: _version, ...rules } = policy
  return rules
}

function freezeVoucher({ voucher: found }: Quote): Pick<ContractSnapshot, 'voucher'> {
  if (!found || found.voucher.type === 'CONTRACT') return {}
  const { id: voucherId, type, companyId } = found.voucher
  return { voucher: { voucherId, code: found.code.code, type, companyId, companyName: found.companyName } }
}

function freezeFee(fee: TermRecord['fees'][number], { plan }: Quote): FrozenSub {
  return {
    kind: 'FLAT_FEE',
    origin: 'INCLUDED',
    moduleId: null,
    name: fee.name,
    startDate: plan.start,
    paidFrom: null,
    exclusive: false,
    snapshot: { name: fee.name, componentId: fee.id },
  }
}

const origins = { INCLUDED: 'INCLUDED', SELECTABLE: 'SELECTED', OPTIONAL: 'OPTIONAL' } as const

/** Modules that cost nothing run along with the contract; others by terms of their own. */
function freezeModule(record: OfferModuleRecord, { plan }: Quote, services: readonly ServiceGrant[]): FrozenSub {
  const { module, kind, rateCodes } = record
  const { runTime, ...priced }: ModulePlan = planOfferModule(record, plan)
  const isPaid = kind === 'OPTIONAL'
  const { termValue, termUnit, extensionTermValue, extensionTermUnit } = module
  return {
    kind: 'MODULE',
    origin: origins[kind],
    moduleId: module.id,
    name: module.name,
    startDate: plan.start,
    paidFrom: priced.paidFrom,
    exclusive: !module.multipleAllowed,
    snapshot: {
      name: module.name,
      description: module.description,
      extensionType: isPaid ? module.extensionType : 'TERM_EXTENSION',
      rateCodes,
      plan: packPlan(isPaid && runTime ? { ...priced, runTime } : priced),
      nextTerm:
        extensionTermValue !== null && extensionTermUnit !== null
          ? { value: extensionTermValue, unit: extensionTermUnit }
          : termValue !== null && termUnit !== null
            ? { value: termValue, unit: termUnit }
            : null,
      services: services.map(freezeGrant),
    },
  }
}
