import { type TypedArgument, type Violation, violation } from '../../platform/errors/errors.ts'
import { isAfter, isBefore } from '../../platform/time/order.ts'
import { characterCount } from '../../platform/validation/coerce.ts'
import { isEmail } from '../../platform/validation/formats.ts'
import { countryCodes } from '../../platform/validation/iso-codes.ts'
import { knowsProvinces, provinceName } from './province-rules.ts'

const longest = { name: 100, phone: 30, zipCode: 12, text: 100, thirdPartyId: 255 } as const
const oldestYears = 120
const phonePattern = /^[+(0-9][0-9 ()/.-]*$/
const zipPatterns: Readonly<Record<string, RegExp>> = { DE: /^\d{5}$/, AT: /^\d{4}$/, CH: /^\d{4}$/ }

/** What every way of writing a customer knows about the person; fields that are absent are not judged. */
export interface PersonFields {
  readonly firstName?: string | undefined
  readonly secondFirstName?: string | undefined
  readonly lastName?: string | undefined
  readonly secondLastName?: string | undefined
  readonly dateOfBirth?: Temporal.PlainDate | undefined
  readonly countryOfBirth?: string | undefined
  readonly email?: string | undefined
  readonly phones?: Readonly<Record<string, string | undefined>>
  readonly zipCode?: string | undefined
  readonly countryCode?: string | undefined
  /** ISO 3166-2 without the country. */
  readonly provinceCode?: string | undefined
  readonly thirdPartyId?: string | undefined
  /** Parts of the address and everything else that is plain text, by field name. */
  readonly texts?: Readonly<Record<string, string | undefined>>
}

/** What is wrong with a person, field by field; `today` is the local date of the studio. */
export function judgePerson(person: PersonFields, today: Temporal.PlainDate): Violation[] {
  return [
    ...judgeNames(person),
    ...judgeBirth(person, today),
    ...judgeContact(person),
    ...judgeAddress(person),
    ...tooLong('thirdPartyId', person.thirdPartyId, longest.thirdPartyId),
  ]
}

function judgeNames(person: PersonFields): Violation[] {
  const required = (['firstName', 'lastName'] as const).flatMap((field) =>
    person[field] === '' ? [violation(field, 'required')] : [],
  )
  const fields = ['firstName', 'secondFirstName', 'lastName', 'secondLastName'] as const
  return [...required, ...fields.flatMap((field) => tooLong(field, person[field], longest.name))]
}

/** The day of birth: not in the future, at most 120 years ago; and the country, where it is given. */
export function judgeBirth(
  { dateOfBirth, countryOfBirth }: Pick<PersonFields, 'dateOfBirth' | 'countryOfBirth'>,
  today: Temporal.PlainDate,
): Violation[] {
  const violations: Violation[] = []
  const earliest = today.subtract({ years: oldestYears })
  if (dateOfBirth && isAfter(dateOfBirth, today)) {
    violations.push(violation('dateOfBirth', 'mustNotBeFuture'))
  } else if (dateOfBirth && isBefore(dateOfBirth, earliest)) {
    violations.push(violation('dateOfBirth', 'min', { type: 'DATE', value: earliest.toString() }))
  }
  if (countryOfBirth !== undefined && !countryCodes.has(countryOfBirth)) {
    violations.push(misshapen('countryOfBirth', 'country'))
  }
  return violations
}

function judgeContact({ email, phones = {} }: PersonFields): Violation[] {
  const violations: Violation[] = []
  if (email === '') violations.push(violation('email', 'required'))
  else if (email !== undefined && !isEmail(email)) violations.push(misshapen('email', 'email'))
  for (const [field, phone] of Object.entries(phones)) {
    if (phone === undefined) continue
    violations.push(...tooLong(field, phone, longest.phone))
    const digits = phone.replace(/\D/g, '').length
    if (!phonePattern.test(phone) || digits < 5) violations.push(misshapen(field, 'phone'))
  }
  return violations
}

function judgeAddress({ zipCode, countryCode, provinceCode, texts = {} }: PersonFields): Violation[] {
  const violations: Violation[] = []
  if (countryCode !== undefined && !countryCodes.has(countryCode)) violations.push(misshapen('countryCode', 'country'))
  if (zipCode !== undefined) {
    violations.push(...tooLong('zipCode', zipCode, longest.zipCode))
    const pattern = zipPatterns[countryCode ?? '']
    if (pattern && !pattern.test(zipCode)) violations.push(violation('zipCode', 'pattern'))
  }
  if (provinceCode !== undefined) {
    violations.push(...tooLong('provinceCode', provinceCode, longest.text))
    const isWrong = knowsProvinces(countryCode ?? '') && !provinceName(countryCode ?? '', provinceCode)
    if (isWrong) violations.push(misshapen('provinceCode', 'province'))
  }
  for (const [field, text] of Object.entries(texts)) violations.push(...tooLong(field, text, longest.text))
  return violations
}

function misshapen(field: string, format: 'country' | 'email' | 'phone' | 'province'): Violation {
  return violation(field, 'format', { type: 'STRING', value: format })
}

function tooLong(field: string, text: string | undefined, most: number): Violation[] {
  if (text === undefined || characterCount(text) <= most) return []
  const bound: TypedArgument = { type: 'INTEGER', value: most }
  return [violation(field, 'maxLength', bound)]
}
