import { isValidIBAN } from 'ibantools'
import { formatAmount, type Money, parseMoney } from '../../platform/values/money.ts'
import { type BankEntry, BrokenBankFile } from './bank-entry.ts'
import type { CamtField } from './camt-fields.ts'

export interface FieldValue {
  readonly text: string
  /** Of an amount. */
  readonly currency: string
}

/** What was read of an entry or transaction; a field that repeats has several values. */
export type Fields = Map<CamtField, FieldValue[]>

const LONGEST_REFERENCE = 140

/** Makes an entry of what a file says of it; `line` is where the file was read to. Throws `BrokenBankFile`. */
export function toEntry(entry: Fields, transaction: Fields, line: number): BankEntry {
  const pick = (field: CamtField) => transaction.get(field)?.[0] ?? entry.get(field)?.[0]
  const text = (field: CamtField) => pick(field)?.text.slice(0, LONGEST_REFERENCE) ?? null
  // The amount of a collective entry is not that of a transaction in it.
  const ownAmount = transaction.get('amount') ?? transaction.get('instructed') ?? entry.get('amount')
  const amount = readAmount(ownAmount?.[0], line)
  if (!amount || amount.minor <= 0n) throw new BrokenBankFile('AMOUNT', line)
  const same = (money: Money | undefined) =>
    money && money.minor > 0n && money.currency === amount.currency ? formatAmount(money) : null
  const direction = readDirection(pick('direction')?.text, line)
  const other = direction === 'CREDIT' ? 'debtor' : otherSide(transaction)
  return {
    direction,
    isBooked: (pick('status')?.text ?? 'BOOK') === 'BOOK',
    amount: formatAmount(amount),
    currency: amount.currency,
    instructed: same(readAmount(pick('instructed'), line)),
    charges: same(sumCharges(transaction.has('charge') || transaction.has('chargesTotal') ? transaction : entry, line)),
    bookedOn: readDay(text('bookedOn'), line),
    bankRef: readReference(text('bankRef') ?? text('entryRef')),
    endToEndId: readReference(text('endToEndId')),
    reasonCode: text('reasonCode'),
    family: pick('family') ? `${text('family')}/${text('subFamily') ?? ''}` : null,
    name: text(other),
    account: hideAccount(text(`${other}Account`)),
    text: joinTexts(transaction.get('text') ?? entry.get('text') ?? []),
  }
}

/** Of money that leaves the payee is the other side; of a direct debit that comes back it is the one who was debited. */
function otherSide(transaction: Fields): 'debtor' | 'creditor' {
  return transaction.has('reasonCode') && transaction.has('debtor') ? 'debtor' : 'creditor'
}

function readDirection(text: string | undefined, line: number): BankEntry['direction'] {
  if (text === 'CRDT') return 'CREDIT'
  if (text === 'DBIT') return 'DEBIT'
  throw new BrokenBankFile('XML', line)
}

function readAmount(value: FieldValue | undefined, line: number): Money | undefined {
  if (!value) return undefined
  if (!/^[A-Z]{3}$/.test(value.currency)) throw new BrokenBankFile('AMOUNT', line)
  const money = parseMoney(value.text.replace(/^\./, '0.').replace(/\.$/, ''), value.currency)
  if (typeof money === 'string') throw new BrokenBankFile('AMOUNT', line)
  return money
}

/** The total where the bank gives it, else its parts without those that it gives back. */
function sumCharges(fields: Fields, line: number): Money | undefined {
  const total = readAmount(fields.get('chargesTotal')?.[0], line)
  if (total) return total
  const [charges, directions] = [fields.get('charge') ?? [], fields.get('chargeDirection') ?? []]
  const parts = charges.map((value, at) => ({
    money: readAmount(value, line),
    isCredit: directions.length === charges.length && directions[at]?.text === 'CRDT',
  }))
  const [first] = parts
  if (!first?.money) return undefined
  const minor = parts.reduce((sum, { money, isCredit }) => (isCredit ? sum : sum + (money?.minor ?? 0n)), 0n)
  return { minor, currency: first.money.currency }
}

function readDay(text: string | null, line: number): Temporal.PlainDate | null {
  if (text === null) return null
  const day = /^(\d{4}-\d{2}-\d{2})(?:[T+Z-].*)?$/.exec(text)?.[1]
  try {
    return Temporal.PlainDate.from(day ?? '')
  } catch {
    throw new BrokenBankFile('DATE', line)
  }
}

/** Banks write a word where there is no reference. */
const readReference = (text: string | null) => (text === null || /^NOT ?PROVIDED$/i.test(text) ? null : text)

/** Country, check digits and the last four signs: enough to recognise an account, too little to use it. */
export function hideAccount(iban: string | null): string | null {
  if (iban === null) return null
  return iban.length <= 8 ? '…' : `${iban.slice(0, 4)}…${iban.slice(-4)}`
}

/** Payers write account numbers into their texts. */
function joinTexts(values: readonly FieldValue[]): string | null {
  const joined = values.map(({ text }) => text).join(' ')
  const hidden = joined.replace(/\b[A-Z]{2}\d{2}[A-Z0-9 ]{11,40}/g, hideWithin)
  return hidden === '' ? null : hidden.slice(0, LONGEST_SHOWN)
}

const LONGEST_SHOWN = 500

/** The text begins like an account; how much of it is one, its check digits say. */
function hideWithin(text: string): string {
  for (let end = text.length; end >= 15; end -= 1) {
    const iban = text.slice(0, end).replaceAll(' ', '')
    if (text[end - 1] !== ' ' && isValidIBAN(iban)) return `${hideAccount(iban)}${text.slice(end)}`
  }
  return text
}
