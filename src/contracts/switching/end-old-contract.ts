import { moveModuleClaims } from '../../accounts/index.ts'
import { moveModuleEntitlements } from '../../entitlements/index.ts'
import { carryModule, findSwitchReason, openHouseSpeaker } from '../../membership-offers/index.ts'
import type { ModuleDeps } from '../../platform/module-deps.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { StudioWork } from '../../platform/units/work.ts'
import { endPauses } from '../changing/end-pauses.ts'
import { finishChange } from '../changing/finish-change.ts'
import { insertCancelation } from '../changing/row-changes.ts'
import { contractCancelled, contractUpdated, moduleCancelled } from '../events.ts'
import { readTimeline } from '../timeline/timeline-rules.ts'
import { imagineEnded, listShortened } from './old-contract-rules.ts'
import { findPayingCompany } from '../signed/signed-contract-facts.ts'
import type { SwitchOrder } from './switch-order.ts'
import { moveModule, rejectModuleCancelations } from './switch-store.ts'

type Ending = Pick<SwitchOrder, 'source' | 'lastDay' | 'carried'>

/** Ends the contract before on the eve of the new one, with all that follows; partners are sent the events. */
export async function endOldContract(work: StudioWork, ending: Ending, deps: Pick<ModuleDeps, 'texts'>) {
  const { source, lastDay } = ending
  const { id: contractId, customerId, studioId } = source.row
  const today = dateIn(work.now, source.studio.zone)
  const shortened = listShortened(source, imagineEnded(source, { ...ending, today }), today)
  const reason = await findSwitchReason(work.tx, studioId)
  const name = reason?.name ?? (await openHouseSpeaker({ db: work.tx, caller: work.caller }, deps)).say(switchReason)
  await insertCancelation(
    work.tx,
    {
      contractId,
      kind: 'SWITCH',
      origin: 'STUDIO',
      receiptDate: today,
      toDate: lastDay,
      reasonId: reason?.id ?? null,
      reason: name,
      state: 'EFFECTIVE',
    },
    work.now,
  )
  await rejectModuleCancelations(work.tx, listEndingModules(ending), work.now)
  const droppedPauses = await endPauses(work, source, lastDay)
  const about = { entityId: customerId, customerId, audienceStudioIds: [source.homeStudioId] }
  await finishChange(work, {
    contractId,
    action: 'contract.switched',
    effectiveFrom: lastDay.add({ days: 1 }),
    event: contractCancelled,
    moreEvents: [
      contractUpdated({ ...about, content: { contractId } }),
      ...shortened.map((moduleContractId) => moduleCancelled({ ...about, content: { contractId, moduleContractId } })),
      ...droppedPauses,
    ],
  })
}

const switchReason = 'offertext.reason.switch'

function listEndingModules({ source, carried }: Ending): number[] {
  return source.subContracts.filter((sub) => !carried.includes(sub)).map(({ row }) => row.id)
}

/** Modules that members bought go over to the new contract with their claims and what they entitle to. */
export async function carryModules(work: StudioWork, { source, carried }: Ending, contractId: number) {
  const { tx, now } = work
  const [first] = readTimeline(source, dateIn(now, source.studio.zone)).phases
  if (!first) throw new Error(`The contract ${source.row.id} has no phase.`)
  for (const sub of carried) {
    if (!sub.plan) continue
    const companyId = findPayingCompany(source, sub)
    await moveModule(tx, sub, { contractId, carried: carryModule(sub.plan, first), companyId }, now)
  }
  const moduleContractIds = carried.map(({ row }) => row.id)
  await moveModuleEntitlements(tx, { contractId, moduleContractIds }, now)
  await moveModuleClaims(work, { customerId: source.row.customerId, contractId, moduleContractIds })
}
