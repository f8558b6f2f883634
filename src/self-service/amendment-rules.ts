import type { Violation } from '../platform/errors/errors.ts'
import { onOneLine } from '../platform/validation/pasted-text.ts'
import { judgePerson } from '../customers/creation/person-rules.ts'
import { provinceName } from '../customers/creation/province-rules.ts'

/** The groups of a customer's own fields; bank data follow their own rules. */
export type FieldGroup = 'CONTACT_DATA' | 'ADDRESS_DATA' | 'MASTER_DATA'

/** The fields of a group; null = none. Dates are ISO text. */
export type Values = Readonly<Record<string, string | null>>

const phones = ['phonePrivate', 'phonePrivateMobile', 'phoneBusiness', 'phoneBusinessMobile'] as const
const addressTexts = [
  ...['street', 'houseNumber', 'city', 'province', 'secondStreet', 'cityPart', 'district', 'streetType', 'streetBlock'],
  ...['portal', 'stairway', 'door', 'additionalAddressInformation', 'floor', 'buildingName'],
] as const

/** The fields of each group in the words of the API. */
export const groupFields: Readonly<Record<FieldGroup, readonly string[]>> = {
  CONTACT_DATA: ['email', ...phones],
  ADDRESS_DATA: [...addressTexts, 'zipCode', 'countryCode', 'provinceCode'],
  MASTER_DATA: ['firstName', 'lastName', 'gender', 'dateOfBirth', 'countryOfBirth', 'customerTitle'],
}

/** An address is replaced as a whole, so that an old floor cannot survive a move; of other groups only what changed. */
export const isWhole = (group: FieldGroup) => group === 'ADDRESS_DATA'

/** What a client wrote, in the form in which it is stored; an empty text clears, a field that is absent stays absent. */
export function readWish(group: FieldGroup, body: Readonly<Record<string, unknown>>): Values {
  const wish: Record<string, string | null> = {}
  for (const field of groupFields[group]) {
    const value = body[field]
    if (typeof value === 'string') wish[field] = onOneLine(value) || null
  }
  const name = provinceName(wish['countryCode'] ?? '', wish['provinceCode'] ?? '')
  return name === undefined ? wish : { ...wish, province: name }
}

/** What is wrong with the fields of a wish; `today` is the local date of the studio. */
export function judgeWish(group: FieldGroup, wish: Values, today: Temporal.PlainDate): Violation[] {
  const given = (field: string) => wish[field] ?? undefined
  const pick = (fields: readonly string[]) => Object.fromEntries(fields.map((field) => [field, given(field)]))
  switch (group) {
    case 'CONTACT_DATA':
      return judgePerson({ email: given('email'), phones: pick(phones) }, today)
    case 'ADDRESS_DATA':
      return judgePerson({ ...pick(['zipCode', 'countryCode', 'provinceCode']), texts: pick(addressTexts) }, today)
    case 'MASTER_DATA': {
      const born = given('dateOfBirth')
      const dateOfBirth = born === undefined ? undefined : Temporal.PlainDate.from(born)
      return judgePerson({ ...pick(['firstName', 'lastName', 'countryOfBirth']), dateOfBirth }, today)
    }
  }
}

export interface AmendmentPlan {
  /** The complete group as it shall be. */
  readonly proposed: Values
  /** Fields that differ from the group as it is; empty = nothing to do. */
  readonly changedFields: readonly string[]
}

/** The group as it shall be: an address as the wish has it, other groups with the wish laid over what is there. */
export function planAmendment(group: FieldGroup, current: Values, wish: Values): AmendmentPlan {
  const kept = isWhole(group) ? {} : current
  const proposed = Object.fromEntries(
    groupFields[group].map((field) => [field, (field in wish ? wish[field] : kept[field]) ?? null]),
  )
  return { proposed, changedFields: differences(group, current, proposed) }
}

/** The complete group as it would look if a pending wish were accepted now. */
export function overlay(group: FieldGroup, current: Values, { proposed, changedFields }: AmendmentPlan): Values {
  if (isWhole(group)) return proposed
  return { ...current, ...Object.fromEntries(changedFields.map((field) => [field, proposed[field] ?? null])) }
}

/** Whether another writer changed, since the wish was written down, a field that it is about. */
export function judgeConflict(changedFields: readonly string[], base: Values, current: Values): 'CONFLICT' | 'NONE' {
  return changedFields.some((field) => (base[field] ?? null) !== (current[field] ?? null)) ? 'CONFLICT' : 'NONE'
}

function differences(group: FieldGroup, one: Values, other: Values): readonly string[] {
  return groupFields[group].filter((field) => (one[field] ?? null) !== (other[field] ?? null))
}
