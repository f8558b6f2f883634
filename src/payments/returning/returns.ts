import {
  bookBankCost,
  bookPayment,
  chargeCustomer,
  choosePayment,
  findPaymentStanding,
  listOpenAgain,
  lockAccount,
  type PaymentReversal,
  reversePayment,
} from '../../accounts/index.ts'
import { announceToHomeStudio } from '../../customers/index.ts'
import { chooseLanguage, formatSentence } from '../../platform/errors/localisation.ts'
import { conflict, notFound, refuseFields, violation } from '../../platform/errors/errors.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { type Money, readMoney } from '../../platform/values/money.ts'
import { findStudio } from '../../studios/index.ts'
import { customerPaymentRejected } from '../events.ts'
import { endInstrumentRow, findInstrument } from '../instruments/instrument-store.ts'
import type { ReturnCause } from './return-rules.ts'
import { findReturnFee } from './return-settings-store.ts'
import { recordReturnedItem } from '../runs/returned-items.ts'
import { markReversed } from './return-store.ts'

/** Money that was there and was taken back. */
export interface PaymentReturn extends ReturnCause {
  readonly paymentId: number
  readonly kind: 'RETURN' | 'CHARGEBACK'
  /** What the bank charges the studio for it, above 0 in the currency of the books; left out: nothing, or not known. */
  readonly cost?: Money | undefined
  /** What the customer has to pay for it, decimal text; 0: nothing. Left out: what the studio has set. */
  readonly fee?: string | undefined
}

export interface ReturnOutcome {
  /** The entry of the journal. */
  readonly entryId: number
  /** False when the payment was returned before: then nothing has changed. */
  readonly isNew: boolean
}

/**
 * Takes a payment back that had arrived: what it settled is open again, with the reason, and the customer pays the fee of
 * the studio. After some reasons its instrument is out of use. A second return of a payment changes nothing. Refuses (409)
 * what was refunded or corrected before.
 */
export async function returnPayment(work: UnitOfWork, back: PaymentReturn): Promise<ReturnOutcome> {
  const { paymentId, kind, reason, endsInstrument, cost } = back
  const { customerId, reversal, studioId, currency } = await lockStanding(work, paymentId)
  if (isReturn(reversal)) return { entryId: reversal.entryId, isNew: false }
  const fee = await chooseFee(work, back.fee, { studioId, currency })
  const collected = await markReversed(work.tx, paymentId, reason, work.now)
  const instrumentId = collected?.instrumentId ?? null
  const rejection = { paymentId, customerId, kind, reason, endsInstrument, instrumentId } as const
  const { entryId, claimIds } = await rejectPayment(work, rejection)
  if (collected?.runItemId) await recordReturnedItem(work, collected.runItemId, reason)
  if (cost) await bookBankCost(work, { paymentId, amount: cost, description: reason })
  if (fee) {
    const charge = { customerId, studioId, amount: fee, parentClaimId: claimIds[0] }
    await chargeFee(work, { ...charge, journalKey: `return:${paymentId}` })
  }
  return { entryId, isNew: true }
}

/** A payment with its account locked. Unknown ids, and credit items that are no payments, are not found (404). */
export async function lockStanding(work: UnitOfWork, paymentId: number) {
  const { customerId } = await findStanding(work, paymentId)
  await lockAccount(work, customerId)
  return findStanding(work, paymentId)
}

async function findStanding(work: UnitOfWork, paymentId: number) {
  const standing = await findPaymentStanding(work.tx, paymentId)
  if (!standing) throw notFound('payment', paymentId)
  return standing
}

type Reversal = Awaited<ReturnType<typeof findStanding>>['reversal']

/** Whether the money was taken back, and not only the booking of it corrected. */
export const isReturn = (reversal: Reversal): reversal is NonNullable<Reversal> =>
  reversal?.kind === 'RETURN' || reversal?.kind === 'CHARGEBACK'

/** Where something was paid, and in which currency. */
export interface Books {
  readonly studioId: number
  readonly currency: string
}

function readCharge(text: string, currency: string, field: 'fee' | 'cost'): Money | undefined {
  const charge = readMoney(text, currency, field)
  if (charge.minor < 0n) throw refuseFields([violation(field, 'min', { type: 'DECIMAL', value: 0 })])
  return charge.minor === 0n ? undefined : charge
}

/** What staff say that a bank has charged, decimal text; 0 is nothing. */
export const readCost = (text: string | undefined, currency: string): Money | undefined =>
  text === undefined ? undefined : readCharge(text, currency, 'cost')

/** What a customer pays for a return: what staff say, else what the studio has set. */
export async function chooseFee(work: UnitOfWork, wanted: string | undefined, { studioId, currency }: Books) {
  return wanted === undefined ? findReturnFee(work.tx, studioId) : readCharge(wanted, currency, 'fee')
}

interface ReturnFee {
  readonly customerId: number
  readonly studioId: number
  readonly amount: Money
  readonly parentClaimId: number | undefined
  /** The same key charges once. */
  readonly journalKey: string
}

/** Charges a customer for a return. */
export async function chargeFee(work: UnitOfWork, fee: ReturnFee) {
  const description = await say(work, fee.studioId, 'accounttext.line.returnFee')
  await chargeCustomer(work, { ...fee, kind: 'BANK_FEE', chargeType: 'FEE', description })
}

/** A payment that did not arrive, or did not stay. */
export interface Rejection extends ReturnCause, Pick<PaymentReversal, 'paymentId' | 'kind'> {
  readonly customerId: number
  /** What it was collected with; null where that is not known. */
  readonly instrumentId: number | null
}

/**
 * Opens again what a payment had settled, puts its instrument out of use where the reason says so, and sends the event.
 * Answers the entry and what is open again.
 */
export async function rejectPayment(work: UnitOfWork, rejection: Rejection) {
  const { paymentId, customerId, kind, reason, endsInstrument, instrumentId } = rejection
  const reversed = await reversePayment(work, { paymentId, kind, description: reason, rejection: reason })
  if (endsInstrument && instrumentId !== null) await endInstrument(work, instrumentId)
  await announceToHomeStudio(work, customerPaymentRejected, customerId)
  return reversed
}

/** Puts an instrument out of use; a customer who was charged by it pays in cash from now on. */
export async function endInstrument(work: UnitOfWork, instrumentId: number) {
  const instrument = await findInstrument(work.tx, instrumentId)
  if (!instrument) throw notFound('paymentInstrument', instrumentId)
  await endInstrumentRow(work.tx, instrumentId, work.now)
  const { customerId, isRunDefault } = instrument
  if (customerId !== null && isRunDefault) await choosePayment(work, customerId, 'CASH')
  work.audit({ action: 'paymentInstrument.ended', entityKind: 'paymentInstrument', entityId: instrumentId })
}

/**
 * Books a payment anew that was taken back and came again, for instance after a dispute that the studio has won. It settles
 * what it had settled, as far as that is open. Answers the new payment, each time the same one. Refuses (409) a payment
 * that was not returned.
 */
export async function restorePayment(work: UnitOfWork, paymentId: number): Promise<number> {
  const { customerId, reversal, studioId, currency, method } = await lockStanding(work, paymentId)
  if (!isReturn(reversal)) {
    throw conflict('errormessage.payment.notReturned', { args: [{ type: 'INTEGER', value: paymentId }] })
  }
  const description = await say(work, studioId, 'accounttext.line.paymentRestored', paymentId)
  const amount = { minor: reversal.amount, currency }
  const claimIds = await listOpenAgain(work.tx, paymentId)
  const payment = { customerId, studioId, method, amount, claimIds, description }
  return bookPayment(work, { ...payment, journalKey: `restored:${paymentId}` })
}

/** A text in the language of a studio. */
export async function say(
  work: UnitOfWork,
  studioId: number,
  key: string,
  ...values: readonly number[]
): Promise<string> {
  const studio = await findStudio(work.db, studioId)
  const args = values.map((value) => ({ type: 'STRING', value: String(value) }) as const)
  return formatSentence(key, chooseLanguage(undefined, studio?.languageTag), args)
}
