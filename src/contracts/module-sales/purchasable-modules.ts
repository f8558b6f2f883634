import {
  type AdditionalModule,
  type AdditionalModuleRecord,
  findModuleEnd,
  loadAdditionalModules,
  openOfferContext,
  presentAdditionalModule,
} from '../../membership-offers/index.ts'
import type { ModuleDeps } from '../../platform/module-deps.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { PartnerView } from '../../platform/units/work.ts'
import { findOwnContract } from '../own-contracts.ts'
import { findRateOn } from '../switching/source-rules.ts'
import { listContractStandings } from '../switching/source-store.ts'
import { type BuyingContract, judgePurchase, type SoldModule } from './purchase-rules.ts'
import { isCanceled, listTriedModuleIds } from './purchase-store.ts'

/** The modules of the studio that can be bought to a contract today, by name. */
export async function listPurchasableModules(
  view: PartnerView,
  contractId: number,
  deps: ModuleDeps,
): Promise<AdditionalModule[]> {
  const { id, customerId, startDate: start } = await findOwnContract(view, contractId)
  const [context, modules, tried, facts] = await Promise.all([
    openOfferContext(view, deps),
    loadAdditionalModules(view.db, view.caller.studio.id),
    listTriedModuleIds(view.db, customerId),
    readContractFacts(view, { id, customerId }),
  ])
  return modules
    .filter((module) => judgePurchase(readModule(module), { ...facts, start }) === 'ADDITIONAL_MODULE_PURCHASABLE')
    .map((module) => presentAdditionalModule(module, context, !tried.has(module.module.id)))
}

async function readContractFacts(
  { db, caller, now }: PartnerView,
  { id, customerId }: { readonly id: number; readonly customerId: number },
): Promise<Omit<BuyingContract, 'start'>> {
  const today = dateIn(now, caller.studio.zone)
  const [standings, canceled] = await Promise.all([listContractStandings(db, customerId), isCanceled(db, id)])
  const standing = standings.find(({ contractId }) => contractId === id)
  const day = today.toString()
  const running = (standing?.modules ?? []).filter(({ lastDay }) => lastDay === null || lastDay >= day)
  return {
    today,
    ...(standing?.lastDay ? { lastDay: Temporal.PlainDate.from(standing.lastDay) } : {}),
    isCanceled: canceled,
    rateId: findRateOn(standing?.phases ?? [], day),
    moduleIds: new Set(running.map(({ moduleId }) => moduleId)),
  }
}

function readModule({ module, rateIds }: AdditionalModuleRecord): SoldModule {
  const { id, multipleAllowed } = module
  return { id, multipleAllowed, rateIds, findEnd: (start) => findModuleEnd(module, start) }
}
