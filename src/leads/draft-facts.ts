import type { AssignableField } from '../customers/information/assignment-rules.ts'
import type { ChannelConfig, PreferenceWish } from '../communication/preference-rules.ts'
import type { FieldMode, LeadModes } from './form-rules.ts'

/** A prospect as a client describes one. */
export interface LeadCustomerBody {
  readonly thirdPartyId?: string
  readonly firstname: string
  readonly secondFirstname?: string
  readonly lastname: string
  readonly secondLastname?: string
  readonly email: string
  readonly gender?: 'MALE' | 'FEMALE' | 'UNISEX'
  /** `yyyy-MM-dd`. */
  readonly dateOfBirth?: string
  readonly telephone?: string
  readonly language?: { readonly languageCode: string; readonly countryCode?: string }
}

export const addressParts = [
  ...(['street', 'houseNumber', 'zipCode', 'city', 'countryCode', 'province', 'provinceCode', 'secondStreet'] as const),
  ...(['cityPart', 'district', 'streetType', 'streetBlock', 'portal', 'stairway', 'door'] as const),
  ...(['additionalAddressInformation', 'floor', 'buildingName'] as const),
] as const

export type LeadAddressBody = { readonly [P in (typeof addressParts)[number]]?: string }

/** An answer to a field of the studio's own. */
export interface LeadAnswer {
  readonly additionalFieldId: number
  readonly value?: string
  readonly values?: readonly string[]
}

/** Everything that is said about a prospect at once. */
export interface LeadDraft {
  readonly leadCustomer: LeadCustomerBody
  readonly address?: LeadAddressBody | undefined
  readonly communicationPreferences?: readonly PreferenceWish[] | undefined
  readonly additionalInformation?: readonly LeadAnswer[] | undefined
  readonly notes?: string | undefined
  readonly externalIdentifier?: string | undefined
}

/** A field of the studio's own, as prospects are asked for it. */
export interface LeadField extends Omit<AssignableField, 'itemIds'> {
  readonly name: string
  readonly mode: FieldMode
  /** The active items of a list, in their order. */
  readonly items: readonly { readonly id: number; readonly name: string }[]
}

/** What is asked for: of all prospects of a studio, or of those of one trial offer. */
export interface LeadForm {
  readonly modes: LeadModes
  /** Those that are offered, none of them INACTIVE. */
  readonly fields: readonly LeadField[]
  readonly channels: readonly ChannelConfig[]
}

/** Where the parts of a draft stand in the body, for the references of errors. */
export interface LeadPaths {
  readonly leadCustomer: string
  readonly address: string
}
