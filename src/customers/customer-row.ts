import type { BankAccountPart, IdlePeriodPart } from './hooks.ts'

type Text = string | null

/** A card, PIN or code as a reader sees it; PINs come sealed, in Base64. */
export interface MediumPart {
  readonly id: number
  readonly type: 'CARD_NUMBER' | 'PIN' | 'BARCODE' | 'WALLET_PASS'
  readonly value: string
  readonly sealed: Text
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
  readonly additionalAddressInformation: Text
  readonly floor: Text
  readonly buildingName: Text
}

/** A whole customer as the database sends it: one JSON text, dates as ISO text. */
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
  readonly thirdPartyId: Text
  readonly mediums: readonly MediumPart[] | null
  readonly restrictions: readonly RestrictionPart[] | null
  readonly assignments: readonly AssignmentPart[] | null
  readonly idlePeriods: readonly IdlePeriodPart[] | null
  readonly bankAccount: BankAccountPart | null
}
