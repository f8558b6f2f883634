import type { Operations } from '../platform/http/operations.ts'
import type { ModuleDeps } from '../platform/module-deps.ts'
import * as api from './api.ts'
import { findOffer, listOffers } from './offers.ts'

export function membershipOfferRoutes({ read }: Operations, deps: ModuleDeps) {
  read(api.getMembershipOffers, (view) => listOffers(view, deps))
  read(api.getMembershipOfferById, (view, { params: { membershipOfferId } }) =>
    findOffer(view, membershipOfferId, deps),
  )
}
