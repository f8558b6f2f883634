import { createHash } from 'node:crypto'
import { dedupeHashes } from '../../customers/creation/persons.ts'
import { internationalPhone } from '../../customers/creation/phone.ts'
import { foldEmail, foldNames } from '../../customers/reading/search-rules.ts'
import { customers } from '../../customers/customer-table.ts'
import { customerThirdPartyIds } from '../../customers/tables.ts'
import { isBefore } from '../../platform/time/order.ts'
import { berlin, graz, hamburg } from '../house/chain.ts'
import { plant, type Planting } from '../planting.ts'

type Row = typeof customers.$inferInsert
type Planned = 'uuid' | 'referralCode' | 'customerNumber' | 'staticAccessNumber'
type Computed = Planned | 'source' | 'createdAt' | 'updatedAt' | 'firstFold' | 'firstFoldTr' | 'lastFold' | 'lastFoldTr'

/** A customer as the demo describes him or her; what is left out follows from the id. */
export type Person = Omit<Row, Computed | 'id'> & Partial<Pick<Row, Planned | 'createdAt'>> & { readonly id: number }

/** Customer ids: a customer who shows one outcome of a booking has a first name for it. */
export const edgar = 1001
export const max = 203
export const ida = 204
export const nora = 205
export const rita = 206
export const bob = 207
export const otto = 208
export const lea = 209
export const tim = 210
export const tina = 211

const born = (text: string) => Temporal.PlainDate.from(text)
const munich = { street: 'Am Bahnhof', houseNumber: '89', zipCode: '12133', city: 'Munich', countryCode: 'DE' }
const inBerlin = { zipCode: '10435', city: 'Berlin', countryCode: 'DE' }
const german = { languageCode: 'de', languageCountry: 'DE' }

const edgarBullock: Person = {
  id: edgar,
  studioId: berlin,
  customerNumber: '1-12345',
  referralCode: '20J6N',
  uuid: '7be3932c-825b-4401-abff-29e9f9410bc7',
  firstName: 'Edgar',
  secondFirstName: 'Thomas',
  lastName: 'Bullock',
  secondLastName: 'Meyer',
  dateOfBirth: born('1952-05-04'),
  gender: 'MALE',
  placeOfBirth: 'Munich',
  countryOfBirth: 'DE',
  ...german,
  email: 'example@email.com',
  emailStatus: 'VERIFIED',
  phonePrivate: '+49 30901820',
  phonePrivateMobile: '+49 15223433333',
  phoneBusiness: '+49 30901820',
  phoneBusinessMobile: '+49 15223433333',
  ...munich,
  secondStreet: 'Second Street',
  cityPart: 'Tegel',
  district: 'District 12',
  streetType: 'Avenue',
  streetBlock: '5th block',
  portal: 'Portal 1',
  stairway: 'Right stairway',
  door: 'Door 1',
  province: 'Champagne',
  additionalAddressInformation: 'Additional information',
  floor: '2nd floor',
  buildingName: 'Empire State Building',
  memberCodes: ['ORIGINAL'],
  createdAt: Temporal.Instant.from('2022-06-15T23:59:59.999+02:00'),
}

/** Customers who show something. */
export const storyPeople: readonly Person[] = [
  edgarBullock,
  {
    id: 1002,
    studioId: berlin,
    firstName: 'Paula',
    lastName: 'Prospect',
    gender: 'FEMALE',
    ...inBerlin,
    email: 'paula@example.com',
  },
  { id: 1003, studioId: berlin, firstName: 'Frank', lastName: 'Former', gender: 'MALE', email: 'frank@example.com' },
  { id: 1004, studioId: berlin, firstName: 'Rosa', lastName: 'Restricted', gender: 'FEMALE' },
  { id: 1005, studioId: berlin, firstName: 'Ingo', lastName: 'Idle', gender: 'MALE' },
  { id: 1006, studioId: hamburg, firstName: 'Hanna', lastName: 'Hamburg', gender: 'FEMALE', city: 'Hamburg' },
  { id: 1007, studioId: graz, firstName: 'Gustav', lastName: 'Graz', gender: 'MALE', city: 'Graz' },
  { id: 1008, studioId: berlin, firstName: 'Beth', lastName: 'Sterling', gender: 'FEMALE', countryCode: 'GB' },
  { id: 1009, studioId: berlin, firstName: 'Abe', lastName: 'Dollar', gender: 'MALE', countryCode: 'US' },
  { id: 1010, studioId: berlin, firstName: 'Carla', lastName: 'Card', gender: 'FEMALE' },
  { id: 1011, studioId: berlin, firstName: 'Mia', lastName: 'Müller', gender: 'FEMALE', email: 'mia@example.com' },
  { id: 1012, studioId: berlin, firstName: 'Ben', lastName: 'Mueller', gender: 'MALE', email: 'ben@example.com' },
  { id: 1013, studioId: berlin, firstName: 'Petra', lastName: 'Plus', gender: 'FEMALE' },
  {
    id: max,
    studioId: berlin,
    firstName: 'Max',
    lastName: 'Berger',
    gender: 'MALE',
    ...german,
    dateOfBirth: born('1993-09-12'),
    email: 'max@example.com',
    phonePrivateMobile: '+49 15112345678',
    street: 'Kastanienallee',
    houseNumber: '83',
    ...inBerlin,
  },
  { id: ida, studioId: berlin, firstName: 'Ida', lastName: 'Ruhe', gender: 'FEMALE', email: 'ida@example.com' },
  { id: nora, studioId: berlin, firstName: 'Nora', lastName: 'Null', gender: 'FEMALE', email: 'nora@example.com' },
  { id: rita, studioId: berlin, firstName: 'Rita', lastName: 'Basis', gender: 'FEMALE', email: 'rita@example.com' },
  { id: bob, studioId: berlin, firstName: 'Bob', lastName: 'Limit', gender: 'MALE', email: 'bob@example.com' },
  { id: otto, studioId: berlin, firstName: 'Otto', lastName: 'Besetzt', gender: 'MALE', email: 'otto@example.com' },
  { id: lea, studioId: berlin, firstName: 'Lea', lastName: 'Neugier', gender: 'FEMALE', email: 'lea@example.com' },
  { id: tim, studioId: berlin, firstName: 'Tim', lastName: 'Probe', gender: 'MALE', email: 'tim@example.com' },
  { id: tina, studioId: berlin, firstName: 'Tina', lastName: 'Probe', gender: 'FEMALE', email: 'tina@example.com' },
]

/** The last days of memberships by the ids of customers; without end while contracts renew themselves. */
export type MembershipEnds = ReadonlyMap<number, Temporal.PlainDate | 'FOREVER'>

/** Inserts people; whether they are members follows from their contracts. */
export async function plantPeople(planting: Planting, persons: readonly Person[], ends: MembershipEnds) {
  await plant(
    planting,
    customers,
    persons.map((person) => {
      const until = ends.get(person.id) ?? null
      return {
        ...toRow(person, planting),
        membershipUntil: until,
        announcedStatus: membershipStatus(until, planting.today),
      }
    }),
  )
}

export async function plantStoryPeople(planting: Planting, ends: MembershipEnds) {
  await plantPeople(planting, storyPeople, ends)
  await plant(planting, customerThirdPartyIds, [{ customerId: edgar, value: 'A1000' }])
}

function membershipStatus(until: Temporal.PlainDate | 'FOREVER' | null, today: Temporal.PlainDate) {
  if (until === null) return 'PROSPECT'
  return until === 'FOREVER' || !isBefore(until, today) ? 'MEMBER' : 'FORMER_MEMBER'
}

function toRow(person: Person, { work, platform: { secrets } }: Planting) {
  const { id, email, firstName, lastName, dateOfBirth } = person
  const phones = [person.phonePrivate, person.phonePrivateMobile, person.phoneBusiness, person.phoneBusinessMobile]
  const known = email && dateOfBirth ? dedupeHashes({ firstName, lastName, dateOfBirth, email }, secrets) : []
  return {
    customerNumber: `${person.studioId}-${10_000 + id}`,
    uuid: uuidFrom(`customer ${id}`),
    referralCode: referralCodeFrom(id),
    staticAccessNumber: String(700_000_000_000 + id),
    createdAt: work.now.subtract({ hours: 24 * (250 + (id % 700)) }),
    source: 'STAFF' as const,
    ...(email ? { emailFold: foldEmail(email) } : {}),
    phoneFolds: phones.flatMap((phone) => (phone ? [internationalPhone(phone, 'DE')] : [])),
    ...(known[0] ? { dedupeHash: known[0] } : {}),
    ...foldNames(person),
    ...person,
  }
}

/** A version 4 UUID that is the same after every reset. */
function uuidFrom(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

const referralAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** Odd, so that no two numbers share a code. */
const scatter = 7_654_321

function referralCodeFrom(id: number): string {
  const size = referralAlphabet.length
  let rest = (id * scatter) % size ** 5
  let code = ''
  for (let digit = 0; digit < 5; digit++, rest = Math.floor(rest / size)) code += referralAlphabet[rest % size]
  return code
}
