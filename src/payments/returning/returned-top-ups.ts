import { lockTopUp, type RejectionReason, returnTopUp as bookReturn } from '../../accounts/index.ts'
import { announceToHomeStudio } from '../../customers/index.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { customerPaymentRejected } from '../events.ts'
import { chargeFee, chooseFee, readCost, say } from './returns.ts'

/** What staff say of a top-up whose money did not stay. */
export interface ReturnedTopUp {
  /** The entry of the top-up. */
  readonly entryId: number
  readonly kind: 'RETURN' | 'CHARGEBACK'
  readonly reason: RejectionReason
  /** What the customer has to pay for it, decimal text; 0: nothing. Left out: what the studio has set. */
  readonly fee?: string | undefined
  /** What the bank charges the studio for it, decimal text; 0 or left out: nothing. */
  readonly cost?: string | undefined
}

/**
 * Takes the money of a top-up back: the customer owes it, and the fee of the studio; what was topped up stays. A second
 * return of a top-up changes nothing. Not found (404): an entry that is no top-up by bank or card. Refuses (409) a top-up that
 * was corrected before.
 */
export async function returnTopUp(work: UnitOfWork, back: ReturnedTopUp) {
  const topUp = await lockTopUp(work, back.entryId)
  const { account, studioId, amount } = topUp
  const { customerId } = account
  const cost = readCost(back.cost, amount.currency)
  const fee = await chooseFee(work, back.fee, { studioId, currency: amount.currency })
  const description = await say(work, studioId, 'accounttext.line.topUpReturned')
  const returned = await bookReturn(work, topUp, { ...back, cost, description })
  const { claimId, isNew } = returned
  if (!isNew) return returned
  if (fee) {
    const charge = { customerId, studioId, amount: fee, parentClaimId: claimId }
    await chargeFee(work, { ...charge, journalKey: `return:top-up:${back.entryId}` })
  }
  await announceToHomeStudio(work, customerPaymentRejected, customerId)
  return returned
}
