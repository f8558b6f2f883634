import type { PendingFile } from '../../platform/uploads/pending-file.ts'
import type { PartnerWork, UnitOfWork } from '../../platform/units/work.ts'
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
    return note(work, facts, row.id, 'idlePeriod.changeRequested')
  }
  return changePause(work, facts, row, change)
}

async function keepWaiting(work: UnitOfWork, facts: IdleFacts, row: IdlePeriodRow, change: IdleChange) {
  const policySnapshot = await renameLines(work.tx, row, change)
  await updateIdlePeriodRow(work.tx, row.id, { ...change, policySnapshot }, work.now)
  note(work, facts, row.id, 'idlePeriod.requestChanged')
}

function note(work: UnitOfWork, { contract }: IdleFacts, idlePeriodId: number, action: string) {
  work.audit({ action, entityKind: 'idlePeriod', entityId: idlePeriodId, studioId: contract.row.studioId })
}

/** Writes a change of an accepted pause that nobody has to decide on any more, and lets all else follow. */
export async function changePause(work: UnitOfWork, facts: IdleFacts, row: IdlePeriodRow, change: IdleChange) {
  const policySnapshot = await renameLines(work.tx, row, change)
  await updateIdlePeriodRow(work.tx, row.id, { ...change, policySnapshot, pendingChange: null }, work.now)
  note(work, facts, row.id, 'idlePeriod.updated')
  await settlePause(work, facts, {
    idlePeriodId: row.id,
    action: 'contract.pauseChanged',
    effectiveFrom: findChangedFrom(row, change, facts.today),
    event: idlePeriodUpdated,
  })
}
