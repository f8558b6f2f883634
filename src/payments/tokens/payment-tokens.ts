import { type ApiError, badRequest } from '../../platform/errors/errors.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { presentMoney } from '../../platform/api/values.ts'
import { findRequest, findRequestByToken, type FoundRequest, lockSessions } from './request-store.ts'
import { hashToken } from './secret-tokens.ts'
import { judgeToken, type TokenRefusal, type TokenWish } from './token-rules.ts'

/** A token as an operation received it, and what it wants of it. */
export interface TokenUse extends TokenWish {
  readonly token: string
  /** The field of the body that holds the token: refusals name it. */
  readonly reference: string
}

/** A token that may be used in the unit that has checked it. */
export interface CheckedToken extends FoundRequest {
  readonly reference: string
}

/**
 * Checks the tokens of one request body, in the order of their fields, and holds their sessions until the unit ends. An
 * operation that writes uses tokens like this, all in one unit:
 *
 * 1. It checks the customer (and locks the customer, then contracts), and computes what is due.
 * 2. `checkPaymentTokens(work, uses, studioIds)`, once for all tokens of the body. A refusal (400) leaves every token as it
 *    was. `studioIds` are the studios whose sessions count: those that the key of the caller sees.
 * 3. It does its own remaining checks, and writes.
 * 4. `consumeInstrument(work, checked, customerId)` for a token that brings an instrument, then
 *    `consumePayment(work, checked, booking)` for one that pays, in this order. Both roll back with the unit.
 *
 * `consumePayment` comes last. It asks the provider for a known instrument that is not authorised yet: it undoes the unit,
 * asks outside of any transaction, and the unit begins again. What must not happen twice therefore belongs into the unit.
 * After the commit a job collects the money; nothing of that concerns the caller.
 */
export async function checkPaymentTokens(
  work: UnitOfWork,
  uses: readonly TokenUse[],
  studioIds: readonly number[],
): Promise<readonly CheckedToken[]> {
  const found = await Promise.all(uses.map(({ token }) => findRequestByToken(work.tx, hashToken(token))))
  await lockSessions(work.tx, [...new Set(found.flatMap((each) => each?.sessionId ?? []))])
  const checked: CheckedToken[] = []
  for (const [index, use] of uses.entries()) {
    const known = found[index]
    const facts = known && (await findRequest(work.tx, known.requestId))
    const isRepeated = checked.some(({ requestId }) => requestId === facts?.requestId)
    const context = { now: work.now, studioIds, isRepeated, sharedIdentity: checked[0]?.identity }
    const refusal = judgeToken(facts, use, context)
    if (refusal || !facts) throw refuseToken(refusal ?? 'UNKNOWN', use)
    checked.push({ ...facts, reference: use.reference })
  }
  return checked
}

/** Checks the only token of a body, like {@link checkPaymentTokens}. */
export async function checkPaymentToken(
  work: UnitOfWork,
  use: TokenUse,
  studioIds: readonly number[],
): Promise<CheckedToken> {
  const [checked] = await checkPaymentTokens(work, [use], studioIds)
  if (!checked) throw refuseToken('UNKNOWN', use)
  return checked
}

/** The refusal of a token that was taken between two statements. */
export const refuseUsed = (reference: string) => refuseToken('ALREADY_USED', { reference })

function refuseToken(
  refusal: TokenRefusal,
  { reference, expected }: Pick<TokenUse, 'reference' | 'expected'>,
): ApiError {
  switch (refusal) {
    case 'CUSTOMER_MISMATCH':
      return refuseCustomer(reference)
    case 'AMOUNT_MISMATCH':
      return badRequest('errormessage.paymentToken.amountMismatch', {
        args: expected ? [{ type: 'MONEY', value: presentMoney(expected[0]) }] : [],
        reference,
      })
    case 'METHOD_NOT_ALLOWED':
      return badRequest('errormessage.membership.paymentChoiceNotAllowed', { reference })
    case 'UNKNOWN':
    case 'ALREADY_USED':
    case 'EXPIRED':
    case 'NOT_AUTHORISED':
    case 'DUPLICATE':
    case 'WRONG_SCOPE':
      return badRequest('errormessage.paymentToken.invalid', { args: [{ type: 'ENUM', value: refusal }], reference })
  }
}

export const refuseCustomer = (reference: string) =>
  badRequest('errormessage.paymentToken.customerMismatch', { reference })
