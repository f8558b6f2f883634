import { onOneLine } from '../../platform/validation/pasted-text.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { parseDate } from '../../platform/time/zoned-time.ts'
import { defined } from '../../platform/values/defined.ts'
import { addressDetails } from '../address-fields.ts'
import type { NewCustomer } from './creation-store.ts'
import { type PersonFields } from './person-rules.ts'
import { internationalPhone } from './phone.ts'
import { provinceName } from './province-rules.ts'
import { fold, foldEmail, foldNames } from '../reading/search-rules.ts'
import type { MembershipSignupCustomer } from '../signup-schema.ts'

const addressFields = Object.keys(addressDetails) as (keyof typeof addressDetails)[]
const optionalFields = [
  'thirdPartyId',
  'secondFirstName',
  'secondLastName',
  'phoneNumberPrivate',
  'phoneNumberMobile',
  'street',
  'houseNumber',
  'city',
  'zipCode',
  'countryCode',
  'placeOfBirth',
  'countryOfBirth',
  'taxId',
  ...addressFields,
] as const
const requiredFields = ['firstName', 'lastName', 'email'] as const

/** A person as a client wrote it. How much of it is needed beyond names, e-mail and language, each operation says. */
export type PersonInput = Pick<MembershipSignupCustomer, 'firstName' | 'lastName' | 'email' | 'language'> &
  Partial<MembershipSignupCustomer>

/** A person with every text in the form in which it is judged and stored. */
export type Person = { readonly [F in (typeof optionalFields)[number]]?: string } & {
  readonly [F in (typeof requiredFields)[number]]: string
} & {
  readonly dateOfBirth?: Temporal.PlainDate
  readonly gender: NonNullable<MembershipSignupCustomer['gender']>
  readonly languageCode: string
  readonly languageCountry?: string
  readonly documentIdentification?: { readonly documentNumber: string; readonly documentType: string }
}

/** Brings the text of a client into shape; blank optional fields count as absent. */
export function readPerson(input: PersonInput): Person {
  const { documentIdentification: document, language } = input
  const dateOfBirth = parseDate(input.dateOfBirth ?? '')
  const texts: Record<string, string> = {}
  for (const field of requiredFields) texts[field] = onOneLine(input[field])
  for (const field of optionalFields) {
    const text = onOneLine(input[field] ?? '')
    if (text !== '') texts[field] = text
  }
  return {
    ...(texts as { [F in (typeof requiredFields)[number]]: string }),
    ...defined({ dateOfBirth }),
    gender: input.gender ?? 'UNISEX',
    languageCode: language.languageCode,
    ...defined({ languageCountry: language.countryCode }),
    ...(document === undefined
      ? {}
      : { documentIdentification: { ...document, documentNumber: onOneLine(document.documentNumber) } }),
  }
}

/** The person as the rules read it. */
export function personFields(person: Person): PersonFields {
  const { phoneNumberPrivate, phoneNumberMobile, street, houseNumber, city, placeOfBirth, taxId } = person
  return {
    ...person,
    phones: { phoneNumberPrivate, phoneNumberMobile },
    texts: {
      street,
      houseNumber,
      city,
      placeOfBirth,
      taxId,
      'documentIdentification.documentNumber': person.documentIdentification?.documentNumber,
      ...Object.fromEntries(addressFields.map((field) => [field, person[field]])),
    },
  }
}

/** The columns of a person; `country` (of the studio) decides how a phone number without prefix is read. */
export function toColumns(person: Person, country: string, secrets: Secrets) {
  const phones = [person.phoneNumberPrivate, person.phoneNumberMobile].filter((phone) => phone !== undefined)
  const { documentIdentification: document, taxId } = person
  return {
    ...Object.fromEntries(addressFields.map((field) => [field, person[field] ?? null])),
    ...foldNames(person),
    firstName: person.firstName,
    secondFirstName: person.secondFirstName ?? null,
    lastName: person.lastName,
    secondLastName: person.secondLastName ?? null,
    dateOfBirth: person.dateOfBirth ?? null,
    placeOfBirth: person.placeOfBirth ?? null,
    countryOfBirth: person.countryOfBirth ?? null,
    gender: person.gender,
    email: person.email,
    emailFold: foldEmail(person.email),
    phonePrivate: person.phoneNumberPrivate ?? null,
    phonePrivateMobile: person.phoneNumberMobile ?? null,
    phoneFolds: phones.map((phone) => internationalPhone(phone, country)),
    street: person.street ?? null,
    houseNumber: person.houseNumber ?? null,
    city: person.city ?? null,
    zipCode: person.zipCode ?? null,
    countryCode: person.countryCode ?? null,
    provinceCode: person.provinceCode ?? null,
    province: provinceName(person.countryCode ?? '', person.provinceCode ?? '') ?? person.province ?? null,
    languageCode: person.languageCode,
    languageCountry: person.languageCountry ?? null,
    taxIdEnc: taxId === undefined ? null : secrets.seal('field', taxId),
    docIdentEnc: document === undefined ? null : secrets.seal('field', JSON.stringify(document)),
    dedupeHash: dedupeHashes(person, secrets)[0] ?? null,
  } satisfies Partial<NewCustomer>
}

/**
 * What makes two entries the same person: names, birth date and e-mail address, which families may share among them.
 * One keyed hash per key of the installation, newest first; the first one is stored. None without a birth date.
 */
export function dedupeHashes(
  { firstName, lastName, dateOfBirth, email }: Pick<Person, 'firstName' | 'lastName' | 'dateOfBirth' | 'email'>,
  secrets: Secrets,
): readonly Buffer[] {
  if (!dateOfBirth) return []
  const facts = [fold(firstName), fold(lastName), dateOfBirth.toString(), foldEmail(email)]
  return secrets.hashes('blind-index', `person\n${JSON.stringify(facts)}`)
}
