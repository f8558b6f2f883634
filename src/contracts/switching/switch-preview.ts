import { findOwnCustomer } from '../../customers/index.ts'
import { presentSwitch } from '../../membership-offers/index.ts'
import type { ModuleDeps } from '../../platform/module-deps.ts'
import type { PartnerView } from '../../platform/units/work.ts'
import { loadCustomerContracts } from '../changing/loading.ts'
import { findSwitchStudio } from './switch-configs.ts'
import { judgeSwitch, type SwitchWish } from './switch-order.ts'

/** What a customer of the key asks for, and in which studio; left out: the studio of the key. */
export interface AskedSwitch {
  readonly customerId: number
  readonly studioId?: number | undefined
  readonly wish: SwitchWish
}

/** What a switch would cost that was made now; refuses as the switch does. */
export async function previewSwitch(view: PartnerView, { customerId, studioId, wish }: AskedSwitch, deps: ModuleDeps) {
  await findOwnCustomer(view, customerId)
  const selling = await openSelling(view, studioId)
  const contracts = await loadCustomerContracts(view.db, customerId)
  const order = await judgeSwitch(selling, wish, { customerId, contracts })
  return presentSwitch(selling, order, deps)
}

/** The view of the studio that sells, which need not be the one of the key. */
export async function openSelling({ db, caller, now }: Pick<PartnerView, 'db' | 'caller' | 'now'>, studioId?: number) {
  const studio = await findSwitchStudio({ db, caller }, studioId)
  return { db, now, caller: { ...caller, studio } }
}
