import { lockFunds, topUpCredit as bookTopUp } from '../../accounts/index.ts'
import type { DeviceCaller } from '../../platform/units/caller.ts'
import { brokenConstraint } from '../../platform/database/database.ts'
import { ApiError, refuseFields, violation } from '../../platform/errors/errors.ts'
import type { Steps } from '../../platform/http/steps.ts'
import { isBefore } from '../../platform/time/order.ts'
import { formatAmount, type Money, readMoney } from '../../platform/values/money.ts'
import { toMinor } from '../amounts.ts'
import { type DeviceDeps, type DeviceWork, toLogLine, logEffect } from '../calls.ts'
import type { Identification } from '../device-api.ts'
import { findDeviceName } from '../device-store.ts'
import { currencyMismatch } from '../money.ts'
import { type Purchasing, refusePurchase, withPurchase } from './vending.ts'
import { insertTopUp, lockTopUp, updatePurchases } from './vending-store.ts'

export interface TopUpRequest {
  readonly identification: Identification
  readonly transactionId: string
  readonly amount: number
}

/** Adds to the prepaid credit what the customer has paid into the machine, once per id. */
export function topUpCredit(
  steps: Steps<DeviceCaller>,
  request: TopUpRequest,
  deps: DeviceDeps,
): Promise<ApiError | undefined> {
  const { identification, transactionId } = request
  const asked = { identification, transactionId, action: 'VENDING_REVALUE', dryRun: false }
  return withPurchase<undefined>(steps, asked, deps, async (work, purchasing) => {
    const { call, customerId, config, purchase, others } = purchasing
    const amount = readAmount(work, request.amount, config.revalueMax)
    const earlier = await lockTopUp(work.tx, transactionId)
    if (earlier) {
      const isSame =
        earlier.deviceId === call.caller.device.id &&
        earlier.customerId === customerId &&
        toMinor(earlier.price ?? '0', amount.currency) === amount.minor
      if (!isSame) return refusePurchase('transactionMismatch')
      deps.log.add(call.caller.tenantId, toLogLine(call, work.now, { customerId, outcome: 'REPEATED' }))
      return undefined
    }
    if (others.length > 0) return new ApiError(403, 'errormessage.device.customerLocked')
    const refusal = await topUp(work, purchasing, amount)
    if (refusal) return refusal
    if (purchase) await renew(work, purchasing)
    await logEffect(work, call, customerId)
    return undefined
  })
}

async function topUp(
  work: DeviceWork,
  { call, customerId, transactionId }: Purchasing,
  amount: Money,
): Promise<ApiError | undefined> {
  const { credit } = await lockFunds(work, customerId)
  if (credit.currency !== amount.currency) return currencyMismatch(credit.currency, amount.currency)
  const journalKey = `revalue:${transactionId.toLowerCase()}`
  const { id: studioId } = work.caller.studio
  const description = await findDeviceName(work.db, call.caller.device.id)
  const movement = { customerId, amount, studioId, journalKey, description, method: 'CASH' } as const
  const ledgerEntryId = await bookTopUp(work, movement)
  const row = { deviceId: call.caller.device.id, transactionId, customerId, price: formatAmount(amount), ledgerEntryId }
  const id = await insertTopUp(work.tx, row, work.now).catch((error: unknown) => {
    // Another call topped up with the same id at the same moment.
    throw brokenConstraint(error) === 'vending_transactions_id_unique' ? refusePurchase('transactionMismatch') : error
  })
  work.concern(customerId)
  work.audit({ action: 'credit.toppedUp', entityKind: 'vendingTransaction', entityId: id, studioId })
  return undefined
}

/** Who tops up while buying gets the time for it. */
async function renew(work: DeviceWork, { purchase, config }: Purchasing) {
  if (!purchase || (purchase.state !== 'IDENTIFIED' && purchase.state !== 'RESERVED')) return
  if (!isBefore(work.now, purchase.expiresAt)) return
  const expiresAt = work.now.add({ seconds: config.idleTimeoutSeconds })
  await updatePurchases(work.tx, [purchase.id], { expiresAt }, work.now)
}

function readAmount({ caller }: DeviceWork, given: number, largest: number): Money {
  const amount = readMoney(given, caller.studio.currency, 'amount')
  if (amount.minor <= 0n) throw refuseFields([violation('amount', 'min', { type: 'DECIMAL', value: 0 })])
  if (given > largest) throw refuseFields([violation('amount', 'max', { type: 'DECIMAL', value: largest })])
  return amount
}
