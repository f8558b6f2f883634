import { notFound } from '../../platform/errors/errors.ts'
import type { PendingFile } from '../../platform/uploads/pending-file.ts'
import type { PartnerWork, UnitOfWork } from '../../platform/units/work.ts'
import { loadContractForChange } from '../changing/loading.ts'
import { idlePeriodCreated } from '../events.ts'
import { findOwnContract } from '../own-contracts.ts'
import { openFacts } from './idle-loading.ts'
import { keepEvidence, requireReason } from './idle-files.ts'
import type { ReasonRow } from './idle-store.ts'
import { insertIdlePeriod } from './idle-writes.ts'
import { findWishEnd, type IdleFacts, type IdleWish, judgeWish } from './request-rules.ts'
import { settlePause } from './settle-idle.ts'
import { refuseIdle } from './statuses.ts'

/** A wish that names its reason. */
export interface ReasonedWish extends IdleWish {
  readonly reasonId: number
}

/** The contract of a partner under its locks, with what wishes are judged by; any other is unknown (404). */
export async function lockOwnFacts(work: PartnerWork, contractId: number): Promise<IdleFacts> {
  const { customerId } = await findOwnContract(work, contractId)
  work.concern(customerId)
  const contract = await loadContractForChange(work, { customerId, contractId })
  return openFacts(work, contract, work.caller.studio.id)
}

/**
 * A member pauses a contract, at once or after the staff, as the studio has set it. Judged under the locks of the contract,
 * so that of two wishes for the same days one is refused. Answers the pause.
 */
export async function requestIdlePeriod(
  work: PartnerWork,
  { contractId, wish }: { readonly contractId: number; readonly wish: ReasonedWish },
  file: PendingFile | undefined,
): Promise<number> {
  const facts = await lockOwnFacts(work, contractId)
  const status = judgeWish(wish, facts)
  if (status !== 'IDLEPERIOD_CREATABLE' && status !== 'IDLEPERIOD_UPDATABLE') throw refuseIdle(status)
  const reason = await requireReason(work, work.caller.studio.id, wish.reasonId)
  const documentId = await keepEvidence(work, facts.contract, reason, { file, earlier: null })
  const isDecided = facts.mode === 'CHANGES_WITHOUT_VERIFICATION'
  return addPause(work, facts, { wish, reason, documentId, isDecided })
}

interface NewPause {
  readonly wish: IdleWish
  readonly reason: ReasonRow
  readonly documentId: number | null
  /** Nobody has to accept it any more. */
  readonly isDecided: boolean
}

/** Writes a pause that has been judged, and lets all else follow once it is accepted. */
export async function addPause(
  work: UnitOfWork,
  facts: IdleFacts,
  { wish, reason, documentId, isDecided }: NewPause,
): Promise<number> {
  const { id: contractId, studioId, snapshot } = facts.contract.row
  const policy = snapshot.idlePolicy
  if (!policy) throw notFound('idlePolicy', contractId)
  const { startDate, unlimited = false, termValue = null } = wish
  const length = unlimited ? { unit: null, value: null } : { unit: policy.temporalUnit, value: termValue }
  const row = {
    contractId,
    startDate,
    endDate: findWishEnd(wish, policy),
    unlimited,
    ...length,
    reasonId: reason.id,
    documentId,
    state: isDecided ? ('ACCEPTED' as const) : ('PENDING_VERIFICATION' as const),
    policySnapshot: { ...policy, lineText: reason.name },
  }
  const idlePeriodId = await insertIdlePeriod(work.tx, row, work.now)
  const action = isDecided ? 'idlePeriod.created' : 'idlePeriod.requested'
  work.audit({ action, entityKind: 'idlePeriod', entityId: idlePeriodId, studioId })
  if (isDecided) {
    const settled = { idlePeriodId, action: 'contract.paused', effectiveFrom: startDate, event: idlePeriodCreated }
    await settlePause(work, facts, settled)
  }
  return idlePeriodId
}
