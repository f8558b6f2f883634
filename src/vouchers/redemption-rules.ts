import { judgePerson } from '../customers/creation/person-rules.ts'
import { fold, foldEmail } from '../customers/reading/search-rules.ts'
import { type CustomerStatus, judgeStatus } from '../customers/status-rules.ts'
import type { Violation } from '../platform/errors/errors.ts'
import { isAfter, isBefore } from '../platform/time/order.ts'
import { onOneLine } from '../platform/validation/pasted-text.ts'

/** Who redeems a voucher, as the caller wrote it. */
export interface Redeemer {
  readonly firstname: string
  readonly lastname: string
  readonly email: string
}

/** The names and the address as they are compared and searched for. */
export interface FoldedRedeemer {
  readonly firstFold: string
  readonly lastFold: string
  readonly emailFold: string
}

export function foldRedeemer({ firstname, lastname, email }: Redeemer): FoldedRedeemer {
  return { firstFold: fold(firstname), lastFold: fold(lastname), emailFold: foldEmail(email) }
}

/** What is wrong with the names and the address, by the fields of the request. */
export function judgeRedeemer({ firstname, lastname, email }: Redeemer, today: Temporal.PlainDate): Violation[] {
  const [firstName, lastName] = [onOneLine(firstname), onOneLine(lastname)]
  const apiFieldNames: Readonly<Record<string, string>> = { firstName: 'firstname', lastName: 'lastname' }
  return judgePerson({ firstName, lastName, email: email.trim() }, today).map(({ reference, args, ...same }) => {
    const named = apiFieldNames[reference] ?? reference
    return {
      ...same,
      reference: named,
      args: args.map((arg) => (arg.value === reference ? { ...arg, value: named } : arg)) as typeof args,
    }
  })
}

/** A voucher with its campaign, for the studio of the redemption. Both dates are inclusive. */
export interface VoucherTerms {
  readonly isActive: boolean
  readonly validFrom: Temporal.PlainDate
  readonly validTo: Temporal.PlainDate
  readonly offerIds: readonly number[]
  readonly defaultOfferId: number
  readonly membersAllowed: boolean
  readonly maxPerPerson: number
}

export type RedemptionRefusal =
  | 'inactive'
  | 'notYetValid'
  | 'expired'
  | 'offerMismatch'
  | 'memberNotAllowed'
  | 'personLimitReached'

/** Whether a voucher counts on a local date, and for which offer; first refusal in the order of the checks. */
export function planOffer(
  terms: VoucherTerms,
  wantedOfferId: number | undefined,
  today: Temporal.PlainDate,
): { readonly offerId: number } | { readonly refusal: RedemptionRefusal } {
  const { isActive, validFrom, validTo, offerIds, defaultOfferId } = terms
  if (!isActive) return { refusal: 'inactive' }
  if (isBefore(today, validFrom)) return { refusal: 'notYetValid' }
  if (isAfter(today, validTo)) return { refusal: 'expired' }
  const offerId = wantedOfferId ?? defaultOfferId
  return offerIds.includes(offerId) ? { offerId } : { refusal: 'offerMismatch' }
}

/** Whether this person may have one more of the campaign; `membershipUntil` is null for a new person. */
export function judgeHolder(
  { membersAllowed, maxPerPerson }: VoucherTerms,
  person: { readonly membershipUntil: string | null; readonly redeemed: number },
  today: Temporal.PlainDate,
): RedemptionRefusal | undefined {
  const status: CustomerStatus = judgeStatus(person.membershipUntil, today.toString())
  if (status === 'MEMBER' && !membersAllowed) return 'memberNotAllowed'
  return person.redeemed >= maxPerPerson ? 'personLimitReached' : undefined
}
