import type { DeviceCaller } from '../../platform/units/caller.ts'
import { ApiError, badRequest } from '../../platform/errors/errors.ts'
import type { Steps } from '../../platform/http/steps.ts'
import { formatAmount, parseMoney } from '../../platform/values/money.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import { toMinor } from '../amounts.ts'
import { type DeviceDeps, type DeviceWork, toLogLine, logEffect, refusalText } from '../calls.ts'
import type { Identification, VendingSaleResponse } from '../device-api.ts'
import {
  findSpendableCredit,
  moneyArgument,
  pay,
  type Payment,
  preparePayment,
  presentCredit,
  studioMoney,
} from '../money.ts'
import { isOldEnough } from '../payment-rules.ts'
import { auditPurchase, type Purchasing, refusePurchase, withPurchase } from './vending.ts'
import { planSale, type Purchase } from './vending-rules.ts'
import { findOffer, updatePurchases } from './vending-store.ts'

export interface SaleRequest {
  readonly identification: Identification
  readonly transactionId: string
  /** The shelf. */
  readonly productId: string
  readonly price: number
  readonly shouldExecute: boolean
}

/** Reserves a product, or pays for it: then there is nothing more to say. */
export function sellProduct(
  steps: Steps<DeviceCaller>,
  request: SaleRequest,
  deps: DeviceDeps,
): Promise<VendingSaleResponse | undefined | ApiError> {
  const { identification, transactionId, shouldExecute } = request
  const asked = { identification, transactionId, action: 'VENDING_SALE', dryRun: !shouldExecute }
  return withPurchase(steps, asked, deps, async (work, purchasing) => {
    const { call, customerId, purchase } = purchasing
    const price = parseMoney(request.price, work.caller.studio.currency)
    const minor = typeof price === 'string' ? undefined : price.minor
    const party = { deviceId: call.caller.device.id, customerId }
    const plan = planSale(purchase, { ...party, shelf: request.productId, price: minor, shouldExecute }, work.now)
    switch (plan.kind) {
      case 'REFUSE':
        return refusePurchase(plan.refusal)
      case 'REPEATED':
        deps.log.add(call.caller.tenantId, toLogLine(call, work.now, { customerId, outcome: 'REPEATED' }))
        return undefined
      case 'LATE':
        return completeLate(work, purchasing, plan.purchase)
      case 'CHECK':
        return sellNow(work, { purchasing, purchase: plan.purchase, request, deps })
    }
  })
}

interface Sale {
  readonly purchasing: Purchasing
  readonly purchase: Purchase
  readonly request: SaleRequest
  readonly deps: DeviceDeps
}

async function sellNow(work: DeviceWork, sale: Sale): Promise<VendingSaleResponse | undefined | ApiError> {
  const { purchasing, purchase, request } = sale
  const { call, customerId, config, transactionId } = purchasing
  const { currency, zone } = work.caller.studio
  const { productId: shelf } = request
  const offer = await findOffer(work.db, { deviceId: call.caller.device.id, shelf, customerId })
  if (!offer) {
    return new ApiError(404, 'errormessage.device.productNotFound', { args: [{ type: 'STRING', value: shelf }] })
  }
  const price = toMinor(offer.price, currency)
  if (isOtherPrice(request.price, price, currency)) return priceMismatch(request.price, price, work.caller)
  const { minAge, dateOfBirth } = offer
  if (!isOldEnough(dateOfBirth, minAge, dateIn(work.now, zone))) return holdBack(work, sale, ageRestricted(minAge))
  const bill = { customerId, price, journalKey: toJournalKey(transactionId), title: offer.product }
  const payment = await preparePayment(work, bill, config)
  if ('lack' in payment) return holdBack(work, sale, payment.lack)
  if (request.shouldExecute) return complete(work, { purchasing, purchase, payment, shelf, late: false })
  const expiresAt = work.now.add({ seconds: config.productDrawTimeoutSeconds })
  const reserved = { state: 'RESERVED', shelf, price: formatAmount({ minor: price, currency }), expiresAt } as const
  await updatePurchases(work.tx, [purchase.id], reserved, work.now)
  sale.deps.log.add(call.caller.tenantId, toLogLine(call, work.now, { customerId, outcome: 'GRANTED' }))
  return toAnswer(work, sale, '')
}

/** Says what the customer lacks; the purchase stays alive, so that something else may be chosen. */
async function holdBack(work: DeviceWork, sale: Sale, refusal: ApiError): Promise<VendingSaleResponse> {
  const { call, customerId } = sale.purchasing
  sale.deps.log.add(call.caller.tenantId, toLogLine(call, work.now, { customerId, outcome: 'REFUSED', refusal }))
  return toAnswer(work, sale, await refusalText(refusal, work, sale.deps))
}

async function toAnswer(work: DeviceWork, { purchasing, request }: Sale, text: string): Promise<VendingSaleResponse> {
  const credit = await findSpendableCredit(work, purchasing.customerId)
  const { transactionId } = purchasing
  return { text, authorized: text === '', ...presentCredit(credit), transactionId, price: request.price }
}

async function completeLate(work: DeviceWork, purchasing: Purchasing, purchase: Purchase) {
  const { customerId, transactionId, call } = purchasing
  const shelf = purchase.shelf as string
  const offer = await findOffer(work.db, { deviceId: call.caller.device.id, shelf, customerId })
  const journalKey = toJournalKey(transactionId)
  const bill = { customerId, price: purchase.price as bigint, journalKey, title: offer?.product ?? shelf }
  const payment = await preparePayment(work, bill, 'LATE')
  if ('lack' in payment) return payment.lack
  return complete(work, { purchasing, purchase, payment, shelf, late: true })
}

interface Completion {
  readonly purchasing: Purchasing
  readonly purchase: Purchase
  readonly payment: Payment
  readonly shelf: string
  readonly late: boolean
}

async function complete(work: DeviceWork, { purchasing, purchase, payment, shelf, late }: Completion) {
  const ledgerEntryId = await pay(work, payment)
  const price = formatAmount(studioMoney(payment.bill.price, work.caller))
  const paid = { state: 'COMPLETED', shelf, price, late, ledgerEntryId } as const
  await updatePurchases(work.tx, [purchase.id], paid, work.now)
  await logEffect(work, purchasing.call, purchasing.customerId)
  auditPurchase(work, purchase.id, late ? 'completedLate' : 'completed')
  return undefined
}

const toJournalKey = (transactionId: string) => `vending:${transactionId.toLowerCase()}`

function isOtherPrice(given: number, price: bigint, currency: string): boolean {
  const money = parseMoney(given, currency)
  return typeof money === 'string' || money.minor !== price
}

function priceMismatch(given: number, price: bigint, caller: DeviceCaller): ApiError {
  const { currency } = caller.studio
  const givenArgument = { type: 'MONEY', value: { amount: given, currency } } as const
  return badRequest('errormessage.device.priceMismatch', {
    args: [givenArgument, moneyArgument(studioMoney(price, caller))],
  })
}

function ageRestricted(minAge: number | null): ApiError {
  const args = [{ type: 'INTEGER', value: minAge ?? 0 }] as const
  return new ApiError(403, 'errormessage.device.ageRestricted', { args })
}
