import { findModulePrice, type Term } from '../../membership-offers/index.ts'
import { presentMoney } from '../../platform/api/values.ts'
import { notFound } from '../../platform/errors/errors.ts'
import { isAfter, isBefore, laterDate } from '../../platform/time/order.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { PartnerView } from '../../platform/units/work.ts'
import { defined, nonNull } from '../../platform/values/defined.ts'
import { listAmendmentConfig } from '../../self-service/index.ts'
import { loadContracts } from '../changing/loading.ts'
import { findOwnContract } from '../own-contracts.ts'
import { statuses } from '../reading/present-contract.ts'
import { isInEffect, type SignedContract } from '../signed/signed-contract-facts.ts'
import { listModuleCancelationDates } from '../timeline/module-cancelation-rules.ts'
import { type ModuleTimeline, readModuleTimelines, readTimeline, type Timeline } from '../timeline/timeline-rules.ts'
import type { AdditionalModuleContractExtended } from './api-schemas.ts'

/** A module contract and its contract, as they stand on a day. */
export interface FoundModule {
  readonly contract: SignedContract
  readonly timeline: Timeline
  readonly module: ModuleTimeline
  readonly today: Temporal.PlainDate
}

/** A module contract of a contract that was not voided; any other is unknown (404). */
export function findModule(contract: SignedContract, moduleContractId: number, today: Temporal.PlainDate): FoundModule {
  const timeline = readTimeline(contract, today)
  const module = readModuleTimelines(contract, timeline, today).find(({ sub }) => sub.row.id === moduleContractId)
  if (!module) throw notFound('moduleContract', moduleContractId)
  return { contract, timeline, module, today }
}

/** A module contract as its member sees it, on the present day of the studio of the contract. */
export async function readModuleContract(
  view: PartnerView,
  { contractId, moduleContractId }: { readonly contractId: number; readonly moduleContractId: number },
): Promise<AdditionalModuleContractExtended> {
  const { id } = await findOwnContract(view, contractId)
  const [contract] = await loadContracts(view.db, [id])
  if (!contract) throw notFound('contract', contractId)
  const found = findModule(contract, moduleContractId, dateIn(view.now, contract.studio.zone))
  return presentModule(found, (await findModuleMode(view)) !== 'READ')
}

/** What the studio of the key lets its members do about canceling modules. */
export async function findModuleMode(view: PartnerView) {
  const configs = await listAmendmentConfig(view, view.caller.studio.id)
  return configs.find(({ kind }) => kind === 'MODULE_CANCELATION')?.mode ?? 'READ'
}

function presentModule(found: FoundModule, mayChange: boolean): AdditionalModuleContractExtended {
  const { module, timeline, today, contract } = found
  const { sub, end, deadline } = module
  const { row, plan, cancelation } = sub
  const [first] = timeline.phases
  if (!first) throw new Error(`The contract ${contract.row.id} has no phase.`)
  const { trialTermValue: value, trialTermUnit: unit } = row
  return {
    name: row.name,
    price: presentMoney(findModulePrice(plan, first, laterDate(today, row.startDate))),
    startDate: row.startDate.toString(),
    ...defined({
      endDate: end?.toString(),
      cancelationDate: cancelation?.toDate.toString(),
      lastPossibleCancelationDate: deadline?.toString(),
      contractCancelationStatus: cancelation && statuses[cancelation.state],
    }),
    ...nonNull({ cancelationReason: cancelation?.reason ?? null }),
    contractCancelationCanBeWithdrawn: mayChange && isWithdrawable(found),
    ...(value !== null && unit !== null ? { trialPeriod: presentTrial({ value, unit }, row.startDate) } : {}),
    availableCancelationDates: listModuleCancelationDates(contract, found, today).map((date) => date.toString()),
    rateCodes: (row.snapshot.rateCodes ?? []).map(({ name, identifier }) => ({ name, identifier })),
  }
}

const presentTrial = (term: Term, start: Temporal.PlainDate) => ({ term, startDate: start.toString() })

/** Whether a member's cancelation of a module still changes anything: it lies ahead, and the contract does not end before. */
export function isWithdrawable({ module, contract, today }: FoundModule): boolean {
  const { cancelation } = module.sub
  if (!cancelation || cancelation.kind !== 'ORDINARY' || cancelation.origin !== 'CUSTOMER') return false
  return !isBefore(cancelation.toDate, today) && !isOutlived({ module, contract })
}

/** Whether the contract is canceled to the last day of a module, or to an earlier one: the module could not go on. */
export function isOutlived({ module, contract }: Pick<FoundModule, 'module' | 'contract'>): boolean {
  const { cancelation } = module.sub
  const main = contract.cancelation
  return (
    cancelation !== undefined && main !== undefined && isInEffect(main) && !isAfter(main.toDate, cancelation.toDate)
  )
}
