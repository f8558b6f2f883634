import { nonNull } from '../../platform/values/defined.ts'
import type { ClientDetails, ContactDetails, PaymentDetails } from '../person-schemas.ts'
import type { AddressSnapshot, BankSnapshot, ClientSnapshot, ContactSnapshot } from '../runs/snapshot-facts.ts'
import { formatAddress, nameCountry } from './address-rules.ts'

/** An address with its lines as they stand on letters; countries are named in a language. */
export function presentAddress(address: AddressSnapshot, languageTag: string) {
  const { street, houseNumber, zipCode, city, province, countryCode } = address
  const { first, second } = formatAddress(address)
  const country = nameCountry(countryCode, languageTag)
  return {
    postalCode: zipCode ?? '',
    city: city ?? '',
    ...nonNull({
      countryCode,
      country,
      addressLine1: first || null,
      addressLine2: second || null,
      addressLine3: country,
      region: province,
    }),
    addressData: nonNull({ street, houseNumber }),
  }
}

/** A bank account; `iban` in clear. */
export function presentBank({ holder, bic, bank }: BankSnapshot, iban: string | null): PaymentDetails {
  return {
    bank: bank ?? '',
    ...nonNull({ iban, bic, accountHolder: holder, bankCountryCode: iban?.slice(0, 2) }),
  }
}

/** What is known of mails to a customer, in the words of the API. */
const mailStatuses = { UNVERIFIED: 'NOT_YET_USED', VERIFIED: 'VALID', BOUNCED: 'INVALID' } as const
export type MailStatus = keyof typeof mailStatuses

export function presentContacts(contacts: readonly ContactSnapshot[], mail?: MailStatus): ContactDetails[] {
  return contacts.map((contact) => ({
    ...contact,
    ...(contact.type === 'EMAIL' && mail ? { status: { type: mailStatuses[mail] } } : {}),
  }))
}

export function presentClient(client: ClientSnapshot): ClientDetails {
  const { name, entityName, legalForm, vatNumber, deductsInputTax, address, bank, contacts, languageTag } = client
  return {
    name1: name,
    ...nonNull({ name2: entityName, legalForm, vatSerialNo: vatNumber }),
    preTaxAttribute: deductsInputTax,
    ...presentAddress(address, languageTag),
    ...(bank ? { paymentDetails: presentBank(bank, bank.iban) } : {}),
    contactDetails: presentContacts(contacts),
  }
}
