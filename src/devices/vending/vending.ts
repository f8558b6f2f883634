import { lockCustomers } from '../../customers/index.ts'
import { brokenConstraint } from '../../platform/database/database.ts'
import { ApiError, badRequest } from '../../platform/errors/errors.ts'
import type { Steps } from '../../platform/http/steps.ts'
import type { DeviceCaller } from '../../platform/units/caller.ts'
import {
  type DeviceCall,
  type DeviceDeps,
  type DeviceWork,
  identifyPerson,
  toLogLine,
  logEffect,
  notIdentified,
  refusalText,
} from '../calls.ts'
import type { VendingConfig } from '../config-rules.ts'
import type { Identification, VendingIdentificationResponse } from '../device-api.ts'
import { refusalAtMachine } from '../entitlement.ts'
import { findSpendableCredit, presentCredit } from '../money.ts'
import { isOverdue, planIdentification, type Purchase, type PurchaseRefusal } from './vending-rules.ts'
import { insertPurchase, listOpenPurchases, lockPurchase, updatePurchases } from './vending-store.ts'

/** A call about a purchase of a known customer, its rows locked and up to date. */
export interface Purchasing {
  readonly call: DeviceCall
  readonly customerId: number
  readonly transactionId: string
  readonly config: VendingConfig
  readonly purchase: Purchase | undefined
  /** Further purchases of the customer that time has not ended. */
  readonly others: readonly Purchase[]
}

export interface PurchaseRequest {
  readonly identification: Identification
  readonly transactionId: string
  readonly action: string
  readonly dryRun: boolean
}

/**
 * Runs a step of a purchase: finds the customer, takes the locks (customer, then the purchase), marks what time has
 * ended. A refusal that `step` returns keeps those marks; its line in the log follows.
 */
export async function withPurchase<T>(
  steps: Steps<DeviceCaller>,
  { identification, transactionId, action, dryRun }: PurchaseRequest,
  deps: DeviceDeps,
  step: (work: DeviceWork, purchasing: Purchasing) => Promise<T | ApiError>,
): Promise<T | ApiError> {
  const { caller } = steps
  const call: DeviceCall = { caller, identification, action, dryRun }
  const person = await steps.read((view) => identifyPerson(view, call, deps))
  if (person instanceof ApiError) return person
  const buy = async (work: DeviceWork) => {
    const { customerId } = person
    work.concern(customerId)
    const config = caller.device.config as VendingConfig
    const rows = await lockPurchases(work, customerId, transactionId)
    const answered = rows ? await step(work, { call, customerId, transactionId, config, ...rows }) : notIdentified()
    if (answered instanceof ApiError) {
      const line = toLogLine(call, work.now, { customerId, outcome: 'REFUSED', refusal: answered })
      deps.log.add(caller.tenantId, line)
    }
    return answered
  }
  return steps.write(buy, [`customer ${person.customerId}`])
}

async function lockPurchases(work: DeviceWork, customerId: number, transactionId: string) {
  const { tx, now, caller } = work
  const { currency } = caller.studio
  const [locked] = await lockCustomers(tx, [customerId])
  if (locked === undefined) return undefined
  const purchase = await lockPurchase(tx, transactionId, currency)
  const open = await listOpenPurchases(tx, customerId, transactionId, currency)
  const overdue = [...(purchase ? [purchase] : []), ...open].filter((each) => isOverdue(each, now))
  await updatePurchases(
    tx,
    overdue.map(({ id }) => id),
    { state: 'EXPIRED' },
    now,
  )
  return { purchase, others: open.filter((each) => !isOverdue(each, now)) }
}

/** Begins a purchase, or gives the one that is alive more time. */
export function identifyBuyer(
  steps: Steps<DeviceCaller>,
  { identification, transactionId }: { readonly identification: Identification; readonly transactionId: string },
  deps: DeviceDeps,
): Promise<VendingIdentificationResponse | ApiError> {
  const request = { identification, transactionId, action: 'VENDING_IDENTIFICATION', dryRun: false }
  return withPurchase(steps, request, deps, async (work, purchasing) => {
    const { call, customerId, config, purchase, others } = purchasing
    const party = { deviceId: call.caller.device.id, customerId }
    const plan = planIdentification(purchase, others, { party, now: work.now })
    const refuse = async (refusal: ApiError) => {
      deps.log.add(call.caller.tenantId, toLogLine(call, work.now, { customerId, outcome: 'REFUSED', refusal }))
      return answer(work, purchasing, await refusalText(refusal, work, deps))
    }
    const expiresAt = work.now.add({ seconds: config.idleTimeoutSeconds })
    switch (plan.kind) {
      case 'REFUSE':
        return refusePurchase(plan.refusal)
      case 'LOCKED':
        return refuse(new ApiError(403, 'errormessage.device.customerLocked'))
      case 'RENEW':
        await updatePurchases(work.tx, [plan.purchaseId], { expiresAt }, work.now)
        return answer(work, purchasing, '')
      case 'BEGIN': {
        const refusal = await refusalAtMachine(work, customerId, config)
        if (refusal) return refuse(refusal)
        await begin(work, purchasing, expiresAt)
        return answer(work, purchasing, '')
      }
    }
  })
}

async function begin(work: DeviceWork, { call, customerId, transactionId }: Purchasing, expiresAt: Temporal.Instant) {
  const purchase = { deviceId: call.caller.device.id, transactionId, customerId, expiresAt }
  const id = await insertPurchase(work.tx, purchase, work.now).catch((error: unknown) => {
    // Another call began with the same id at the same moment.
    const isTaken = brokenConstraint(error) === 'vending_transactions_id_unique'
    throw isTaken ? refusePurchase('transactionMismatch') : error
  })
  await logEffect(work, call, customerId)
  auditPurchase(work, id, 'begun')
}

async function answer(
  work: DeviceWork,
  { customerId, transactionId }: Purchasing,
  text: string,
): Promise<VendingIdentificationResponse> {
  const credit = await findSpendableCredit(work, customerId)
  return { text, authorized: text === '', ...presentCredit(credit), transactionId }
}

export function refusePurchase(refusal: PurchaseRefusal): ApiError {
  return badRequest(`errormessage.device.${refusal}`)
}

export function auditPurchase(work: DeviceWork, purchaseId: number, action: string) {
  const { id: studioId } = work.caller.studio
  work.audit({ action: `purchase.${action}`, entityKind: 'vendingTransaction', entityId: purchaseId, studioId })
}
