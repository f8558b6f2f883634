import { dateIn } from '../../platform/time/zoned-time.ts'
import type { View } from '../../platform/units/work.ts'
import { loadContracts } from '../changing/loading.ts'
import { readTimeline } from '../timeline/timeline-rules.ts'
import { listWaitingContracts } from './cancelation-store.ts'

/** What waits for the staff of a studio, the earliest receipt first. */
export async function listWaitingCancelations({ db, now }: View, studioId: number) {
  const found = await loadContracts(db, await listWaitingContracts(db, studioId))
  return found
    .flatMap((contract) => {
      const { row, cancelation, studio } = contract
      if (cancelation?.state !== 'PENDING' && cancelation?.state !== 'WITHDRAWAL_PENDING') return []
      const { state, receiptDate, toDate, reason } = cancelation
      return {
        contractId: row.id,
        customerId: row.customerId,
        state,
        receiptDate: receiptDate.toString(),
        toDate: toDate.toString(),
        reason: reason ?? '',
        contractEnd: readTimeline(contract, dateIn(now, studio.zone)).end.toString(),
      }
    })
    .toSorted((a, b) => a.receiptDate.localeCompare(b.receiptDate) || a.contractId - b.contractId)
}

/** The end of a contract as it is shown today. */
export async function findShownEnd({ db, now }: View, contractId: number): Promise<string> {
  const [contract] = await loadContracts(db, [contractId])
  if (!contract) throw new Error(`The contract ${contractId} that was changed is not there.`)
  return readTimeline(contract, dateIn(now, contract.studio.zone)).end.toString()
}
