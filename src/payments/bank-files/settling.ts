import { bookPayment, lockAccount, type RejectionReason } from '../../accounts/index.ts'
import { badRequest, conflict, notFound, refuseFields, violation } from '../../platform/errors/errors.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { readMoney } from '../../platform/values/money.ts'
import { readBankCode, readReason } from '../returning/return-rules.ts'
import { lockStanding, readCost, returnPayment } from '../returning/returns.ts'
import { type EntryRow, lockEntry, updateEntry } from './entry-store.ts'

/** What staff say that an entry is about. It names a payment, a customer, or says in a note what has become of it. */
export interface Settlement {
  /** The payment that it takes back. */
  readonly paymentId?: number | undefined
  /** Left out: what the code of the bank means. */
  readonly reason?: RejectionReason | undefined
  /** What the bank charges the studio for the return, decimal text; left out: nothing. */
  readonly cost?: string | undefined
  /** What the customer pays for the return, decimal text; left out: what the studio has set. */
  readonly fee?: string | undefined
  /** Who has paid with it. */
  readonly customerId?: number | undefined
  /** What it settles first. */
  readonly claimIds?: readonly number[] | undefined
  readonly note?: string | undefined
}

/**
 * Deals with an entry that belongs to nothing known: returns a payment, books one of a customer, or only notes what has become
 * of it. Answers the payment, if there is one. Refuses (409) an entry that does not wait for staff.
 */
export async function settleEntry(work: UnitOfWork, entryId: number, settlement: Settlement) {
  const entry = await lockEntry(work.tx, entryId)
  if (!entry) throw notFound('bankEntry', entryId)
  const { paymentId, customerId, note } = settlement
  if ([paymentId, customerId, note].every((each) => each === undefined)) {
    throw refuseFields([violation('note', 'required')])
  }
  if (paymentId !== undefined && customerId !== undefined) {
    throw refuseFields([violation('customerId', 'format', { type: 'STRING', value: 'field' })])
  }
  const args = [{ type: 'INTEGER', value: entryId }] as const
  if (entry.state !== 'UNMATCHED') throw conflict('errormessage.bankEntry.notOpen', { args })
  const wanted = paymentId === undefined ? customerId && 'CREDIT' : 'DEBIT'
  if (wanted && entry.direction !== wanted) throw badRequest('errormessage.bankEntry.wrongDirection', { args })
  const settled = await carryOut(work, entry, settlement)
  const changes = { state: 'SETTLED', unmatchedReason: null, error: null, note: note ?? null, ...settled } as const
  await updateEntry(work.tx, entryId, changes, work.now)
  const diff = { state: ['UNMATCHED', 'SETTLED'], paymentId: [null, settled.paymentId ?? null] } as const
  work.audit({ action: 'bankEntry.settled', entityKind: 'bankEntry', entityId: entryId, diff })
  return settled.paymentId
}

async function carryOut(
  work: UnitOfWork,
  entry: EntryRow,
  settlement: Settlement,
): Promise<Partial<Pick<EntryRow, 'paymentId' | 'rejectionReason'>>> {
  const { paymentId, customerId, reason, fee } = settlement
  if (paymentId !== undefined) {
    const { currency } = await lockStanding(work, paymentId)
    const cause = reason === undefined ? readBankCode(entry.reasonCode) : readReason(reason)
    await returnPayment(work, { paymentId, kind: 'RETURN', ...cause, fee, cost: readCost(settlement.cost, currency) })
    return { paymentId, rejectionReason: cause.reason }
  }
  return customerId === undefined ? {} : { paymentId: await bookIncoming(work, entry, { ...settlement, customerId }) }
}

async function bookIncoming(
  work: UnitOfWork,
  entry: EntryRow,
  { customerId, claimIds }: Settlement & { readonly customerId: number },
) {
  const { homeStudioId } = await lockAccount(work, customerId)
  return bookPayment(work, {
    customerId,
    studioId: homeStudioId,
    amount: readMoney(entry.amount, entry.currency, 'amount'),
    method: 'BANK_TRANSFER',
    description: entry.text ?? entry.name ?? entry.bankRef ?? entry.amount,
    claimIds,
    valueDate: entry.bookedOn ?? undefined,
    journalKey: `bank-entry:${entry.id}`,
  })
}
