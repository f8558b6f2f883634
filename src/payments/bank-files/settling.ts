import { bookPayment, lockAccount, type RejectionReason } from '../../accounts/index.ts'
import { badRequest, conflict, notFound, refuseFields, violation } from '../../platform/errors/errors.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { readMoney } from '../../platform/values/money.ts'
import { readBankCode, readReason } from '../returning/return-rules.ts'
import { returnTopUp } from '../returning/returned-top-ups.ts'
import { lockStanding, readCost, returnPayment } from '../returning/returns.ts'
import { type EntryRow, lockEntry, updateEntry } from './entry-store.ts'

/** What staff say that an entry is about. It names a payment, a top-up, a customer, or says in a note what has become of it. */
export interface Settlement {
  /** The payment that it takes back. */
  readonly paymentId?: number | undefined
  /** The entry of the top-up that it takes back. */
  readonly topUpEntryId?: number | undefined
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

/** What an entry has come to. */
export interface Settled {
  /** The payment that was returned, or booked. */
  readonly paymentId?: number
  /** What the customer owes for a top-up that was returned. */
  readonly claimId?: number
}

/**
 * Deals with an entry that belongs to nothing known: returns a payment or a top-up, books a payment of a customer, or only records
 * what has become of it. Refuses (409) an entry that does not wait for staff.
 */
export async function settleEntry(work: UnitOfWork, entryId: number, settlement: Settlement): Promise<Settled> {
  const entry = await lockEntry(work.tx, entryId)
  if (!entry) throw notFound('bankEntry', entryId)
  requireOneThing(settlement)
  const args = [{ type: 'INTEGER', value: entryId }] as const
  if (entry.state !== 'UNMATCHED') throw conflict('errormessage.bankEntry.notOpen', { args })
  const wanted = wantedDirection(settlement)
  if (wanted && entry.direction !== wanted) throw badRequest('errormessage.bankEntry.wrongDirection', { args })
  const { changes, ...settled } = await carryOut(work, entry, settlement)
  const note = settlement.note ?? null
  const end = { state: 'SETTLED', unmatchedReason: null, error: null, note } as const
  await updateEntry(work.tx, entryId, { ...end, ...changes }, work.now)
  const { paymentId = null, topUpEntryId = null } = changes
  const diff = {
    state: ['UNMATCHED', 'SETTLED'],
    paymentId: [null, paymentId],
    topUpEntryId: [null, topUpEntryId],
  } as const
  work.audit({ action: 'bankEntry.settled', entityKind: 'bankEntry', entityId: entryId, diff })
  return settled
}

/** A note may stand beside what an entry is about; nothing is said by nothing, and an entry is about one thing. */
function requireOneThing({ paymentId, topUpEntryId, customerId, note }: Settlement) {
  const named = Object.entries({ paymentId, topUpEntryId, customerId }).filter(([, id]) => id !== undefined)
  if (named.length === 0 && note === undefined) throw refuseFields([violation('note', 'required')])
  const [, second] = named
  if (second) throw refuseFields([violation(second[0], 'format', { type: 'STRING', value: 'field' })])
}

function wantedDirection({ paymentId, topUpEntryId, customerId }: Settlement): EntryRow['direction'] | undefined {
  if (paymentId !== undefined || topUpEntryId !== undefined) return 'DEBIT'
  return customerId === undefined ? undefined : 'CREDIT'
}

interface CarriedOut extends Settled {
  readonly changes: Partial<Pick<EntryRow, 'paymentId' | 'topUpEntryId' | 'rejectionReason'>>
}

async function carryOut(work: UnitOfWork, entry: EntryRow, settlement: Settlement): Promise<CarriedOut> {
  const { paymentId, topUpEntryId, customerId, reason, fee, cost } = settlement
  const cause = reason === undefined ? readBankCode(entry.reasonCode) : readReason(reason)
  const back = { kind: 'RETURN', fee, ...cause } as const
  if (paymentId !== undefined) {
    const { currency } = await lockStanding(work, paymentId)
    await returnPayment(work, { paymentId, ...back, cost: readCost(cost, currency) })
    return { paymentId, changes: { paymentId, rejectionReason: cause.reason } }
  }
  if (topUpEntryId !== undefined) {
    const { claimId } = await returnTopUp(work, { entryId: topUpEntryId, ...back, cost })
    return { claimId, changes: { topUpEntryId, rejectionReason: cause.reason } }
  }
  if (customerId === undefined) return { changes: {} }
  const booked = await bookIncoming(work, entry, { ...settlement, customerId })
  return { paymentId: booked, changes: { paymentId: booked } }
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
