import type { PendingFile } from '../../platform/uploads/pending-file.ts'
import type { PartnerWork, UnitOfWork } from '../../platform/units/work.ts'
import { diffValues } from '../../platform/units/audit-values.ts'
import { idlePeriodUpdated } from '../events.ts'
import type { IdlePeriodRow } from '../signed/contract-store.ts'
import { lockOwnFacts } from './create-idle.ts'
import { keepEvidence, requireReason } from './idle-files.ts'
import { renameLines } from './idle-store.ts'
import { updateIdlePeriodRow } from './idle-writes.ts'
import { type IdleChange, packChange, readWished } from './pending-change.ts'
import type { IdleFacts } from './request-rules.ts'
import { settlePause } from './settle-idle.ts'
import { refuseIdle } from './statuses.ts'
import { applyUpdate, findChangedFrom, type IdleUpdate, judgeUpdate } from './update-rules.ts'
import { type NamedPause, requirePause } from './withdraw-idle.ts'

/**
 * A member shortens a pause, plans it anew or gives another reason, at once or after the staff, as the studio has set it.
 * A pause that still waits is changed as it is, and goes on waiting.
 */
export async function changeIdlePeriod(
  work: PartnerWork,
  { contractId, idlePeriodId, wish }: NamedPause & { readonly wish: IdleUpdate & { readonly reasonId: number } },
  file: PendingFile | undefined,
) {
  const facts = await lockOwnFacts(work, contractId)
  const row = requirePause(facts, idlePeriodId)
  const status = judgeUpdate(wish, row, facts)
  if (status !== 'IDLEPERIOD_UPDATABLE' && status !== 'IDLEPERIOD_CREATABLE') throw refuseIdle(status)
  const reason = await requireReason(work, work.caller.studio.id, wish.reasonId)
  const earlier = readWished(row).documentId
  const documentId = await keepEvidence(work, facts.contract, reason, { file, earlier })
  const change: IdleChange = { ...applyUpdate(wish, row, facts), reasonId: reason.id, documentId }
  if (row.state === 'PENDING_VERIFICATION') return keepWaiting(work, facts, row, change)
  if (facts.mode === 'CHANGES_REQUIRE_VERIFICATION') {
    await updateIdlePeriodRow(work.tx, row.id, { pendingChange: packChange(change) }, work.now)
    const diff = diffValues<IdleChange>(row, change)
    return recordChange(work, facts, { id: row.id, action: 'idlePeriod.changeRequested', diff })
  }
  return changePause(work, facts, row, change)
}

async function keepWaiting(work: UnitOfWork, facts: IdleFacts, row: IdlePeriodRow, change: IdleChange) {
  const policySnapshot = await renameLines(work.tx, row, change)
  await updateIdlePeriodRow(work.tx, row.id, { ...change, policySnapshot }, work.now)
  recordChange(work, facts, {
    id: row.id,
    action: 'idlePeriod.requestChanged',
    diff: diffValues<IdleChange>(row, change),
  })
}

interface Noted {
  readonly id: number
  readonly action: string
  readonly diff: ReturnType<typeof diffValues>
}

function recordChange(work: UnitOfWork, { contract }: IdleFacts, change: Noted) {
  const { id: entityId, action, diff } = change
  work.audit({ action, entityKind: 'idlePeriod', entityId, studioId: contract.row.studioId, diff })
}

/**
 * Writes a change of an accepted pause that nobody has to decide on any more, and lets all else follow. What is as it was
 * sends no event.
 */
export async function changePause(work: UnitOfWork, facts: IdleFacts, row: IdlePeriodRow, change: IdleChange) {
  const diff = diffValues<IdleChange>(row, change)
  if (Object.keys(diff).length === 0 && row.pendingChange === null) return
  const policySnapshot = await renameLines(work.tx, row, change)
  await updateIdlePeriodRow(work.tx, row.id, { ...change, policySnapshot, pendingChange: null }, work.now)
  recordChange(work, facts, { id: row.id, action: 'idlePeriod.updated', diff })
  await settlePause(work, facts, {
    idlePeriodId: row.id,
    action: 'contract.pauseChanged',
    effectiveFrom: findChangedFrom(row, change, facts.today),
    event: idlePeriodUpdated,
  })
}
