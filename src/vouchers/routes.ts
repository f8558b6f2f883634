import type { Operations } from '../platform/http/operations.ts'
import type { ModuleDeps } from '../platform/module-deps.ts'
import * as api from './api.ts'
import { VoucherMisses } from './misses.ts'
import { redeemVoucher } from './redemptions.ts'

export function voucherRoutes({ write }: Operations, { secrets, real }: ModuleDeps) {
  const misses = new VoucherMisses(() => real.monotonicMs())
  write(api.redeemCheckinVoucher, async (work, { body }) => {
    const { studio, integration, keyId } = work.caller
    misses.check(keyId)
    const sight = { studioIds: [studio.id], integrationId: integration.id, now: work.now }
    const context = { studioId: studio.id, sight, secrets, onMiss: () => misses.note(keyId) }
    return { studioAccessCode: await redeemVoucher(work, body, context) }
  })
}
