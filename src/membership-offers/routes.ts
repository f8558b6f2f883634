import type { Operations } from '../platform/http/operations.ts'
import type { ModuleDeps } from '../platform/module-deps.ts'
import * as additional from './additional/api.ts'
import { listCancelationReasons, loadAdditionalModules } from './additional/module-store.ts'
import { presentAdditionalModule } from './additional/present-modules.ts'
import * as api from './api.ts'
import { findOffer, listOffers, openOfferContext } from './offers.ts'
import { presentStudioBasics } from '../studios/index.ts'
import { listSellingStudios } from './catalogue/selling-studio-store.ts'

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
  read(api.getStudiosWithActiveMembershipOffers, async ({ db, now, caller }) => {
    const studios = await listSellingStudios(db, caller.visibleStudioIds, now)
    return studios.map((studio) => presentStudioBasics(studio, caller.language))
  })
}
