import type { AccountState, PaymentChoice } from '../../accounts/index.ts'
import { type ContractPlan, planInitialSchedule, sumDueOnSigning } from '../../membership-offers/index.ts'
import { type CheckedToken, checkPaymentTokens, type TokenUse } from '../../payments/index.ts'
import { presentMoney } from '../../platform/api/values.ts'
import { badRequest } from '../../platform/errors/errors.ts'
import type { PartnerWork } from '../../platform/units/work.ts'
import type { Money } from '../../platform/values/money.ts'

/** The tokens of a request: one says how the member pays from now on, the other pays what is due on signing. */
export interface SentTokens {
  /** Left out: the member goes on paying as before, whatever the offer takes. */
  readonly instrument?: { readonly token: string | undefined; readonly reference: string }
  readonly payment: { readonly token: string | undefined; readonly reference: string }
}

/** Who pays, and by what. */
export interface PaymentWish {
  /** What is due on signing. */
  readonly due: Money
  readonly customerId: number | 'NEW'
  readonly choices: readonly PaymentChoice[]
  readonly tokens: SentTokens
  /** Of a customer who is known already; credit may pay a part. */
  readonly account?: AccountState | undefined
}

/** Tokens that may be used in this unit. */
export interface CheckedTokens {
  readonly kind: 'TOKENS'
  readonly instrument: CheckedToken | undefined
  readonly payment: CheckedToken | undefined
}

/**
 * Refuses (400) a way of paying that the offer does not take, a missing payment of what is due on signing, and tokens that
 * may not be used; for customers with credit on the account the payment may be lower by it.
 */
export async function checkPayment(work: PartnerWork, wish: PaymentWish): Promise<CheckedTokens> {
  const { customerId, choices, tokens, account } = wish
  const amounts = listDueAmounts(wish)
  const [due] = amounts
  const isOpen = amounts.every(({ minor }) => minor > 0n)
  const { instrument } = tokens
  const chosen = readToken(instrument?.token)
  if (instrument && chosen === undefined && !choices.includes(account?.paymentChoice ?? 'CASH')) {
    throw badRequest('errormessage.membership.paymentChoiceNotAllowed', { reference: instrument.reference })
  }
  const paid = readToken(tokens.payment.token)
  if (isOpen && paid === undefined) {
    const { reference } = tokens.payment
    // Clients send the token in a field of another operation now and then, and fields that are not declared are ignored.
    const args = [
      { type: 'MONEY', value: presentMoney(due) },
      { type: 'STRING', value: reference },
    ] as const
    throw badRequest('errormessage.membership.initialPaymentMissing', { args, reference })
  }
  const uses: TokenUse[] = []
  if (instrument && chosen !== undefined) {
    uses.push({ ...instrument, token: chosen, purpose: 'INSTRUMENT', customerId, allowedMethods: choices })
  }
  if (paid !== undefined) {
    const online = choices.filter((choice) => onlineChoices.has(choice))
    const allowedMethods = online.length > 0 ? online : undefined
    uses.push({ ...tokens.payment, token: paid, purpose: 'PAYMENT', customerId, expected: amounts, allowedMethods })
  }
  const checked = await checkPaymentTokens(work, uses, work.caller.visibleStudioIds)
  return {
    kind: 'TOKENS',
    instrument: chosen === undefined ? undefined : checked[0],
    payment: paid === undefined ? undefined : checked.at(-1),
  }
}

/** What is due on signing a contract by itself. */
export function findDueOnSigning(plan: ContractPlan): Money {
  return sumDueOnSigning(planInitialSchedule(plan), plan.currency)
}

/** What can pay at once. An offer that names none of them takes them all for what is due on signing. */
const onlineChoices: ReadonlySet<PaymentChoice> = new Set(['CREDIT_CARD', 'PAYPAL', 'TWINT', 'IDEAL', 'BANCONTACT'])

/** What is due on signing, and the rest of it after the credit of the account where there is some. */
function listDueAmounts({ due, account }: PaymentWish): [Money, ...Money[]] {
  const credit = account?.balance.minor ?? 0n
  if (credit <= 0n || due.minor === 0n) return [due]
  const rest = due.minor - credit
  return [due, { minor: rest < 0n ? 0n : rest, currency: due.currency }]
}

/** A blank token counts as none. */
function readToken(token: string | undefined): string | undefined {
  return token === undefined || token.trim() === '' ? undefined : token
}
