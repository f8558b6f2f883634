import { localSight } from '../customers/index.ts'
import { GuessLimiter } from '../platform/entrance/guess-limiter.ts'
import type { Operations } from '../platform/http/operations.ts'
import type { ModuleDeps } from '../platform/module-deps.ts'
import type { PartnerWork } from '../platform/units/work.ts'
import * as api from './api.ts'
import { normaliseCode } from './code-rules.ts'
import { codeLimit } from './code-limit.ts'
import { redeemVoucher } from './redemptions.ts'

export function voucherRoutes({ write }: Operations, { secrets, real }: ModuleDeps) {
  const misses = new GuessLimiter<number>(codeLimit, () => real.monotonicMs())
  const redeem = async (work: PartnerWork, { body }: { readonly body: api.CheckinVoucherRedeem }) => {
    const { studio, keyId } = work.caller
    misses.check(keyId)
    const sight = localSight(work)
    const onMiss = () => {
      misses.recordMiss(keyId)
      misses.check(keyId)
    }
    const context = { studioId: studio.id, sight, secrets, onMiss }
    return { studioAccessCode: await redeemVoucher(work, body, context) }
  }
  write(api.redeemCheckinVoucher, redeem, {
    rows: ({ body }) => [`voucher ${normaliseCode(body.voucherCode)}`],
  })
}
