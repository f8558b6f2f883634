import type { UnitOfWork } from '../../platform/units/work.ts'
import { updateCancelationState } from '../changing/row-changes.ts'
import type { CancelationRow } from '../signed/contract-store.ts'
import type { SignedContract } from '../signed/signed-contract-facts.ts'

interface Decision {
  readonly cancelation: CancelationRow
  readonly state: CancelationRow['state']
  /** Past tense, for the audit log. */
  readonly action: string
  readonly note?: string | undefined
}

/** Writes down what staff have decided about a cancelation of a contract or of one of its modules. */
export async function decideCancelation(
  work: UnitOfWork,
  { row }: SignedContract,
  { cancelation, state, action, note }: Decision,
) {
  await updateCancelationState(work.tx, cancelation.id, state, work.now)
  const words = note === undefined ? {} : { note: [null, note] as const }
  work.audit({
    action,
    entityKind: 'contractCancelation',
    entityId: cancelation.id,
    studioId: row.studioId,
    diff: { state: [cancelation.state, state], ...words },
  })
}
