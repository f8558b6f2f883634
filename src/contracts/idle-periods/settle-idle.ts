import { amountNumber } from '../../platform/values/money.ts'
import type { EventDeclaration } from '../../platform/units/events.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { finishChange } from '../changing/finish-change.ts'
import { loadContracts } from '../changing/loading.ts'
import type { IdleNews } from '../events.ts'
import type { SignedContract } from '../signed/signed-contract-facts.ts'
import { type FeeMoment, findIdleFee } from './fee-rules.ts'
import type { IdleFacts } from './request-rules.ts'
import { moveCancelation, updateIdlePeriodRow } from './idle-writes.ts'
import { moveEnd } from './moved-end-rules.ts'

/** What has happened to a pause whose row is written. */
export interface SettledPause {
  readonly idlePeriodId: number
  /** Past tense, for the audit log. */
  readonly action: string
  readonly effectiveFrom: Temporal.PlainDate
  readonly event: EventDeclaration<IdleNews>
}

/**
 * The end of every change of an accepted pause: a cancelation moves along, all else of the contract follows, and partners
 * learn of it. `facts` are those from before.
 */
export async function settlePause(work: UnitOfWork, facts: IdleFacts, settled: SettledPause) {
  const { contract, today } = facts
  const { id: contractId, customerId } = contract.row
  await followCancelation(work, { contract, today }, today)
  const finished = await finishChange(work, {
    contractId,
    action: settled.action,
    effectiveFrom: settled.effectiveFrom,
  })
  const after = { contract: finished.contract, phases: finished.timeline.phases, today }
  const before = { contract, phases: facts.timeline.phases, today }
  const { amount, freeDays } = await storeFreeDays(work, settled.idlePeriodId, after, before)
  work.emit(
    settled.event({
      entityId: customerId,
      customerId,
      audienceStudioIds: [contract.homeStudioId],
      content: {
        contractId,
        idlePeriodId: settled.idlePeriodId,
        idlePeriodAmount: amount,
        usedFreeTermsInDays: freeDays,
      },
    }),
  )
}

/** What the pause costs now; one that is withdrawn, what it had cost. */
async function storeFreeDays(work: UnitOfWork, idlePeriodId: number, after: FeeMoment, before: FeeMoment) {
  const find = (moment: FeeMoment) => {
    const row = moment.contract.idlePeriods.find(({ id }) => id === idlePeriodId)
    return row && { row, fee: findIdleFee(row, moment) }
  }
  const now = find(after)
  const fee = (now ?? find(before))?.fee
  if (now && now.row.freeDays !== now.fee.freeDays) {
    await updateIdlePeriodRow(work.tx, idlePeriodId, { freeDays: now.fee.freeDays }, work.now)
  }
  return { amount: fee ? amountNumber(fee.total) : 0, freeDays: fee?.freeDays ?? 0 }
}

/** Moves a cancelation as the pauses of its contract move the term to which it was made. A switch keeps its day. */
export async function followCancelation(
  work: UnitOfWork,
  before: { readonly contract: SignedContract; readonly today: Temporal.PlainDate },
  today: Temporal.PlainDate,
) {
  const { cancelation, row } = before.contract
  if (!cancelation || cancelation.kind === 'SWITCH') return
  const [contract] = await loadContracts(work.tx, [row.id])
  if (!contract) return
  const toDate = moveEnd(cancelation.toDate, before, { contract, today })
  if (!toDate.equals(cancelation.toDate)) await moveCancelation(work.tx, cancelation.id, toDate, work.now)
}
