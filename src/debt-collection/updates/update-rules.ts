import { isAfter } from '../../platform/time/order.ts'

const least = (a: bigint, b: bigint) => (a < b ? a : b)

/** What an agency reports of a debt, in total; minor units. */
export interface ReportedAmounts {
  readonly original: bigint
  readonly canceled: bigint
  readonly paid: bigint
}

export type AmountRefusal = 'ORIGINAL_MISMATCH' | 'EXCEED_ORIGINAL'

/** Whether reported amounts fit what was handed over. More may be paid than is owed. */
export function judgeAmounts(
  { original, canceled, paid }: ReportedAmounts,
  handedOver: bigint,
): AmountRefusal | undefined {
  if (original !== handedOver) return 'ORIGINAL_MISMATCH'
  if (canceled < 0n || paid < 0n || canceled + least(paid, original) > original) return 'EXCEED_ORIGINAL'
  return undefined
}

/** Where a debt stands before a report; minor units. */
export interface DebtFacts {
  /** Open on the account of the customer. */
  readonly open: bigint
  /** What the agency owes for it, if it has bought it. */
  readonly assigned: bigint
  readonly writtenOff: bigint
  readonly isBought: boolean
}

/** What becomes of money that was paid for a debt; minor units. */
export interface PaidPlan {
  /** Revived of what was given up. */
  readonly recovered: bigint
  /** Pays what the agency owes for a debt that it has bought. */
  readonly settled: bigint
  /** Goes to the account of the customer: settles the claim, and what is too much is credit. */
  readonly booked: bigint
}

/**
 * What becomes of `paid` more: what is owed is paid first, then what was given up is revived as far as it is paid after
 * all. The rest is too much, and the customer's.
 */
export function planPaid({ open, assigned, writtenOff, isBought }: DebtFacts, paid: bigint): PaidPlan {
  if (!isBought) {
    const beyond = paid > open ? paid - open : 0n
    return { recovered: least(beyond, writtenOff), settled: 0n, booked: paid }
  }
  const onTime = least(paid, assigned)
  const byCustomer = least(paid - onTime, open)
  const recovered = least(paid - onTime - byCustomer, writtenOff)
  return { recovered, settled: onTime + recovered, booked: paid - onTime - recovered }
}

/** A closure as an agency or staff want it. */
export interface ClosureWish {
  readonly type: 'POSITIVE' | 'NEGATIVE' | 'REVERSAL' | 'REJECTION'
  readonly rejectionReason: string | undefined
  readonly options: readonly { readonly key: string; readonly value: string }[]
  readonly date: Temporal.PlainDate
}

/** A rejection has a reason and nothing else has; options are true or false; no case is closed tomorrow. */
export function isPossibleClosure({ type, rejectionReason, options, date }: ClosureWish, today: Temporal.PlainDate) {
  if ((type === 'REJECTION') !== (rejectionReason !== undefined)) return false
  if (options.some(({ value }) => value !== 'true' && value !== 'false')) return false
  return !isAfter(date, today)
}

type Rule = 'BY_PARTNER' | 'ALWAYS'

/** Whether a closure gives up what is still open. After a reversal or rejection the agency has no say in it. */
export function givesUpRest(
  { type, options }: Pick<ClosureWish, 'type' | 'options'>,
  rules: { readonly onClosure: Rule; readonly onRejection: Rule },
): boolean {
  if (type === 'REVERSAL' || type === 'REJECTION') return rules.onRejection === 'ALWAYS'
  if (rules.onClosure === 'ALWAYS') return true
  return options.some(({ key, value }) => key === 'WRITE_OFF_REMAINING_DEBTS' && value === 'true')
}

/** What a rejection brings about besides. */
export interface RejectionEffects {
  /** What is not handed over any more: each debt, the debtor, or the debtor to this agency. */
  readonly block?: 'DEBTS' | 'DEBTOR' | 'DEBTOR_OF_AGENCY'
  /** How long; left out: without end. */
  readonly months?: number
  /** Payments of the customer are not to be trusted. */
  readonly isFraud?: true
  /** Letters do not arrive. */
  readonly isAddressWrong?: true
}

const effects: Readonly<Record<string, RejectionEffects>> = {
  CLAIMS_ALREADY_IN_COURT: { block: 'DEBTS' },
  CLAIMS_TIME_BARRED_OR_RESIDUAL_DEBT_DISCHARGE_GRANTED: { block: 'DEBTS' },
  FRAUD: { block: 'DEBTOR', isFraud: true },
  NO_COLLECTION_ABROAD_POSSIBLE: { block: 'DEBTOR' },
  COLLECTING_FROM_INHERIT_NOT_POSSIBLE: { block: 'DEBTOR' },
  CONFLICT_OF_INTEREST: { block: 'DEBTOR_OF_AGENCY' },
  HARD_NEGATIVES_IN_DEBTOR_REGISTER: { block: 'DEBTOR', months: 12 },
  POSTAL_DELIVERY_NOT_POSSIBLE: { isAddressWrong: true },
}

export const effectsOfRejection = (reason: string | undefined): RejectionEffects => (reason && effects[reason]) || {}
