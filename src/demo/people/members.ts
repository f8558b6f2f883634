import { berlin } from '../house/chain.ts'
import { idleReason, moduleIds, rateIds } from '../house/catalogue.ts'
import { offerTerm } from '../house/offers.ts'
import type { ContractPlan } from '../contracts/contract-plans.ts'
import type { Person } from './people.ts'

const firstNames = [
  ['Alina', 'FEMALE'],
  ['Bruno', 'MALE'],
  ['Clara', 'FEMALE'],
  ['David', 'MALE'],
  ['Elif', 'FEMALE'],
  ['Felix', 'MALE'],
  ['Greta', 'FEMALE'],
  ['Hakan', 'MALE'],
  ['Ivana', 'FEMALE'],
  ['Jonas', 'MALE'],
  ['Katja', 'FEMALE'],
  ['Luca', 'MALE'],
  ['Maren', 'FEMALE'],
  ['Niels', 'MALE'],
  ['Oda', 'FEMALE'],
  ['Pavel', 'MALE'],
  ['Renée', 'FEMALE'],
  ['Samir', 'MALE'],
  ['Thea', 'FEMALE'],
  ['Umut', 'MALE'],
] as const

const lastNames = [
  ...['Albrecht', 'Baumann', 'Çelik', 'Dietrich', 'Engel', 'Fischer', 'Großmann', 'Hoffmann', 'Ivanović', 'Jansen'],
  ...['Krüger', 'Lehmann', 'Maier', 'Neumann', 'O’Connor', 'Peters', 'Quandt', 'Richter', 'Schäfer', 'Thiel'],
  ...['Ullrich', 'Vogel', 'Weiß', 'Yılmaz', 'Zimmermann', 'de Boer', 'Łukasiewicz'],
] as const

const streets = ['Kastanienallee', 'Torstraße', 'Linienstraße', 'Ackerstraße', 'Brunnenstraße'] as const

const MEMBERS = 150
const firstMember = 2001
/** Ids of the generated members. */
export const memberIds: readonly number[] = Array.from({ length: MEMBERS }, (_, n) => firstMember + n)

/** A position in a list that is gone round. */
export function pick<T>(list: readonly T[], n: number): T {
  return list[n % list.length] as T
}

/** So many that a list of customers has a second page. The n-th is the same in every demo. */
export const members: readonly Person[] = memberIds.map((id, n) => {
  const [firstName, gender] = pick(firstNames, n)
  const lastName = pick(lastNames, n * 5)
  const dateOfBirth = new Temporal.PlainDate(1955 + ((n * 7) % 52), 1 + (n % 12), 1 + ((n * 11) % 28))
  return {
    id,
    studioId: berlin,
    firstName,
    lastName,
    gender,
    dateOfBirth,
    email: `member${n + 1}@example.org`,
    street: pick(streets, n),
    houseNumber: String(1 + n),
    zipCode: String(10_115 + (n % 80)),
    city: 'Berlin',
    countryCode: 'DE',
    languageCode: n % 9 === 0 ? 'en' : 'de',
    phonePrivateMobile: `+49 1523 ${String(4_000_000 + n * 137)}`,
  }
})

/** Members who take part in courses: their membership runs, and nothing keeps them away. */
export const regulars: readonly number[] = memberIds.slice(30)

/** A customer who may come once a week, and was there already. */
export const visitor = firstMember + 7

const reminded = { unpaidDays: 40 }

/** The first ones show each state that a membership can be in, the others are simply members. */
const special: Readonly<Record<number, Partial<ContractPlan>>> = {
  [firstMember]: { startsIn: 14 },
  [firstMember + 1]: { endsIn: 60 },
  [firstMember + 2]: { startsIn: -700, endsIn: -30 },
  [firstMember + 3]: { startsIn: -500 },
  [firstMember + 4]: { idle: [{ id: 92_004, from: -3, months: 1, reasonId: idleReason.vacation }] },
  [firstMember + 5]: { idle: [{ id: 92_005, from: 20, months: 1, reasonId: idleReason.vacation }] },
  [firstMember + 6]: {
    idle: [{ id: 92_006, from: 30, months: 1, reasonId: idleReason.illness, isAccepted: false }],
  },
  [visitor]: { rate: rateIds.onceAWeek },
  [firstMember + 8]: { rate: rateIds.earlyBird },
  [firstMember + 9]: { canceled: 'EFFECTIVE' },
  [firstMember + 10]: { canceled: 'PENDING' },
  [firstMember + 11]: { modules: [{ id: 1511, moduleId: moduleIds.towels.id, startsIn: -5, withTrial: true }] },
  [firstMember + 12]: { modules: [{ id: 1512, moduleId: moduleIds.drinks.id, startsIn: -70, isCanceled: true }] },
  [firstMember + 13]: { rate: rateIds.basic, term: offerTerm.yearPrepaid },
  [firstMember + 14]: { rate: rateIds.basic, term: offerTerm.instalments },
  [firstMember + 15]: { rate: rateIds.basic, term: offerTerm.coursePlan },
  [firstMember + 16]: { term: offerTerm.basic24 },
  [firstMember + 17]: reminded,
  [firstMember + 18]: reminded,
}

/** Members whose last charges were not paid; each was reminded once. */
export const remindedMembers: readonly number[] = [firstMember + 17, firstMember + 18]

/** Pays a course in three parts. */
export const paysInParts = firstMember + 19
/** Was given back a part of what she had paid. */
export const hasCredit = firstMember + 20

export const memberContract = (customerId: number) => 90_000 + customerId
const sold = [rateIds.basic, rateIds.premium, rateIds.student, rateIds.flex]

export const memberContracts: readonly ContractPlan[] = memberIds.map((customerId, n) => ({
  id: memberContract(customerId),
  customerId,
  studioId: berlin,
  rate: pick(sold, n),
  startsIn: -30 - n * 5,
  ...special[customerId],
}))
