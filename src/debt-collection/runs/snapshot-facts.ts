/** An address in parts, as an agency is given it. */
export interface AddressSnapshot {
  readonly street: string | null
  readonly houseNumber: string | null
  readonly zipCode: string | null
  readonly city: string | null
  readonly province: string | null
  readonly countryCode: string | null
}

export type ContactType =
  | 'TEL_PRIVATE'
  | 'TEL_PRIVATE_MOBILE'
  | 'TEL_BUSINESS'
  | 'TEL_BUSINESS_MOBILE'
  | 'FAX'
  | 'EMAIL'

export interface ContactSnapshot {
  readonly type: ContactType
  readonly value: string
}

/** A bank account without its number, which is kept sealed. */
export interface BankSnapshot {
  readonly holder: string | null
  readonly bic: string | null
  readonly bank: string | null
}

interface PersonSnapshot {
  readonly firstName: string
  readonly lastName: string
  readonly birthDate: string | null
  readonly address: AddressSnapshot
  readonly contacts: readonly ContactSnapshot[]
  readonly bank: BankSnapshot | null
}

export interface MembershipSnapshot {
  readonly id: number
  readonly rateName: string | null
  readonly startDate: string
  readonly endDate: string
  readonly createdDate: string
  readonly cancelled: boolean
}

export interface DebtSnapshot {
  readonly claimId: number
  readonly debtId: string
  readonly debtDate: string
  /** Decimal text: what was open when it was handed over. */
  readonly amount: string
  readonly currency: string
  readonly type: string
  readonly designation: string
  readonly serviceFrom: string | null
  readonly serviceTo: string | null
  readonly latestRejectionReason: string | null
  /** Left out: NORMAL. */
  readonly maturity?: 'NORMAL' | 'RESIDUAL'
}

/** A customer with the debts as they were handed over; dates are ISO text. */
export interface DebtorSnapshot extends PersonSnapshot {
  readonly membershipNumber: string
  readonly secondLastName: string | null
  readonly sex: string
  readonly liablePerson: PersonSnapshot | null
  readonly memberships: readonly MembershipSnapshot[]
  readonly debts: readonly DebtSnapshot[]
}

/** The studio and the legal entity behind it, as an agency reads them. */
export interface ClientSnapshot {
  readonly name: string
  readonly entityName: string | null
  readonly legalForm: string | null
  readonly vatNumber: string | null
  readonly deductsInputTax: boolean
  readonly address: AddressSnapshot
  readonly bank: (BankSnapshot & { readonly iban: string | null }) | null
  readonly contacts: readonly ContactSnapshot[]
  /** In which countries are named. */
  readonly languageTag: string
}
