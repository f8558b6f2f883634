import type { ContractSnapshot } from '../../contracts/signed/snapshot.ts'
import {
  cancelationReasons,
  idlePolicies,
  idleReasons,
  modules,
  moduleServices,
  rateCheckinStudios,
  rateCodeLinks,
  rateCodes,
  rates,
  rateServices,
} from '../../membership-offers/tables.ts'
import { services } from '../../entitlements/tables.ts'
import { berlin, earlyBird } from './chain.ts'
import { london } from './studios.ts'
import { plant, type Planting } from '../planting.ts'

/** What contingents are counted in. */
export const service = {
  personalTraining: 71,
  bodyCheck: 72,
  ems: 73,
  nutrition: 74,
  trialTraining: 75,
  course: 81,
  aqua: 82,
} as const

const serviceRows = [
  { id: service.personalTraining, name: 'Personal training', kind: 'APPOINTMENT' },
  { id: service.bodyCheck, name: 'Body check', kind: 'APPOINTMENT' },
  { id: service.ems, name: 'EMS', kind: 'APPOINTMENT' },
  { id: service.nutrition, name: 'Nutrition talk', kind: 'APPOINTMENT' },
  { id: service.trialTraining, name: 'Trial training', kind: 'APPOINTMENT' },
  { id: service.course, name: 'Courses', kind: 'CLASS' },
  { id: service.aqua, name: 'Aqua courses', kind: 'CLASS' },
] as const

export interface Grant {
  readonly serviceId: number
  /** Null = as often as one likes. */
  readonly quantity: number | null
}

export interface Rate {
  readonly id: number
  readonly name: string
  readonly code?: string
  /** Times a month. */
  readonly grants: readonly Grant[]
  /** What keeps members of this rate out at other hours, or after so many visits. */
  readonly limits?: Pick<ContractSnapshot, 'openingHourCategoryId' | 'checkinLimit'>
}

/** What the chain sells, with what it includes each month. */
export const rateIds = {
  basic: { id: 11, name: 'Basic', code: 'Tier: Basic', grants: [{ serviceId: service.course, quantity: 8 }] },
  premium: {
    id: 12,
    name: 'Premium',
    code: 'Tier: Premium',
    grants: [
      { serviceId: service.personalTraining, quantity: 4 },
      { serviceId: service.course, quantity: null },
      { serviceId: service.aqua, quantity: 8 },
    ],
  },
  student: { id: 13, name: 'Student', code: 'Tier: Basic', grants: [{ serviceId: service.course, quantity: 4 }] },
  flex: { id: 14, name: 'Flex', grants: [] },
  earlyBird: { id: 15, name: 'Early Bird', grants: [], limits: { openingHourCategoryId: earlyBird } },
  onceAWeek: {
    id: 16,
    name: 'Once a week',
    grants: [],
    limits: { openingHourCategoryId: null, checkinLimit: { count: 1, unit: 'WEEK' } },
  },
} as const satisfies Record<string, Rate>

export const moduleIds = {
  drinks: { id: 51, name: 'Drinks' },
  towels: { id: 52, name: 'Towels' },
  solarium: { id: 53, name: 'Solarium' },
  sauna: { id: 54, name: 'Sauna' },
  personalTraining: { id: 55, name: 'Personal training' },
} as const

export const idleReason = { vacation: 91, illness: 92, pregnancy: 93 } as const

/** The names of these reasons by their ids. */
export const pauseReasons: Readonly<Record<number, string>> = {
  [idleReason.vacation]: 'Vacation',
  [idleReason.illness]: 'Illness',
  [idleReason.pregnancy]: 'Pregnancy',
}

/** Why members leave; staff of Berlin alone choose the last one. */
export const cancelationReason = { moving: 8501, illness: 8502, price: 8503, time: 8504, goodwill: 8505 } as const

const codes = [
  { id: 41, identifier: 'Tier: Basic', name: 'Basic' },
  { id: 42, identifier: 'Tier: Premium', name: 'Premium' },
] as const

const idlePolicy = 61

/** How members may pause: by the month, one of them free of charge. */
export const pauseRules = {
  enabled: true,
  temporalUnit: 'MONTH',
  maxTerms: 6,
  limitWindow: 'CONTRACT_YEAR',
  freeTerms: 1,
  leadDays: 0,
  nextStartOnly: false,
  startAlignment: 'CALENDAR',
  feeType: 'ABSOLUTE',
  amount: '5.00',
  amountPerUnit: null,
  percentage: null,
  recurringCharges: false,
  accessRefusal: true,
  extendsContract: true,
  unlimitedAllowed: true,
  dayShortening: false,
  suspendsModules: true,
} as const

export function rateCodeIds(rate: Rate) {
  return codes.filter(({ identifier }) => identifier === rate.code)
}

/** What is sold, and what it includes. */
export async function plantCatalogue(planting: Planting) {
  const sold: readonly Rate[] = Object.values(rateIds)
  await plant(planting, services, serviceRows)
  await plantIdleRules(planting)
  await plant(
    planting,
    rates,
    sold.map(({ id, name }) => ({ id, name, idlePolicyId: idlePolicy })),
  )
  await plant(planting, rateCodes, codes)
  await plant(
    planting,
    rateCodeLinks,
    sold.flatMap((rate) =>
      rateCodeIds(rate).map(({ id }) => ({ rateCodeId: id, ownerKind: 'RATE' as const, ownerId: rate.id })),
    ),
  )
  await plant(
    planting,
    rateCheckinStudios,
    sold.map(({ id }) => ({ rateId: id })),
  )
  await plant(
    planting,
    rateServices,
    sold.flatMap(({ id, grants }) =>
      grants.map((grant) => ({ rateId: id, ...grant, periodValue: 1, periodUnit: 'MONTH' as const })),
    ),
  )
  await plantModules(planting)
}

async function plantIdleRules(planting: Planting) {
  await plant(planting, idlePolicies, [{ id: idlePolicy, ...pauseRules }])
  const reasons = [
    { id: idleReason.vacation, documentRequired: false },
    { id: idleReason.illness, documentRequired: true },
    { id: idleReason.pregnancy, documentRequired: false },
  ]
  await plant(
    planting,
    idleReasons,
    reasons.map((reason, position) => ({
      ...reason,
      name: pauseReasons[reason.id] ?? '',
      studioId: berlin,
      position,
    })),
  )
  await plantCancelationReasons(planting)
}

async function plantCancelationReasons(planting: Planting) {
  const { moving, illness, price, time, goodwill } = cancelationReason
  const reasons = [
    { id: moving, name: 'Moving away', visibleOnline: true },
    { id: illness, name: 'Illness', visibleOnline: true },
    { id: price, name: 'Too expensive', visibleOnline: true },
    { id: time, name: 'No time', visibleOnline: true },
    { id: goodwill, name: 'Goodwill', visibleOnline: false },
  ].map((reason, position) => ({ ...reason, position }))
  const inLondon = { studioId: london, name: 'Moving away', position: 0 }
  await plant(planting, cancelationReasons, [...reasons.map((reason) => ({ ...reason, studioId: berlin })), inLondon])
}

async function plantModules(planting: Planting) {
  const monthly = { termValue: 1, termUnit: 'MONTH', extensionType: 'TERM_EXTENSION' } as const
  const extension = { extensionTermValue: 1, extensionTermUnit: 'MONTH' } as const
  await plant(planting, modules, [
    { ...moduleIds.drinks, ...monthly, ...extension, onlineBookable: true },
    { ...moduleIds.towels, ...monthly, ...extension, onlineBookable: true, trialTermValue: 1, trialTermUnit: 'MONTH' },
    { ...moduleIds.solarium, ...monthly, ...extension },
    { ...moduleIds.sauna, ...monthly, ...extension },
    { ...moduleIds.personalTraining, ...monthly, ...extension },
  ])
  await plant(planting, moduleServices, [{ moduleId: moduleIds.towels.id, serviceId: service.aqua, quantity: 1 }])
}
