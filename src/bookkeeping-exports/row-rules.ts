import type { BookedEntry, BookedLine } from '../accounts/index.ts'

/** A booking as bookkeeping reads it: so much from one account to another. Amounts are minor units, 0 or more. */
export interface ExportRow {
  /** ISO. */
  readonly date: string
  /** The entry of the journal; empty where several are added up. */
  readonly document: string
  readonly account: string
  readonly contra: string
  /** Soll (debit) or Haben (credit) of `account`. */
  readonly side: 'S' | 'H'
  readonly amount: bigint
  readonly currency: string
  readonly taxKey: string
  /** In percent; empty without tax. */
  readonly taxRate: string
  readonly net: bigint
  readonly tax: bigint
  readonly text: string
  readonly customerNumber: string
  readonly serviceFrom: string
  readonly serviceTo: string
}

export type AccountForm = 'PERSONAL' | 'FOLDED'

/**
 * The account that an entry is about: what moved money, else the claim on the customer, else the prepaid credit. Every
 * other line is one row against it.
 */
const anchors: readonly BookedLine['role'][] = [
  'CASH',
  'BANK_TRANSIT',
  'PSP_CLEARING',
  'AGENCY_CLEARING',
  'RECEIVABLE',
  'RECEIVABLE_AGENCY',
  'CONSUMPTION_CREDIT',
  'VOUCHER_LIABILITY',
]

/** Rows of an entry. What only moves within one account has none. */
export function listRows(entry: BookedEntry, form: AccountForm): ExportRow[] {
  const role = anchors.find((each) => entry.lines.some((line) => line.role === each)) ?? entry.lines[0]?.role
  const anchor = entry.lines.find((line) => line.role === role)
  if (!anchor) return []
  const account = showAccount(anchor, form)
  return mergeTax(entry.lines.filter((line) => line.role !== role)).map(({ line, tax, taxLine }) => {
    const gross = line.amount + tax
    const person = anchor.customerNumber ?? line.customerNumber
    const served = line.serviceFrom === null ? anchor : line
    return {
      date: entry.bookingDate,
      document: String(entry.id),
      account,
      contra: showAccount(line, form),
      side: gross < 0n ? 'S' : 'H',
      amount: positive(gross),
      currency: entry.currency,
      taxKey: taxLine?.taxKey ?? '',
      taxRate: shortRate(taxLine?.taxRate ?? null),
      net: positive(line.amount),
      tax: positive(tax),
      text: entry.description,
      customerNumber: person ?? '',
      serviceFrom: served.serviceFrom ?? '',
      serviceTo: served.serviceTo ?? '',
    }
  })
}

interface Merged {
  readonly line: BookedLine
  readonly tax: bigint
  /** What says which tax it is. */
  readonly taxLine: BookedLine | undefined
}

/** Puts tax into the row of the revenue that it belongs to, or of the debt that is given up. */
function mergeTax(lines: readonly BookedLine[]): Merged[] {
  const taxes = lines.filter(({ role }) => role === 'TAX_OUTPUT')
  const used = new Set<BookedLine>()
  const merged = lines
    .filter(({ role }) => role !== 'TAX_OUTPUT')
    .map((line): Merged => {
      const belongs = (tax: BookedLine) =>
        !used.has(tax) && (line.role === 'REVENUE' ? tax.taxCodeId === line.taxCodeId : line.role === 'BAD_DEBT')
      const tax = taxes.find(belongs)
      if (tax) used.add(tax)
      const taxLine = tax ?? (line.role === 'REVENUE' ? line : undefined)
      return { line, tax: tax?.amount ?? 0n, taxLine }
    })
  const alone = taxes.filter((tax) => !used.has(tax)).map((line): Merged => ({ line, tax: 0n, taxLine: line }))
  return [...merged, ...alone]
}

/** A customer's account has the number of the debtor, where that is a number. */
function showAccount({ role, number, debtorId }: BookedLine, form: AccountForm): string {
  return form === 'PERSONAL' && role === 'RECEIVABLE' && debtorId !== null && /^\d+$/.test(debtorId) ? debtorId : number
}

const positive = (amount: bigint) => (amount < 0n ? -amount : amount)

/** `19.0000` is shown as `19`. */
const shortRate = (rate: string | null) => (rate ?? '').replace(/\.?0+$/, '') || (rate === null ? '' : '0')

/** Adds rows up by month, accounts, tax and side. As many sums as there are combinations, however many rows. */
export class Sums {
  readonly #sums = new Map<string, ExportRow>()

  add(row: ExportRow) {
    const date = `${row.date.slice(0, 7)}-01`
    const key = [date, row.account, row.contra, row.taxKey, row.taxRate, row.side, row.currency].join('|')
    const before = this.#sums.get(key)
    const empty = { document: '', text: '', customerNumber: '', serviceFrom: '', serviceTo: '' }
    this.#sums.set(key, {
      ...row,
      ...empty,
      date,
      amount: row.amount + (before?.amount ?? 0n),
      net: row.net + (before?.net ?? 0n),
      tax: row.tax + (before?.tax ?? 0n),
    })
  }

  /** In a fixed order. */
  list(): readonly ExportRow[] {
    const keys = [...this.#sums.keys()].toSorted((a, b) => (a < b ? -1 : 1))
    return keys.flatMap((key) => this.#sums.get(key) ?? [])
  }
}
