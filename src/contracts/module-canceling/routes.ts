import type { Operations } from '../../platform/http/operations.ts'
import * as api from './api.ts'
import { cancelModule } from './cancel-module.ts'
import { withdrawModuleCancelation } from './withdraw-module-cancelation.ts'

const done = { success: 'true' }

export function moduleCancelingRoutes({ write }: Operations) {
  write(api.createModuleContractCancelationAmendment, async (work, { params, body }) => {
    const { contractId, additionalModuleContractId: moduleContractId } = params
    const toDate = Temporal.PlainDate.from(body.cancelationDate)
    await cancelModule(work, { contractId, moduleContractId, toDate, reasonId: body.cancelationReasonId })
    return done
  })
  write(api.withdrawAdditionalModuleContractCancelation, async (work, { params }) => {
    const { contractId, additionalModuleContractId: moduleContractId } = params
    await withdrawModuleCancelation(work, { contractId, moduleContractId })
    return done
  })
}
