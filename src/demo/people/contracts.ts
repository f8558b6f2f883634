import {
  contractCancelations,
  contractCheckinStudios,
  contractPhases,
  contracts,
  idlePeriods,
  subContracts,
} from '../../contracts/tables.ts'
import { entitlements } from '../../entitlements/tables.ts'
import { defined } from '../../platform/values/defined.ts'
import { pauseRules, rateCodeIds, idleReason, moduleIds, type Rate, rateIds, service } from '../house/catalogue.ts'
import { type Planting, plant } from '../planting.ts'

/** A membership, in days from today. */
export interface ContractPlan {
  readonly id: number
  readonly customerId: number
  readonly studioId: number
  readonly rate: Rate
  readonly startsIn: number
  /** Last day; the next one that cannot be cancelled any more, unless `isFinal`. */
  readonly endsIn: number
  /** Cancelled, or not to be renewed. */
  readonly isFinal?: true
  /** Where it lets its member in; everywhere unless it says so. */
  readonly onlyAt?: number
  readonly idle?: readonly IdlePlan[]
}

interface IdlePlan {
  readonly id: number
  readonly from: number
  /** Last day; without it until the pause is ended. */
  readonly to?: number
  readonly reasonId: number
  readonly isAccepted?: boolean
}

/** Two years from now: customers are still members when a developer lets the demo's clock run for a year. */
const longRun = 730

/** A membership that goes on. */
export function running(plan: Omit<ContractPlan, 'startsIn' | 'endsIn'> & { startsIn?: number }): ContractPlan {
  return { startsIn: -200, endsIn: longRun, ...plan }
}

/** Id of the contract that the API's own examples name. */
export const edgarsContract = 1000
/** When it pauses next. */
export const edgarsPause = 1001

/** What customers may use beside their rate: a package that is used up. */
export const norasPackages = { personalTraining: 5001, aqua: 5002 } as const

export async function plantContracts(planting: Planting, plans: readonly ContractPlan[]) {
  await plant(
    planting,
    contracts,
    plans.map((plan) => contractRow(planting, plan)),
  )
  await plant(
    planting,
    contractPhases,
    plans.map((plan) => ({
      contractId: plan.id,
      seq: 0,
      fromDate: day(planting, plan.startsIn),
      rateId: plan.rate.id,
      snapshot: toSnapshot(plan),
    })),
  )
  await plant(
    planting,
    contractCheckinStudios,
    plans.map(({ id, onlyAt }) => ({ contractId: id, ...defined({ studioId: onlyAt }) })),
  )
  await plant(
    planting,
    idlePeriods,
    plans.flatMap(({ id, idle = [] }) => idle.map((each) => idleRow(planting, id, each))),
  )
  await plant(
    planting,
    entitlements,
    plans.flatMap((plan) => entitlementRows(planting, plan)),
  )
  await plantCancelations(
    planting,
    plans.filter(({ isFinal }) => isFinal),
  )
}

/** The last day of membership as customers carry it: without end while contracts renew themselves. */
export function membershipUntil(
  planting: Planting,
  plans: readonly ContractPlan[],
): Temporal.PlainDate | 'FOREVER' | null {
  if (plans.some(({ isFinal }) => !isFinal)) return 'FOREVER'
  const ends = plans.map(({ endsIn }) => endsIn)
  return ends.length === 0 ? null : day(planting, Math.max(...ends))
}

const day = ({ today }: Planting, days: number) => today.add({ days })

function toSnapshot({ rate, isFinal }: Pick<ContractPlan, 'rate' | 'isFinal'>) {
  return {
    rateName: rate.name,
    rateCodes: rateCodeIds(rate).map(({ identifier, name }) => ({ identifier, name })),
    openingHourCategoryId: null,
    ...rate.limits,
    extensionType: isFinal ? ('NONE' as const) : ('TERM_EXTENSION' as const),
  }
}

function contractRow(planting: Planting, plan: ContractPlan) {
  const { id, customerId, studioId, startsIn, endsIn } = plan
  const signed = Math.min(startsIn, 0) - 7
  return {
    id,
    customerId,
    studioId,
    snapshot: { ...toSnapshot(plan), idlePolicy: pauseRules },
    origin: 'BACKOFFICE' as const,
    signedAt: planting.work.now.add({ hours: 24 * signed }),
    signingDate: day(planting, signed),
    startDate: day(planting, startsIn),
    committedEnd: day(planting, endsIn),
  }
}

function idleRow(planting: Planting, contractId: number, { id, from, to, reasonId, isAccepted = true }: IdlePlan) {
  const length = { startDate: day(planting, from), ...(to === undefined ? {} : { endDate: day(planting, to) }) }
  return {
    id,
    contractId,
    reasonId,
    ...length,
    unlimited: to === undefined,
    policySnapshot: { accessRefusal: true },
    state: isAccepted ? ('ACCEPTED' as const) : ('PENDING_VERIFICATION' as const),
  }
}

/** The id of what a contract's rate includes of a service. */
export function rateEntitlement(contractId: number, serviceId: number): number {
  return contractId * 100 + serviceId
}

function entitlementRows(planting: Planting, plan: ContractPlan) {
  const start = day(planting, plan.startsIn)
  return plan.rate.grants.map(({ serviceId, quantity }) => ({
    id: rateEntitlement(plan.id, serviceId),
    customerId: plan.customerId,
    serviceId,
    quantity,
    source: 'RATE' as const,
    contractId: plan.id,
    periodValue: 1,
    periodUnit: 'MONTH' as const,
    anchor: start,
    validFrom: start,
    homeStudioId: plan.studioId,
    ...(plan.isFinal ? { validTo: day(planting, plan.endsIn) } : {}),
  }))
}

async function plantCancelations(planting: Planting, plans: readonly ContractPlan[]) {
  await plant(
    planting,
    contractCancelations,
    plans.map(({ id, endsIn }) => ({
      contractId: id,
      kind: 'ORDINARY' as const,
      origin: 'CUSTOMER' as const,
      state: 'EFFECTIVE' as const,
      receiptDate: day(planting, Math.min(endsIn, 0) - 30),
      toDate: day(planting, endsIn),
    })),
  )
}

/** Modules beside the contracts, and packages that a customer bought. */
export async function plantExtras(planting: Planting, { nora, studioId }: { nora: number; studioId: number }) {
  const module = { kind: 'MODULE', origin: 'ADDITIONAL' } as const
  await plant(planting, subContracts, [
    {
      id: 1500,
      contractId: edgarsContract,
      ...module,
      moduleId: moduleIds.drinks.id,
      name: moduleIds.drinks.name,
      snapshot: { name: moduleIds.drinks.name, extensionType: 'TERM_EXTENSION' },
      startDate: day(planting, -90),
      committedEnd: day(planting, longRun),
    },
  ])
  const bought = { customerId: nora, source: 'PACKAGE' as const, quantity: 1, homeStudioId: studioId }
  const since = { anchor: day(planting, -60), validFrom: day(planting, -60) }
  await plant(planting, entitlements, [
    { id: norasPackages.personalTraining, serviceId: service.personalTraining, ...bought, ...since },
    { id: norasPackages.aqua, serviceId: service.aqua, ...bought, ...since },
  ])
}

/** Memberships of those customers whose story needs one. */
export function storyContracts(studios: { berlin: number; hamburg: number; graz: number }): readonly ContractPlan[] {
  const { berlin: studioId, hamburg, graz } = studios
  const { basic, premium, student, flex } = rateIds
  const { vacation, illness } = idleReason
  return [
    {
      ...running({ id: edgarsContract, customerId: 1001, studioId, rate: premium }),
      idle: [
        { id: 1000, from: -150, to: -120, reasonId: illness },
        { id: edgarsPause, from: 60, to: 90, reasonId: vacation },
      ],
    },
    { id: 1003, customerId: 1003, studioId, rate: basic, startsIn: -800, endsIn: -70, isFinal: true },
    running({ id: 1004, customerId: 1004, studioId, rate: basic }),
    running({ id: 1005, customerId: 1005, studioId, rate: basic, idle: [{ id: 1005, from: -10, reasonId: vacation }] }),
    running({ id: 1006, customerId: 1006, studioId: hamburg, rate: premium, onlyAt: hamburg }),
    running({ id: 1007, customerId: 1007, studioId: graz, rate: basic }),
    running({ id: 1008, customerId: 1008, studioId, rate: basic }),
    running({ id: 1009, customerId: 1009, studioId, rate: flex }),
    running({ id: 1010, customerId: 1010, studioId, rate: student }),
    running({ id: 1011, customerId: 1011, studioId, rate: basic }),
    running({ id: 1012, customerId: 1012, studioId, rate: premium }),
    running({ id: 1013, customerId: 1013, studioId, rate: basic }),
    running({ id: 2203, customerId: 203, studioId, rate: premium }),
    running({ id: 2204, customerId: 204, studioId, rate: premium, idle: [{ id: 1204, from: -5, reasonId: illness }] }),
    running({ id: 2205, customerId: 205, studioId, rate: flex }),
    running({ id: 2206, customerId: 206, studioId, rate: basic }),
    running({ id: 2207, customerId: 207, studioId, rate: premium }),
    running({ id: 2208, customerId: 208, studioId, rate: premium }),
  ]
}
