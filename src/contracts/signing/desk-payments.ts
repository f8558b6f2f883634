import { randomUUID } from 'node:crypto'
import { bookPayment, findAccountState, listClaims, type PaymentChoice } from '../../accounts/index.ts'
import { enterMandate, installInstrument, type PaperMandate, type TokenBooking } from '../../payments/index.ts'
import { ApiError, badRequest, referTo } from '../../platform/errors/errors.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'

/** What staff take and agree on at the desk. */
export interface DeskPayment {
  readonly kind: 'DESK'
  /** A mandate that was signed on paper: the member is debited from now on. */
  readonly mandate?: Omit<PaperMandate, 'customerId'> | undefined
  /** The member pays by hand from now on. Left out, like the mandate: as before. */
  readonly paysBy?: 'CASH' | 'BANK_TRANSFER' | undefined
  /** How what is due on signing was paid; left out: it stays open on the account. */
  readonly paidBy?: 'CASH' | 'BANK_TRANSFER' | 'CREDIT_CARD' | undefined
}

/** From now on the member pays as was agreed at the desk. */
export async function agreeAtDesk(work: UnitOfWork, customerId: number, { mandate, paysBy }: DeskPayment) {
  if (paysBy) await installInstrument(work, { customerId, method: paysBy, instrumentId: null })
  if (!mandate) return
  try {
    await enterMandate(work, work.installation.secrets, { ...mandate, customerId })
  } catch (error) {
    throw error instanceof ApiError ? referTo('mandate', error) : error
  }
}

/** Books what was paid at the desk: what is open of these claims, which credit of the account may have settled in part. */
export async function payAtDesk(
  work: UnitOfWork,
  { customerId, studioId, claimIds = [], description }: TokenBooking,
  { paidBy }: DeskPayment,
) {
  const claims = await listClaims(work.tx, claimIds)
  const [first] = claims
  if (!first || paidBy === undefined) return
  const amount = { minor: claims.reduce((sum, { openAmount }) => sum + openAmount, 0n), currency: first.currency }
  const journalKey = `staff:${randomUUID()}`
  await bookPayment(work, { customerId, studioId, amount, method: paidBy, description, claimIds, journalKey })
}

/** Refuses (400) a customer who pays in a way that an offer does not take. */
export async function refuseOtherChoice(work: UnitOfWork, customerId: number, choices: readonly PaymentChoice[]) {
  const account = await findAccountState(work, customerId)
  if (choices.includes(account?.paymentChoice ?? 'CASH')) return
  throw badRequest('errormessage.membership.paymentChoiceNotAllowed')
}
