import {
  type AdditionalModule,
  loadAdditionalModules,
  openOfferContext,
  presentAdditionalModule,
} from '../../membership-offers/index.ts'
import type { ModuleDeps } from '../../platform/module-deps.ts'
import { notFound } from '../../platform/errors/errors.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { PartnerView } from '../../platform/units/work.ts'
import { loadContracts } from '../changing/loading.ts'
import { findOwnContract } from '../own-contracts.ts'
import { readBuyingContract, readModule } from './read-buying-contract.ts'
import { judgePurchase } from './purchase-rules.ts'
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
  const facts = readBuyingContract(contract, dateIn(view.now, contract.studio.zone))
  return modules
    .filter((module) => judgePurchase(readModule(module), facts) === 'ADDITIONAL_MODULE_PURCHASABLE')
    .map((module) => presentAdditionalModule(module, context, !tried.has(module.module.id)))
}
