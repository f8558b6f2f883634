import type { ContractRow, IdlePeriodRow, PhaseRow, SubContractRow } from '../../contracts/signed/contract-store.ts'
import type { ContractSnapshot, PhaseSnapshot } from '../../contracts/signed/snapshot.ts'
import { describeModule } from '../../contracts/signing/frozen-modules.ts'
import { packPlan, planAdditionalModule } from '../../membership-offers/index.ts'
import { planContract } from '../../membership-offers/catalogue/price-plan.ts'
import { nonNull } from '../../platform/values/defined.ts'
import { pauseReasons, pauseRules, type Rate, rateCodeIds, rateIds } from '../house/catalogue.ts'
import { instantAt } from '../../platform/time/zoned-time.ts'
import { berlinTime, type Planting } from '../planting.ts'
import { type ContractPlan, type IdlePlan, type ModulePurchase, soldTerm } from './contract-plans.ts'
import type { SoldTerms } from './sold-terms.ts'

/** So many days before the first one the demo's memberships were signed. */
const SIGNED_DAYS_BEFORE = 7
const CURRENCY = 'EUR'

/** A membership and the birth of its buyer, where it is known. */
export type BuyersPlan = ContractPlan & { readonly birthDate: Temporal.PlainDate | null }

/** A contract as it was signed, and the phases that it may have. */
export interface FrozenMembership {
  readonly row: ContractRow
  readonly phases: readonly PhaseRow[]
}

const dayFrom = ({ today }: Planting, days: number) => today.add({ days })

/** What belongs to every row that is drawn up before it is stored. */
const fillRow = ({ work, stamps }: Planting, id: number) => ({
  id,
  tenantId: work.caller.tenantId,
  version: 0,
  ...stamps,
})

/** What a membership has frozen of the prices and texts of the demo. */
export function freezeMembership(planting: Planting, plan: BuyersPlan, sold: SoldTerms): FrozenMembership {
  const { term } = sold.findTerm(soldTerm(plan))
  const first = freezeRate(plan.rate, sold)
  const later = term.subsequent ? [{ rateId: rateIds.basic.id, ...freezeRate(rateIds.basic, sold) }] : []
  const { stamps, work } = planting
  const fromDate = dayFrom(planting, plan.startsIn)
  const phase = { id: 0, tenantId: work.caller.tenantId, createdAt: stamps.createdAt, contractId: plan.id, fromDate }
  return {
    row: contractRow(planting, plan, freezeSnapshot(planting, plan, { sold, first, later })),
    phases: [
      { ...phase, seq: 0, rateId: plan.rate.id, snapshot: first },
      ...later.map(({ rateId, ...snapshot }, n) => ({ ...phase, seq: n + 1, rateId, snapshot })),
    ],
  }
}

const signedOn = (planting: Planting, { startsIn }: ContractPlan) =>
  dayFrom(planting, Math.min(startsIn, 0) - SIGNED_DAYS_BEFORE)

interface Rates {
  readonly sold: SoldTerms
  readonly first: PhaseSnapshot
  readonly later: NonNullable<ContractSnapshot['laterRates']>
}

function freezeSnapshot(planting: Planting, plan: BuyersPlan, { sold, first, later }: Rates): ContractSnapshot {
  const { offer, term } = sold.findTerm(soldTerm(plan))
  const { birthDate } = plan
  const start = dayFrom(planting, plan.startsIn)
  const priced = planContract(term, {
    currency: CURRENCY,
    start,
    useFrom: start,
    signedOn: signedOn(planting, plan),
    preUse: 'NOT_AVAILABLE',
    modules: [],
    ...nonNull({ birthDate }),
  })
  return {
    ...first,
    extensionType: term.extensionType,
    plan: packPlan(priced),
    laterRates: later,
    offerName: offer.name,
    idlePolicy: pauseRules,
  }
}

function contractRow(planting: Planting, plan: ContractPlan, snapshot: ContractSnapshot): ContractRow {
  const start = dayFrom(planting, plan.startsIn)
  const signingDate = signedOn(planting, plan)
  return {
    ...fillRow(planting, plan.id),
    customerId: plan.customerId,
    studioId: plan.studioId,
    offerTermId: soldTerm(plan),
    snapshot,
    origin: 'BACKOFFICE',
    signedAt: instantAt(signingDate, Temporal.PlainTime.from('17:00'), berlinTime),
    signingDate,
    preUseDate: null,
    startDate: start,
    extensionIndex: 0,
    committedEnd: start,
    endIsFinal: false,
    nextChangeOn: null,
    voidedAt: null,
    usedUntil: null,
    reversalReason: null,
    thirdPartyId: null,
    notes: null,
    employeeId: null,
    referredByCustomerId: null,
    switchedFromId: null,
  }
}

function freezeRate(rate: Rate, sold: SoldTerms): PhaseSnapshot {
  return {
    rateName: rate.name,
    rateCodes: rateCodeIds(rate).map(({ identifier, name }) => ({ identifier, name })),
    openingHourCategoryId: null,
    ...rate.limits,
    lineText: sold.nameRate(rate.name),
    services: rate.grants.map((grant) => ({ ...grant, periodValue: 1, periodUnit: 'MONTH', crossStudio: false })),
  }
}

/** The fees, modules and pauses of a membership. */
export function drawParts(planting: Planting, plan: ContractPlan, sold: SoldTerms) {
  const { term } = sold.findTerm(soldTerm(plan))
  const startDate = dayFrom(planting, plan.startsIn)
  const fees = term.fees.map((fee, n): SubContractRow => {
    const snapshot = { name: fee.name, componentId: fee.id }
    return { ...subRow(planting, plan.id, plan.id * 10 + n), name: fee.name, startDate, snapshot }
  })
  const bought = (plan.modules ?? []).map((purchase) => moduleRow(planting, plan.id, purchase, sold))
  return {
    subContracts: [...fees, ...bought],
    idlePeriods: (plan.idle ?? []).map((pause) => idleRow(planting, plan.id, pause)),
  }
}

function subRow(
  planting: Planting,
  contractId: number,
  id: number,
): Omit<SubContractRow, 'name' | 'startDate' | 'snapshot'> {
  return {
    ...fillRow(planting, id),
    contractId,
    kind: 'FLAT_FEE',
    origin: 'INCLUDED',
    moduleId: null,
    paidFrom: null,
    trialTermValue: null,
    trialTermUnit: null,
    exclusive: false,
    extensionIndex: 0,
    committedEnd: null,
    endIsFinal: false,
    previousId: null,
    endedAt: null,
    voidedAt: null,
  }
}

function moduleRow(planting: Planting, contractId: number, purchase: ModulePurchase, sold: SoldTerms): SubContractRow {
  const { id, moduleId, startsIn, withTrial = false } = purchase
  const record = sold.findModule(moduleId)
  const { module } = record
  const start = dayFrom(planting, startsIn)
  const wish = { frequency: record.frequencies[0], withTrial }
  const plan = planAdditionalModule(record, wish, { start, signedOn: start, currency: CURRENCY })
  return {
    ...subRow(planting, contractId, id),
    kind: 'MODULE',
    origin: 'ADDITIONAL',
    moduleId,
    name: module.name,
    startDate: start,
    paidFrom: plan.paidFrom,
    trialTermValue: withTrial ? module.trialTermValue : null,
    trialTermUnit: withTrial ? module.trialTermUnit : null,
    exclusive: !module.multipleAllowed,
    snapshot: {
      ...describeModule({ ...record, services: sold.listServices(moduleId) }),
      extensionType: module.extensionType,
      plan: packPlan(plan),
    },
  }
}

function idleRow(planting: Planting, contractId: number, pause: IdlePlan): IdlePeriodRow {
  const { id, from, months, reasonId, isAccepted = true } = pause
  const startDate = dayFrom(planting, from)
  return {
    ...fillRow(planting, id),
    contractId,
    reasonId,
    startDate,
    endDate: months === undefined ? null : startDate.add({ months }).subtract({ days: 1 }),
    unlimited: months === undefined,
    unit: months === undefined ? null : 'MONTH',
    value: months ?? null,
    documentId: null,
    pendingChange: null,
    freeDays: 0,
    policySnapshot: { ...pauseRules, lineText: pauseReasons[reasonId] ?? 'Pause' },
    state: isAccepted ? 'ACCEPTED' : 'PENDING_VERIFICATION',
  }
}
