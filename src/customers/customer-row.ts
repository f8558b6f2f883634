import type { BankAccountPart, IdlePeriodPart } from './hooks.ts'

type Text = string | null

/** A card, PIN or code as a reader sees it; PINs come sealed, in Base64. */
export interface MediumPart {
  readonly id: number
  readonly type: 'CARD_NUMBER' | 'PIN' | 'BARCODE' | 'WALLET_PASS'
  readonly value: string
  readonly sealed: Text
  readonly validUntilMs: number | null
}

export interface RestrictionPart {
  readonly reason: string
  readonly startDate: Text
  readonly endDate: Text
}

export interface AssignmentPart {
  readonly additionalInformationFieldId: number
  readonly value: string
}

/** Details of an address that only some countries use. */
export interface AddressRow {
  readonly secondStreet: Text
  readonly cityPart: Text
  readonly district: Text
  readonly streetType: Text
  readonly streetBlock: Text
  readonly portal: Text
  readonly stairway: Text
  readonly door: Text
  readonly province: Text
  readonly provinceCode: Text
  readonly additionalAddressInformation: Text
  readonly floor: Text
  readonly buildingName: Text
}

/** A whole customer as `customer_views` holds it, dates as ISO text. What depends on the time or the caller is decided on showing. */
export interface CustomerRow extends AddressRow {
  readonly id: number
  readonly customerNumber: string
  readonly firstName: string
  readonly lastName: string
  readonly dateOfBirth: Text
  readonly email: Text
  readonly gender: 'MALE' | 'FEMALE' | 'UNISEX'
  readonly street: Text
  readonly houseNumber: Text
  readonly zipCode: Text
  readonly city: Text
  readonly country: Text
  readonly phonePrivate: Text
  readonly phonePrivateMobile: Text
  readonly phoneBusiness: Text
  readonly phoneBusinessMobile: Text
  readonly uuid: string
  readonly referralCode: string
  readonly studioId: number
  readonly secondFirstName: Text
  readonly secondLastName: Text
  /** The last day of the latest contract; `infinity` for one that goes on. */
  readonly membershipUntil: Text
  readonly languageCode: Text
  readonly languageCountry: Text
  readonly imageFileId: number | null
  readonly createdMs: number
  /** Time zone of the home studio. */
  readonly zone: string
  /** The ids that integrations gave this person; null is the migrated one. */
  readonly thirdPartyIds: readonly { readonly integrationId: number | null; readonly value: string }[] | null
  readonly mediums: readonly MediumPart[] | null
  readonly restrictions: readonly RestrictionPart[] | null
  readonly assignments: readonly AssignmentPart[] | null
  readonly idlePeriods: readonly IdlePeriodPart[] | null
  readonly bankAccount: BankAccountPart | null
}
