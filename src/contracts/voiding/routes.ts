import type { Operations } from '../../platform/http/operations.ts'
import type { ModuleDeps } from '../../platform/module-deps.ts'
import * as api from './api.ts'
import { withdrawContract } from './withdraw-contract.ts'

/** How members take back what they have signed. */
export function withdrawalRoutes({ write }: Operations, deps: ModuleDeps) {
  write(api.withdrawContract, async (work, { params }) => {
    await withdrawContract(work, params, deps)
    return { success: 'true' }
  })
}
