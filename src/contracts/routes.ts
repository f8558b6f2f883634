import { findOwnCustomer, getCustomerBy, getReadDeps, localSight, numbersOfStudio } from '../customers/index.ts'
import { findPreviewShape } from '../integrations/index.ts'
import { withPlainAmounts } from '../membership-offers/index.ts'
import { OtherForm } from '../platform/http/binding.ts'
import type { Operations } from '../platform/http/operations.ts'
import type { PartnerView } from '../platform/units/work.ts'
import type { ModuleDeps } from '../platform/module-deps.ts'
import * as api from './api.ts'
import { cancelationRoutes } from './canceling/routes.ts'
import { listContracts, listOwnContracts } from './reading/contract-reads.ts'
import * as reads from './reading/reading-api.ts'
import * as idleConfig from './idle-config/api.ts'
import { findIdleConfig } from './idle-config/idle-config.ts'
import { idlePeriodRoutes } from './idle-periods/routes.ts'
import { moduleCancelingRoutes } from './module-canceling/routes.ts'
import * as moduleSales from './module-sales/api.ts'
import { readModuleContract } from './module-sales/module-contract.ts'
import { purchaseModule, validatePurchase } from './module-sales/module-purchase.ts'
import { listPurchasableModules } from './module-sales/purchasable-modules.ts'
import * as switching from './switching/api.ts'
import { findSwitchForCustomer, listSwitchesForCustomer } from './switching/switch-configs.ts'
import { switchMembership } from './switching/switch-membership.ts'
import { previewSwitch } from './switching/switch-preview.ts'
import { previewAddition, previewSignup } from './previews.ts'
import { addMembership } from './signing/add-membership.ts'
import { signUp } from './signing/sign-up.ts'
import { withdrawalRoutes } from './voiding/routes.ts'

export function contractRoutes(operations: Operations, deps: ModuleDeps) {
  const { read, write } = operations
  const readDeps = getReadDeps(deps)
  cancelationRoutes(operations)
  idlePeriodRoutes(operations, deps)
  withdrawalRoutes(operations, deps)
  read(api.postSignupPreview, (view, { body }) => shape(view, previewSignup(view, body, deps)))
  read(api.postMembershipPreview, (view, { params: { customerId }, body }) =>
    shape(view, previewAddition(view, { customerId, contract: body }, deps)),
  )
  read(reads.getCustomersContracts, async (view, { params: { customerId }, query: { status } }) => {
    await findOwnCustomer(view, customerId)
    const contracts = await listContracts(view, { customerId, status }, deps)
    const hands = contracts.some(({ signedDocumentUrl }) => signedDocumentUrl !== undefined)
    // Documents name the person: who was given links to them is on record.
    if (hands) readDeps.accessLog.record(view, reads.getCustomersContracts.operationId, customerId)
    return contracts
  })
  read(reads.getCustomerContractsBy, async (view, { query: { status, ...lookup } }) => {
    const reading = { operation: reads.getCustomerContractsBy.operationId, sight: localSight(view) }
    const { id } = await getCustomerBy(view, lookup, reading, readDeps)
    return listContracts(view, { customerId: id, status }, deps)
  })
  read(reads.getContractData, (view, { params: { customerId } }) => listOwnContracts(view, customerId))
  write(
    api.signupMembership,
    async (work, { body }) => {
      const { customerId, contractId } = await signUp(work, body, deps)
      work.setHeader('x-contract-id', String(contractId))
      return { customerId }
    },
    { rows: (_input, { caller }) => [numbersOfStudio(caller.studio.id)] },
  )
  write(api.addMembership, async (work, { params: { customerId }, body }) => {
    const contractId = await addMembership(work, { customerId, wish: body }, deps)
    work.setHeader('x-contract-id', String(contractId))
  })
  read(idleConfig.getIdlePeriodConfig, (view, { params: { contractId } }) => findIdleConfig(view, contractId))
  read(moduleSales.getPurchasableAdditionalModules, (view, { params: { contractId } }) =>
    listPurchasableModules(view, contractId, deps),
  )
  read(moduleSales.validateAdditionalModuleContractRequest, async (view, { params: { contractId }, body }) => ({
    validationStatus: await validatePurchase(view, { contractId, wish: body }),
  }))
  write(moduleSales.purchaseAdditionalModuleContract, async (work, { params: { contractId }, body }) => ({
    id: await purchaseModule(work, { contractId, wish: body }),
  }))
  read(moduleSales.getAdditionalModuleContract, (view, { params: { contractId, additionalModuleContractId } }) =>
    readModuleContract(view, { contractId, moduleContractId: additionalModuleContractId }),
  )
  moduleCancelingRoutes(operations)
  read(switching.getMembershipSwitchConfigurationsForCustomer, (view, { params: { customerId }, query }) =>
    listSwitchesForCustomer(view, { customerId, studioId: query.studioId }, deps),
  )
  read(switching.getMembershipSwitchConfigurationForCustomer, (view, { params, query }) =>
    findSwitchForCustomer(view, { ...params, studioId: query.studioId }, deps),
  )
  read(switching.postMembershipSwitchPreview, (view, { params: { customerId }, query, body }) =>
    shape(view, previewSwitch(view, { customerId, studioId: query.studioId, wish: body }, deps)),
  )
  write(switching.switchMembership, async (work, { params: { customerId }, query, body }) => {
    const asked = { customerId, studioId: query.studioId, wish: body }
    work.setHeader('x-contract-id', String(await switchMembership(work, asked, deps)))
  })
}

/** Amounts as the integration is set to read them. */
async function shape<T extends object>({ db, caller }: PartnerView, previewed: Promise<T>): Promise<T | OtherForm> {
  const [preview, form] = await Promise.all([previewed, findPreviewShape(db, caller.integration.id)])
  return form === 'NUMBERS' ? new OtherForm(withPlainAmounts(preview)) : preview
}
