import type { Operations } from '../platform/http/operations.ts'
import type { ModuleDeps } from '../platform/module-deps.ts'
import { confirmActivation } from './activations.ts'
import * as api from './api.ts'
import { describeCaller } from './self-description.ts'

export function integrationRoutes({ read, write }: Operations, deps: ModuleDeps) {
  write(api.confirmActivation, (work) => confirmActivation(work), {
    rows: (_input, { caller }) => [`activation ${caller.activation.id}`],
  })
  read(api.getMe, (view) => describeCaller(view, deps))
}
