import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js'

/**
 * A phone number in international form (`+4915155501234`), read as a person in `country` would dial it; only its digits
 * when it is no number of any plan. The search compares these.
 */
export function internationalPhone(phone: string, country: string): string {
  const region: CountryCode | undefined = isSupportedCountry(country) ? country : undefined
  const parsed = parsePhoneNumberFromString(phone, region)
  return parsed?.number ?? phone.replace(/\D/g, '')
}
