import { badRequest } from '../../platform/errors/errors.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { countRedemption, deleteRedemption, insertRedemption, uncountRedemption } from './redemption-store.ts'
import type { VoucherRecord } from './voucher-store.ts'

export const refuseVoucher = () => badRequest('errormessage.voucher.invalidCode', { reference: 'voucherCode' })

/**
 * Uses a code for a contract that is signed in this unit. The last redemption of a code goes to one of two units that want
 * it at once; the other is refused (400).
 */
export async function redeemVoucher(work: UnitOfWork, { code, voucher }: VoucherRecord, contractId: number) {
  if (!(await countRedemption(work.tx, { codeId: code.id, voucherId: voucher.id }, work.now))) throw refuseVoucher()
  await insertRedemption(work.tx, { codeId: code.id, contractId, redeemedAt: work.now, createdAt: work.now })
  work.audit({
    action: 'voucher.redeemed',
    entityKind: 'membershipVoucher',
    entityId: voucher.id,
    diff: { contractId: [null, contractId] },
  })
}

/**
 * Gives the redemption of a contract back whose signing is taken back: the code can be redeemed once more. Answers the code;
 * undefined where the contract was signed without. Codes come before accounts in the order of locks.
 */
export async function returnRedemption(work: UnitOfWork, contractId: number): Promise<string | undefined> {
  const redemption = await deleteRedemption(work.tx, contractId)
  if (!redemption) return undefined
  const { code, voucherId } = await uncountRedemption(work.tx, redemption.codeId, work.now)
  work.audit({
    action: 'voucher.redemptionReturned',
    entityKind: 'membershipVoucher',
    entityId: voucherId,
    diff: { contractId: [contractId, null] },
  })
  return code
}
