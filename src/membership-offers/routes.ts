import type { Operations } from '../platform/http/operations.ts'
import type { ModuleDeps } from '../platform/module-deps.ts'
import * as additional from './additional/api.ts'
import { listCancelationReasons, loadAdditionalModules } from './additional/module-store.ts'
import { presentAdditionalModule } from './additional/present-modules.ts'
import * as api from './api.ts'
import { findOffer, listOffers, openOfferContext } from './offers.ts'

export function membershipOfferRoutes({ read }: Operations, deps: ModuleDeps) {
  read(api.getMembershipOffers, (view) => listOffers(view, deps))
  read(api.getMembershipOfferById, (view, { params: { membershipOfferId } }) =>
    findOffer(view, membershipOfferId, deps),
  )
  read(additional.getContractCancelationReasonData, ({ db, caller }) => listCancelationReasons(db, caller.studio.id))
  read(additional.getAdditionalModules, async (view) => {
    const context = await openOfferContext(view, deps)
    const modules = await loadAdditionalModules(view.db, view.caller.studio.id)
    return modules.map((module) => presentAdditionalModule(module, context))
  })
}
