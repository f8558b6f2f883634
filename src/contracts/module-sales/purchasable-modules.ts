import {
  type AdditionalModule,
  type AdditionalModuleRecord,
  findModuleEnd,
  loadAdditionalModules,
  openOfferContext,
  presentAdditionalModule,
} from '../../membership-offers/index.ts'
import type { ModuleDeps } from '../../platform/module-deps.ts'
import { notFound } from '../../platform/errors/errors.ts'
import { isBefore } from '../../platform/time/order.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { PartnerView } from '../../platform/units/work.ts'
import { defined } from '../../platform/values/defined.ts'
import { loadContracts } from '../changing/loading.ts'
import { findOwnContract } from '../own-contracts.ts'
import { isInEffect, type SignedContract } from '../signed/signed-contract-facts.ts'
import { findRateOn } from '../switching/source-rules.ts'
import { readModuleTimelines, readTimeline } from '../timeline/timeline-rules.ts'
import { type BuyingContract, judgePurchase, type SoldModule } from './purchase-rules.ts'
import { listTriedModuleIds } from './purchase-store.ts'

/** The modules of the studio that can be bought to a contract today, by name. */
export async function listPurchasableModules(
  view: PartnerView,
  contractId: number,
  deps: ModuleDeps,
): Promise<AdditionalModule[]> {
  const { id, customerId } = await findOwnContract(view, contractId)
  const [[contract], context, modules, tried] = await Promise.all([
    loadContracts(view.db, [id]),
    openOfferContext(view, deps),
    loadAdditionalModules(view.db, view.caller.studio.id),
    listTriedModuleIds(view.db, customerId),
  ])
  if (!contract) throw notFound('contract', contractId)
  const facts = readBuyingContract(contract, dateIn(view.now, view.caller.studio.zone))
  return modules
    .filter((module) => judgePurchase(readModule(module), facts) === 'ADDITIONAL_MODULE_PURCHASABLE')
    .map((module) => presentAdditionalModule(module, context, !tried.has(module.module.id)))
}

function readBuyingContract(contract: SignedContract, today: Temporal.PlainDate): BuyingContract {
  const timeline = readTimeline(contract, today)
  const running = readModuleTimelines(contract, timeline, today).filter(({ end }) => !end || !isBefore(end, today))
  return {
    today,
    start: contract.plan.start,
    ...defined({ lastDay: timeline.finalEnd }),
    isCanceled: contract.cancelation !== undefined && isInEffect(contract.cancelation),
    rateId: findRateOn(contract, timeline, today),
    moduleIds: new Set(running.flatMap(({ sub }) => sub.row.moduleId ?? [])),
  }
}

function readModule({ module, rateIds }: AdditionalModuleRecord): SoldModule {
  const { id, multipleAllowed } = module
  return { id, multipleAllowed, rateIds, findEnd: (start) => findModuleEnd(module, start) }
}
