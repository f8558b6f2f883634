import { findIntegration } from '../integrations/index.ts'
import { type SignupPreview, withPlainAmounts } from '../membership-offers/index.ts'
import { OtherForm } from '../platform/http/binding.ts'
import type { Operations } from '../platform/http/operations.ts'
import type { PartnerView } from '../platform/units/work.ts'
import type { ModuleDeps } from '../platform/module-deps.ts'
import * as api from './api.ts'
import * as idleConfig from './idle-config/api.ts'
import { findIdleConfig } from './idle-config/idle-config.ts'
import * as moduleSales from './module-sales/api.ts'
import { listPurchasableModules } from './module-sales/purchasable-modules.ts'
import * as switching from './switching/api.ts'
import { findSwitchForCustomer, listSwitchesForCustomer } from './switching/switch-configs.ts'
import { previewAddition, previewSignup } from './previews.ts'

export function contractRoutes({ read }: Operations, deps: ModuleDeps) {
  read(api.postSignupPreview, async (view, { body }) => shape(view, await previewSignup(view, body, deps)))
  read(api.postMembershipPreview, async (view, { params: { customerId }, body }) =>
    shape(view, await previewAddition(view, { customerId, contract: body }, deps)),
  )
  read(idleConfig.getIdlePeriodConfig, (view, { params: { contractId } }) => findIdleConfig(view, contractId))
  read(moduleSales.getPurchasableAdditionalModules, (view, { params: { contractId } }) =>
    listPurchasableModules(view, contractId, deps),
  )
  read(switching.getMembershipSwitchConfigurationsForCustomer, (view, { params: { customerId }, query }) =>
    listSwitchesForCustomer(view, { customerId, studioId: query.studioId }, deps),
  )
  read(switching.getMembershipSwitchConfigurationForCustomer, (view, { params, query }) =>
    findSwitchForCustomer(view, { ...params, studioId: query.studioId }, deps),
  )
}

/** Amounts as the integration is set to read them. */
async function shape({ db, caller }: PartnerView, preview: SignupPreview): Promise<SignupPreview | OtherForm> {
  const integration = await findIntegration(db, caller.integration.id)
  return integration?.previewShape === 'NUMBERS' ? new OtherForm(withPlainAmounts(preview)) : preview
}
