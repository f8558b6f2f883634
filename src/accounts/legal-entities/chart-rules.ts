import type { accountRoles } from './legal-entity-tables.ts'

export type AccountRole = (typeof accountRoles)[number]

/** The tax codes that every legal entity begins with. */
export const firstTaxCodes = ['STANDARD', 'REDUCED', 'ZERO'] as const
export type FirstTaxCode = (typeof firstTaxCodes)[number]

/** The account numbers that books begin with: those of the German SKR 03. Staff may change each of them. */
export const firstNumbers: Readonly<Record<Exclude<AccountRole, 'REVENUE' | 'TAX_OUTPUT'>, string>> = {
  RECEIVABLE: '1400',
  RECEIVABLE_AGENCY: '1410',
  CONSUMPTION_CREDIT: '1710',
  VOUCHER_LIABILITY: '1719',
  CASH: '1000',
  BANK_TRANSIT: '1360',
  PSP_CLEARING: '1361',
  AGENCY_CLEARING: '1362',
  DUNNING_INCOME: '2700',
  FEE_INCOME: '2709',
  BAD_DEBT: '2400',
  BANK_FEES: '4970',
}

/** The same of the accounts that there are per tax code. */
export const firstTaxedNumbers: Readonly<
  Record<FirstTaxCode, { readonly REVENUE: string; readonly TAX_OUTPUT: string }>
> = {
  STANDARD: { REVENUE: '8400', TAX_OUTPUT: '1776' },
  REDUCED: { REVENUE: '8300', TAX_OUTPUT: '1771' },
  ZERO: { REVENUE: '8100', TAX_OUTPUT: '1775' },
}

/** Standard and reduced rate in percent, by country. Books of other countries begin without tax. */
const ratesByCountry: Readonly<Record<string, readonly [standard: string, reduced: string]>> = {
  AT: ['20', '10'],
  BE: ['21', '6'],
  CH: ['8.1', '2.6'],
  CZ: ['21', '12'],
  DE: ['19', '7'],
  DK: ['25', '25'],
  ES: ['21', '10'],
  FI: ['25.5', '10'],
  FR: ['20', '5.5'],
  GB: ['20', '5'],
  HU: ['27', '5'],
  IE: ['23', '9'],
  IT: ['22', '10'],
  LI: ['8.1', '2.6'],
  LU: ['17', '8'],
  NL: ['21', '9'],
  NO: ['25', '12'],
  PL: ['23', '8'],
  PT: ['23', '6'],
  RO: ['21', '11'],
  SE: ['25', '6'],
  SI: ['22', '9.5'],
  TR: ['20', '10'],
}

/** The rates that the books of a legal entity in this country begin with, in percent. */
export function firstRates(countryCode: string): Readonly<Record<FirstTaxCode, string>> {
  const [standard = '0', reduced = '0'] = ratesByCountry[countryCode] ?? []
  return { STANDARD: standard, REDUCED: reduced, ZERO: '0' }
}

/** First rates hold from this day on, which comes before every booking. */
export const firstRateDay = Temporal.PlainDate.from('1900-01-01')

/** Roles whose lines belong to one customer. */
export const personalRoles: ReadonlySet<AccountRole> = new Set([
  'RECEIVABLE',
  'RECEIVABLE_AGENCY',
  'CONSUMPTION_CREDIT',
])
