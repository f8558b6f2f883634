import { type ApiError, badRequest, conflict } from '../platform/errors/errors.ts'
import { amountNumber } from '../platform/values/money.ts'

/** More than there is was to be taken back, given up or paid out; `possible` in minor units. */
export function refuseTooMuch(possible: bigint, currency: string): ApiError {
  const amount = amountNumber({ minor: possible > 0n ? possible : 0n, currency })
  return badRequest('errormessage.account.amountTooLarge', { args: [{ type: 'MONEY', value: { amount, currency } }] })
}

/** What a payment run collects just now cannot be settled in another way as well. */
export function refuseInFlight({
  id,
  inFlightItemId,
}: {
  readonly id: number
  readonly inFlightItemId: number | null
}) {
  if (inFlightItemId === null) return
  throw conflict('errormessage.account.claimInPaymentRun', { args: [{ type: 'INTEGER', value: id }] })
}
