import { type Money, parseMoney } from '../../platform/values/money.ts'
import type { BankEntry } from './bank-entry.ts'
import type { entryStates, unmatchedReasons } from './bank-file-tables.ts'

type EntryState = (typeof entryStates)[number]
type UnmatchedReason = (typeof unmatchedReasons)[number]

/** Sub-families of direct debits that came back: unpaid, reversed, or paid back by the bank of the payer. */
const returningFamilies: ReadonlySet<string> = new Set(['IDDT/UPDD', 'IDDT/RCDD', 'IDDT/PRDD'])
const ofRun = /^P[1-9]\d*$/

type Kind = Pick<BankEntry, 'direction' | 'reasonCode' | 'family' | 'endToEndId'>

/** Whether an entry takes back what a payment run has collected. */
export function isReturn({ direction, reasonCode, family, endToEndId }: Kind): boolean {
  if (direction !== 'DEBIT') return false
  return reasonCode !== null || returningFamilies.has(family ?? '') || ofRun.test(endToEndId ?? '')
}

/** What a payment run has collected under the reference that an entry names. */
export interface Collection {
  /** Null until the payment is booked. */
  readonly paymentId: number | null
  /** Decimal text. */
  readonly amount: string
  readonly currency: string
}

export interface Judgement {
  readonly state: EntryState
  readonly unmatchedReason: UnmatchedReason | null
  readonly paymentId: number | null
  /** What the bank charges the studio. */
  readonly cost: Money | null
}

type Judged = Pick<BankEntry, 'isBooked' | 'amount' | 'currency' | 'instructed' | 'charges'> & Kind

/** What an entry is about. Whatever is not certain is left to staff. */
export function judgeEntry(entry: Judged, collection: Collection | undefined): Judgement {
  if (!entry.isBooked) return unmatched('ANNOUNCED')
  if (!isReturn(entry)) return judgeOther(entry, collection)
  if (!collection) return unmatched('UNKNOWN_COLLECTION')
  const cost = findCost(entry, collection)
  if (cost === 'DIFFERS') return unmatched('AMOUNT_DIFFERS')
  const { paymentId } = collection
  if (paymentId === null) return { ...unmatched('NOT_COLLECTED_YET'), cost: cost ?? null }
  return { state: 'MATCHED', unmatchedReason: null, paymentId, cost: cost ?? null }
}

function judgeOther(entry: Judged, collection: Collection | undefined): Judgement {
  if (entry.direction === 'DEBIT') return unmatched('OUTGOING')
  const isOurs =
    collection !== undefined &&
    collection.paymentId !== null &&
    entry.reasonCode === null &&
    isEqual(read(entry.amount, entry.currency), read(collection.amount, collection.currency))
  if (!isOurs) return unmatched('INCOMING')
  return { state: 'COLLECTED', unmatchedReason: null, paymentId: collection.paymentId, cost: null }
}

function unmatched(unmatchedReason: UnmatchedReason): Judgement {
  return { state: 'UNMATCHED', unmatchedReason, paymentId: null, cost: null }
}

/**
 * What the bank charges for a return: what it says, else what it took besides the amount that it names. DIFFERS when the amount
 * is that of another collection. A bank takes its charges together with the amount, or apart from it.
 */
function findCost(entry: Judged, collection: Collection): Money | undefined | 'DIFFERS' {
  const { currency } = entry
  const [taken, collected] = [read(entry.amount, currency), read(collection.amount, collection.currency)]
  const charges = entry.charges === null ? undefined : read(entry.charges, currency)
  const named = entry.instructed === null ? undefined : read(entry.instructed, currency)
  const withoutCharges = charges && { minor: taken.minor - charges.minor, currency }
  if (![named, taken, withoutCharges].some((each) => each && isEqual(each, collected))) return 'DIFFERS'
  if (charges) return charges.minor > 0n ? charges : undefined
  const more = taken.minor - collected.minor
  return more > 0n ? { minor: more, currency } : undefined
}

const isEqual = (a: Money, b: Money) => a.minor === b.minor && a.currency === b.currency

function read(amount: string, currency: string): Money {
  const money = parseMoney(amount, currency)
  if (typeof money === 'string') throw new Error(`${amount} is no amount.`)
  return money
}
