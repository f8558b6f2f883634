import { readMinor } from '../../accounts/index.ts'
import { isOutage, nameFailure } from '../../platform/jobs/job-failures.ts'
import type { RunUnit, UnitOfWork } from '../../platform/units/work.ts'
import { readBankCode } from '../returning/return-rules.ts'
import { isReturn, lockStanding, returnPayment } from '../returning/returns.ts'
import { type EntryRow, lockEntry, takeMatched, updateEntry } from './entry-store.ts'
import { completeImport } from './import-store.ts'

/**
 * Books each return of a file that was read, in a transaction of its own. Any number of processes may do so at once. Ends
 * early, with work left, when `goesOn` returns false or staff stop the import.
 */
export async function bookReturns(run: RunUnit, importId: number, goesOn: () => boolean) {
  for (let after: number | undefined = 0; goesOn() && after !== undefined; )
    after = await bookNext(run, importId, after)
  if (goesOn()) await run((work) => endImport(work, importId))
}

/**
 * Books the next return of a file behind a position; one that cannot be booked is left to staff. Answers its position;
 * undefined when there is none.
 */
async function bookNext(run: RunUnit, importId: number, after: number): Promise<number | undefined> {
  let taken: EntryRow | undefined
  try {
    await run(async (work) => {
      taken = await takeMatched(work.tx, importId, after)
      if (taken) await bookReturn(work, taken)
    })
  } catch (error) {
    const failed = taken
    if (!failed || isOutage(error)) throw error
    await run((work) => leaveToStaff(work, failed.id, nameFailure(error)))
  }
  return taken?.position
}

async function bookReturn(work: UnitOfWork, { id, paymentId, currency, cost, reasonCode }: EntryRow) {
  if (paymentId === null) throw new Error('A return was matched without a payment.')
  const { reversed, reversal } = await lockStanding(work, paymentId)
  const cause = readBankCode(reasonCode)
  const reasons = { rejectionReason: cause.reason, unmatchedReason: null }
  if (reversed > 0n && !isReturn(reversal)) {
    const why = { state: 'UNMATCHED', unmatchedReason: 'TAKEN_BACK_BEFORE' } as const
    return updateEntry(work.tx, id, { ...reasons, ...why }, work.now)
  }
  const charged = cost === null ? undefined : { minor: readMinor(cost, currency), currency }
  const { isNew } = await returnPayment(work, { paymentId, kind: 'RETURN', ...cause, cost: charged })
  await updateEntry(work.tx, id, { ...reasons, state: isNew ? 'RETURNED' : 'ALREADY_RETURNED' }, work.now)
  const action = isNew ? 'bankEntry.returned' : 'bankEntry.returnedBefore'
  work.audit({ action, entityKind: 'bankEntry', entityId: id, diff: { paymentId: [null, paymentId] } })
}

async function leaveToStaff(work: UnitOfWork, entryId: number, error: string) {
  const entry = await lockEntry(work.tx, entryId)
  if (entry?.state !== 'MATCHED') return
  await updateEntry(work.tx, entryId, { state: 'UNMATCHED', unmatchedReason: 'FAILED', error }, work.now)
}

async function endImport(work: UnitOfWork, importId: number) {
  if (!(await completeImport(work.tx, importId, work.now))) return
  work.audit({ action: 'bankImport.completed', entityKind: 'bankImport', entityId: importId })
}
