import { formatAmount } from '../platform/values/money.ts'
import type { ExportRow } from './row-rules.ts'
import type { exportLocales } from './tables.ts'

export type Locale = (typeof exportLocales)[number]

/** What a column holds: text, a day, or an amount or percentage. */
type Kind = 'TEXT' | 'DATE' | 'NUMBER'

export interface Column {
  readonly kind: Kind
  readonly english: string
  readonly german: string
  /** Plain text; decimals with a point, days as in ISO 8601, empty when there is nothing. */
  readonly read: (row: ExportRow) => string
}

const amount = (pick: 'amount' | 'net' | 'tax') => (row: ExportRow) =>
  formatAmount({ minor: row[pick], currency: row.currency })

export const columns: readonly Column[] = [
  { kind: 'DATE', english: 'Booking date', german: 'Buchungsdatum', read: ({ date }) => date },
  { kind: 'TEXT', english: 'Document', german: 'Belegnummer', read: ({ document }) => document },
  { kind: 'TEXT', english: 'Account', german: 'Konto', read: ({ account }) => account },
  { kind: 'TEXT', english: 'Contra account', german: 'Gegenkonto', read: ({ contra }) => contra },
  { kind: 'TEXT', english: 'S/H', german: 'S/H', read: ({ side }) => side },
  { kind: 'NUMBER', english: 'Amount', german: 'Betrag', read: amount('amount') },
  { kind: 'TEXT', english: 'Currency', german: 'Währung', read: ({ currency }) => currency },
  { kind: 'TEXT', english: 'Tax key', german: 'Steuerschlüssel', read: ({ taxKey }) => taxKey },
  { kind: 'NUMBER', english: 'Tax rate', german: 'Steuersatz', read: ({ taxRate }) => taxRate },
  { kind: 'NUMBER', english: 'Net', german: 'Netto', read: amount('net') },
  { kind: 'NUMBER', english: 'Tax', german: 'Steuer', read: amount('tax') },
  { kind: 'TEXT', english: 'Text', german: 'Buchungstext', read: ({ text }) => text },
  { kind: 'TEXT', english: 'Customer number', german: 'Kundennummer', read: ({ customerNumber }) => customerNumber },
  { kind: 'DATE', english: 'Service from', german: 'Leistung von', read: ({ serviceFrom }) => serviceFrom },
  { kind: 'DATE', english: 'Service to', german: 'Leistung bis', read: ({ serviceTo }) => serviceTo },
]

export const columnName = (column: Column, locale: Locale) => (locale === 'GERMAN' ? column.german : column.english)
