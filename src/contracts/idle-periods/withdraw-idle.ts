import { listContractClaims } from '../../accounts/index.ts'
import { ApiError, notFound } from '../../platform/errors/errors.ts'
import { isAfter } from '../../platform/time/order.ts'
import type { PartnerWork, UnitOfWork } from '../../platform/units/work.ts'
import { idlePeriodCancelled } from '../events.ts'
import type { IdlePeriodRow } from '../signed/contract-store.ts'
import { lockOwnFacts } from './create-idle.ts'
import { updateIdlePeriodRow } from './idle-writes.ts'
import type { IdleFacts } from './request-rules.ts'
import { settlePause } from './settle-idle.ts'
import { refuseIdle } from './statuses.ts'

export interface NamedPause {
  readonly contractId: number
  readonly idlePeriodId: number
}

/** A live pause among those of a contract; any other is unknown (404). */
export function requirePause({ contract }: IdleFacts, idlePeriodId: number): IdlePeriodRow {
  const row = contract.idlePeriods.find(({ id }) => id === idlePeriodId)
  if (!row) throw notFound('idlePeriod', idlePeriodId)
  return row
}

/**
 * A member takes a pause back. What waits for the staff is dropped: of a change only the change. An accepted one can be
 * taken back before it begins, and on its first day while none of its fee is booked; later it can only be shortened.
 */
export async function withdrawIdlePeriod(work: PartnerWork, { contractId, idlePeriodId }: NamedPause) {
  const facts = await lockOwnFacts(work, contractId)
  const row = requirePause(facts, idlePeriodId)
  if (row.state === 'PENDING_VERIFICATION') return dropRequest(work, facts, row, { state: 'WITHDRAWN' })
  if (row.pendingChange !== null) return dropChange(work, facts, row, { action: 'idlePeriod.changeWithdrawn' })
  if (facts.mode === 'READ') throw new ApiError(403, 'errormessage.selfService.readOnly')
  if (!(await isEarlyEnough(work, facts, row))) throw refuseIdle('IDLEPERIOD_DEADLINE_VIOLATED')
  await updateIdlePeriodRow(work.tx, row.id, { state: 'WITHDRAWN' }, work.now)
  await settlePause(work, facts, {
    idlePeriodId,
    action: 'contract.pauseWithdrawn',
    effectiveFrom: row.startDate,
    event: idlePeriodCancelled,
  })
}

/** A wish that waits comes to nothing; partners never learned of the pause. */
export async function dropRequest(
  work: UnitOfWork,
  { contract }: IdleFacts,
  { id, state: before }: IdlePeriodRow,
  { state, note }: { readonly state: 'WITHDRAWN' | 'REJECTED'; readonly note?: string },
) {
  await updateIdlePeriodRow(work.tx, id, { state }, work.now)
  const action = state === 'REJECTED' ? 'idlePeriod.rejected' : 'idlePeriod.withdrawn'
  const diff = { state: [before, state], ...(note === undefined ? {} : { note: [null, note] as const }) } as const
  work.audit({ action, entityKind: 'idlePeriod', entityId: id, studioId: contract.row.studioId, diff })
}

/** A change that waits comes to nothing; the pause stays as it is. */
export async function dropChange(
  work: UnitOfWork,
  { contract }: IdleFacts,
  { id }: IdlePeriodRow,
  { action, note }: { readonly action: string; readonly note?: string },
) {
  await updateIdlePeriodRow(work.tx, id, { pendingChange: null }, work.now)
  const diff = note === undefined ? {} : { diff: { note: [null, note] as const } }
  work.audit({ action, entityKind: 'idlePeriod', entityId: id, studioId: contract.row.studioId, ...diff })
}

async function isEarlyEnough({ tx }: UnitOfWork, { contract, today }: IdleFacts, row: IdlePeriodRow): Promise<boolean> {
  if (isAfter(row.startDate, today)) return true
  if (!row.startDate.equals(today)) return false
  const claims = await listContractClaims(tx, contract.row.id)
  return !claims.some(
    ({ component, componentId, state }) => component === 'IDLE_PERIOD' && componentId === row.id && state === 'POSTED',
  )
}
