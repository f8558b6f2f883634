import type { Operations } from '../platform/http/operations.ts'
import type { ModuleDeps } from '../platform/module-deps.ts'
import * as api from './api.ts'
import { presentStudioBasics } from '../studios/index.ts'
import { findOffer, listOffers } from './offers.ts'
import { listSellingStudios } from './catalogue/selling-studio-store.ts'

export function membershipOfferRoutes({ read }: Operations, deps: ModuleDeps) {
  read(api.getMembershipOffers, (view) => listOffers(view, deps))
  read(api.getMembershipOfferById, (view, { params: { membershipOfferId } }) =>
    findOffer(view, membershipOfferId, deps),
  )
  read(api.getStudiosWithActiveMembershipOffers, async ({ db, now, caller }) => {
    const studios = await listSellingStudios(db, caller.visibleStudioIds, now)
    return studios.map((studio) => presentStudioBasics(studio, caller.language))
  })
}
