import {
  type LineWords,
  loadModuleServices,
  loadOffers,
  loadRateCodes,
  loadRates,
  openLineWords,
  packPlan,
  type Quote,
  type RateRecord,
  type TermRecord,
} from '../../membership-offers/index.ts'
import type { ModuleDeps } from '../../platform/module-deps.ts'
import type { StudioView } from '../../platform/units/work.ts'
import { nonNull } from '../../platform/values/defined.ts'
import type { ContractSnapshot, IdlePolicySnapshot, PhaseSnapshot } from '../signed/snapshot.ts'
import { freezeGrant, freezeModule, type FrozenSub } from './frozen-modules.ts'
import { type AgreedText, listAgreedTexts } from './texts-rules.ts'

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

type Context = Pick<StudioView, 'db' | 'caller'>

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
      ...freezeFeeTaxes([term, ...later]),
      ...(rate.idlePolicy ? { idlePolicy: freezePolicy(rate.idlePolicy) } : {}),
      ...freezeVoucher(quote),
      texts: texts.map(({ mustBeSigned: _rule, ...text }) => text),
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

function freezeFeeTaxes(terms: readonly TermRecord[]): Pick<ContractSnapshot, 'feeTaxCodes'> {
  const taxed = terms.flatMap(({ fees }) => fees).filter(({ taxCode }) => taxCode !== null)
  if (taxed.length === 0) return {}
  return { feeTaxCodes: Object.fromEntries(taxed.map(({ id, taxCode }) => [id, taxCode ?? ''])) }
}

function freezePhase(
  { name, services, taxCode }: RateRecord,
  { words, ...more }: Pick<PhaseSnapshot, 'openingHourCategoryId' | 'rateCodes'> & { readonly words: LineWords },
): PhaseSnapshot {
  const frozen = { lineText: words.nameRate(name), services: services.map(freezeGrant), ...nonNull({ taxCode }) }
  return { rateName: name, ...more, ...frozen }
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
    trialTermValue: null,
    trialTermUnit: null,
    exclusive: false,
    snapshot: { name: fee.name, componentId: fee.id },
  }
}
