import { isBefore } from '../../platform/time/order.ts'
import type { SignedContract, SubContract } from '../signed/signed-contract-facts.ts'
import { splitPauses } from '../timeline/pause-rules.ts'
import { readModuleTimelines, readTimeline } from '../timeline/timeline-rules.ts'

/** Modules that members bought by themselves and that still run on the day of the switch. */
export function listCarried(
  contract: SignedContract,
  { start, today }: { readonly start: Temporal.PlainDate; readonly today: Temporal.PlainDate },
): SubContract[] {
  const modules = readModuleTimelines(contract, readTimeline(contract, today), today)
  return modules.flatMap(({ sub, end, isFinal }) => {
    const isOver = isFinal && end !== undefined && isBefore(end, start)
    return sub.row.origin === 'ADDITIONAL' && !isOver ? [sub] : []
  })
}

/** The contract as it would be without the modules that go on elsewhere, ended on a day by a switch. */
export function imagineEnded(
  contract: SignedContract,
  { lastDay, carried, today }: EndingSwitch & { readonly today: Temporal.PlainDate },
): SignedContract {
  const ids = new Set(carried.map(({ row }) => row.id))
  const { row, plan, subContracts, idlePeriods } = contract
  const { dropped, cut } = splitPauses(idlePeriods, lastDay)
  return {
    ...contract,
    plan: { ...plan, modules: plan.modules.filter(({ componentId }) => !ids.has(componentId)) },
    subContracts: subContracts.filter((sub) => !ids.has(sub.row.id)),
    idlePeriods: idlePeriods
      .filter((pause) => !dropped.includes(pause))
      .map((pause) => (cut.includes(pause) ? { ...pause, endDate: lastDay, unlimited: false } : pause)),
    cancelation: {
      id: 0,
      tenantId: row.tenantId,
      contractId: row.id,
      subContractId: null,
      kind: 'SWITCH',
      origin: 'STUDIO',
      receiptDate: today,
      toDate: lastDay,
      reasonId: null,
      reason: null,
      residualUntil: null,
      state: 'EFFECTIVE',
      createdAt: row.createdAt,
      updatedAt: row.updatedAt,
      version: 1,
    },
  }
}

/** How a contract ends by a switch. */
export interface EndingSwitch {
  readonly lastDay: Temporal.PlainDate
  /** Modules that go on under the new contract. */
  readonly carried: readonly SubContract[]
}

/** The modules that end earlier because their contract does. */
export function listShortened(before: SignedContract, after: SignedContract, today: Temporal.PlainDate): number[] {
  const ends = new Map(
    readModuleTimelines(before, readTimeline(before, today), today).map(({ sub, end }) => [sub.row.id, end]),
  )
  return readModuleTimelines(after, readTimeline(after, today), today).flatMap(({ sub, end }) => {
    const known = ends.get(sub.row.id)
    return end && (known === undefined || isBefore(end, known)) ? [sub.row.id] : []
  })
}
