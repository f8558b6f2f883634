import type { Operations } from '../platform/http/operations.ts'
import type { ModuleDeps } from '../platform/module-deps.ts'
import * as api from './api.ts'
import { previewAddition, previewSignup } from './previews.ts'

export function contractRoutes({ read }: Operations, deps: ModuleDeps) {
  read(api.postSignupPreview, (view, { body }) => previewSignup(view, body, deps))
  read(api.postMembershipPreview, (view, { params: { customerId }, body }) =>
    previewAddition(view, { customerId, contract: body }, deps),
  )
}
