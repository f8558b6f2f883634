import { judgePerson, type PersonFields } from '../customers/creation/person-rules.ts'
import { countryCodes, languageCodes } from '../platform/validation/iso-codes.ts'
import { characterCount } from '../platform/validation/coerce.ts'
import { judgeAnswers } from './answer-rules.ts'
import { judgeWishes } from './wish-rules.ts'
import { addressParts, type LeadDraft, type LeadForm, type LeadPaths } from './draft-facts.ts'

const longestNotes = 4000
const longestIdentifier = 255

/** Fields of a person under the names that drafts have for them, in the order of the body. */
const customerFields = {
  thirdPartyId: 'thirdPartyId',
  firstName: 'firstname',
  secondFirstName: 'secondFirstname',
  lastName: 'lastname',
  secondLastName: 'secondLastname',
  email: 'email',
  gender: 'gender',
  dateOfBirth: 'dateOfBirth',
  telephone: 'telephone',
  'language.languageCode': 'language.languageCode',
  'language.countryCode': 'language.countryCode',
} as const
type CustomerField = keyof typeof customerFields
const fieldOrder = Object.keys(customerFields)

export const leadPaths: LeadPaths = { leadCustomer: 'leadCustomer', address: 'address' }

/** The draft without what is not asked for: an INACTIVE attribute that was sent is neither judged nor stored. */
export function withoutInactive(draft: LeadDraft, { modes }: LeadForm): LeadDraft {
  const { gender, dateOfBirth, telephone, ...leadCustomer } = draft.leadCustomer
  const { address, ...rest } = draft
  return {
    ...rest,
    leadCustomer: {
      ...leadCustomer,
      ...(gender === undefined || modes.genderMode === 'INACTIVE' ? {} : { gender }),
      ...(!dateOfBirth || modes.dateOfBirthMode === 'INACTIVE' ? {} : { dateOfBirth }),
      ...(!telephone?.trim() || modes.telephoneMode === 'INACTIVE' ? {} : { telephone }),
    },
    ...(address === undefined || modes.addressMode === 'INACTIVE' ? {} : { address }),
  }
}

/**
 * The first field of a draft (without what is INACTIVE) that cannot be accepted, as its path in the body. `person` is the
 * same prospect as the rules of all persons read it, `today` the local date of the studio.
 */
export function judgeLead(
  draft: LeadDraft,
  person: PersonFields,
  form: LeadForm,
  { today, paths }: { readonly today: Temporal.PlainDate; readonly paths: LeadPaths },
): string | undefined {
  const refused = new Set([
    ...judgePerson(person, today).map(({ reference }) => reference),
    ...missing(draft, form),
    ...judgeLanguage(draft),
  ])
  const field = fieldOrder.find((each) => refused.has(each)) as CustomerField | undefined
  if (field) return `${paths.leadCustomer}.${customerFields[field]}`
  const part = addressParts.find((each) => refused.has(each))
  if (part) return `${paths.address}.${part}`
  if (refused.has('address')) return paths.address
  return (
    judgeWishes(draft.communicationPreferences ?? [], form.channels) ??
    judgeAnswers(draft.additionalInformation ?? [], form.fields) ??
    (characterCount(draft.notes ?? '') > longestNotes ? 'notes' : undefined) ??
    (characterCount(draft.externalIdentifier ?? '') > longestIdentifier ? 'externalIdentifier' : undefined)
  )
}

function missing({ leadCustomer, address }: LeadDraft, { modes }: LeadForm): string[] {
  const { gender, dateOfBirth, telephone } = leadCustomer
  return [
    ...(modes.genderMode === 'MANDATORY' && gender === undefined ? ['gender'] : []),
    ...(modes.dateOfBirthMode === 'MANDATORY' && dateOfBirth === undefined ? ['dateOfBirth'] : []),
    ...(modes.telephoneMode === 'MANDATORY' && telephone === undefined ? ['telephone'] : []),
    ...(modes.addressMode === 'MANDATORY' && address === undefined ? ['address'] : []),
  ]
}

function judgeLanguage({ leadCustomer: { language } }: LeadDraft): string[] {
  if (!language) return []
  const isRegion = language.countryCode === undefined || countryCodes.has(language.countryCode)
  return [
    ...(languageCodes.has(language.languageCode) ? [] : ['language.languageCode']),
    ...(isRegion ? [] : ['language.countryCode']),
  ]
}
