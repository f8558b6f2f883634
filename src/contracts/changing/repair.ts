import { inArray } from 'drizzle-orm'
import type { BilledCustomers } from '../../accounts/index.ts'
import { lockCustomers } from '../../customers/index.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { lockContractRows } from '../signed/contract-store.ts'
import { contracts } from '../tables.ts'
import { syncCharges } from './finish-change.ts'
import { loadContracts } from './loading.ts'

/**
 * Locks the contracts of customers who are about to be billed, and makes their waiting charges those that the contracts want
 * today. Answers how many contracts had other ones: none, unless a change was made past `finishChange`, or the clock of a
 * contract is late.
 */
export async function repairCharges(work: UnitOfWork, { customerIds }: BilledCustomers): Promise<number> {
  await lockCustomers(work.tx, [...customerIds])
  const ids = await lockContractRows(work.tx, inArray(contracts.customerId, [...customerIds]))
  let drifted = 0
  for (const contract of await loadContracts(work.tx, ids)) {
    const today = dateIn(work.now, contract.studio.zone)
    if (await syncCharges(work, contract, { today, effectiveFrom: today })) drifted += 1
  }
  return drifted
}
