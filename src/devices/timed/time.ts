import { findBenefitUse, takeBenefit } from '../../benefits/index.ts'
import { everybody, lockCustomers } from '../../customers/index.ts'
import type { DeviceCaller } from '../../platform/units/caller.ts'
import { ApiError, badRequest, refuseFields, violation } from '../../platform/errors/errors.ts'
import { tokenInvalid } from '../../platform/entrance/device-door.ts'
import type { Steps } from '../../platform/http/steps.ts'
import { nonNull } from '../../platform/values/defined.ts'
import { amountNumber, formatAmount, type Money } from '../../platform/values/money.ts'
import { toMinor } from '../amounts.ts'
import {
  type DeviceCall,
  type DeviceDeps,
  type DeviceView,
  type DeviceWork,
  identifyPerson,
  toLogLine,
  logEffect,
  notIdentified,
  refusalText,
} from '../calls.ts'
import type { TimeConfig } from '../config-rules.ts'
import type { Identification, TimeUsageResponse } from '../device-api.ts'
import { findDeviceName, isDeviceActive, listIntervals } from '../device-store.ts'
import { refusalAtMachine } from '../entitlement.ts'
import { pay, preparePayment } from '../money.ts'
import { benefitRefusal } from '../card-readers/reading.ts'
import { type Interval, planUse } from './time-rules.ts'
import { findDeviceIntegration, hasUsedSince, insertUsage } from './time-store.ts'
import type { Outcome } from '../tables.ts'

const getConfig = ({ device }: DeviceCaller) => device.config as TimeConfig

async function findIntervals({ db, caller }: DeviceView): Promise<Interval[]> {
  const { currency } = caller.studio
  const rows = await listIntervals(db, caller.device.id)
  return rows.map(({ durationSeconds, price }) => ({
    durationSeconds,
    price: { minor: toMinor(price, currency), currency },
  }))
}

/** What can be chosen; nothing where the time is free or counted by the minute. */
export async function listPrices(view: DeviceView) {
  if (!(await isDeviceActive(view.db, view.caller.device.id))) throw tokenInvalid()
  const intervals = getConfig(view.caller).mode === 'INTERVALS' ? await findIntervals(view) : []
  return {
    selection: intervals.map(({ durationSeconds, price }) => ({
      durationInSeconds: durationSeconds,
      price: presentMoney(price),
    })),
  }
}

const presentMoney = (money: Money) => ({ amount: amountNumber(money), currency: money.currency })

/** Whether the customer may use the device at all. */
export async function identifyUser(steps: Steps<DeviceCaller>, identification: Identification, deps: DeviceDeps) {
  const { caller } = steps
  const call: DeviceCall = { caller, identification, action: 'TIME_IDENTIFICATION', dryRun: true }
  return steps.read(async (view) => {
    const person = await identifyPerson(view, call, deps)
    if (person instanceof ApiError) return person
    const refusal = await refusalAtMachine(view, person.customerId, getConfig(caller))
    logOutcome(view, { call, customerId: person.customerId }, refusal ?? 'GRANTED', deps)
    return { text: refusal ? await refusalText(refusal, view, deps) : '', authorized: refusal === undefined }
  })
}

interface Using {
  readonly call: DeviceCall
  readonly customerId: number
}

function logOutcome({ now }: DeviceView, { call, customerId }: Using, result: Outcome | ApiError, { log }: DeviceDeps) {
  const seen = result instanceof ApiError ? ({ outcome: 'REFUSED', refusal: result } as const) : { outcome: result }
  log.add(call.caller.tenantId, toLogLine(call, now, { customerId, ...seen }))
}

export interface UseRequest {
  readonly identification: Identification
  readonly seconds: number | undefined
  readonly shouldExecute: boolean
}

/** Says what a use costs, or lets it begin: a benefit pays, else the customer. */
export async function useDevice(
  steps: Steps<DeviceCaller>,
  { identification, seconds, shouldExecute }: UseRequest,
  deps: DeviceDeps,
): Promise<TimeUsageResponse | undefined | ApiError> {
  const { caller } = steps
  const call: DeviceCall = { caller, identification, action: 'TIME_USAGE', dryRun: !shouldExecute }
  const person = await steps.read((view) => identifyPerson(view, call, deps))
  if (person instanceof ApiError) return person
  const using = { call, customerId: person.customerId }
  // Looking at the price takes the lock of the account too, and gives it back with everything else.
  const useOnce = async (work: DeviceWork) => {
    work.concern(using.customerId)
    const [locked] = await lockCustomers(work.tx, [using.customerId])
    const answer = locked === undefined ? notIdentified() : await use(work, using, { seconds, deps })
    if (answer instanceof ApiError) logOutcome(work, using, answer, deps)
    return answer
  }
  return steps.write(useOnce, [`customer ${using.customerId}`])
}

async function use(
  work: DeviceWork,
  using: Using,
  { seconds: wanted, deps }: { readonly seconds: number | undefined; readonly deps: DeviceDeps },
): Promise<TimeUsageResponse | undefined | ApiError> {
  const { call, customerId } = using
  const config = getConfig(call.caller)
  const plan = await planTime(work, config, wanted)
  if (plan instanceof ApiError) return plan
  const { seconds, price } = plan
  if (!call.dryRun && (await isRepeatedUse(work, using, seconds))) {
    logOutcome(work, using, 'REPEATED', deps)
    return undefined
  }
  const refuse = async (refusal: ApiError) => {
    logOutcome(work, using, refusal, deps)
    return {
      text: await refusalText(refusal, work, deps),
      authorized: false,
      ...nonNull({ price: price && presentMoney(price) }),
    }
  }
  const refusal = await refusalAtMachine(work, customerId, config)
  if (refusal) return refuse(refusal)
  const free = await judgeDevice(work, using)
  if (free === 'USABLE') return begin(work, using, { seconds, price: zero(call.caller), byBenefit: true, deps })
  if (price === undefined) return refuse(free)
  if (price.minor === 0n) return begin(work, using, { seconds, price, deps })
  const journalKey = `usage:${call.caller.device.id}:${customerId}:${work.now.epochMilliseconds}`
  const title = await findDeviceName(work.db, call.caller.device.id)
  const payment = await preparePayment(work, { customerId, price: price.minor, journalKey, title }, config)
  if ('lack' in payment) return refuse(payment.lack)
  return begin(work, using, { seconds, price, deps, payment })
}

async function planTime(work: DeviceWork, config: TimeConfig, wanted: number | undefined) {
  const { currency } = work.caller.studio
  const perMinute = config.pricePerMinute
  const pricePerMinute = perMinute === undefined ? undefined : { minor: toMinor(perMinute, currency), currency }
  const intervals = config.mode === 'INTERVALS' ? await findIntervals(work) : []
  const plan = planUse({ config, intervals, pricePerMinute }, wanted)
  if (plan.kind === 'USE') return plan
  if (plan.kind === 'MISSING') throw refuseFields([violation('durationInSeconds', 'required')])
  return badRequest('errormessage.device.durationNotAvailable', { args: [{ type: 'INTEGER', value: plan.seconds }] })
}

function isRepeatedUse(work: DeviceWork, { call, customerId }: Using, seconds: number | null) {
  const after = work.now.subtract({ seconds: getConfig(call.caller).repeatSeconds })
  return hasUsedSince(work.db, { deviceId: call.caller.device.id, customerId, seconds, after })
}

/** Whether a benefit pays; else what it lacks. */
async function judgeDevice(view: DeviceView, using: Using): Promise<'USABLE' | ApiError> {
  const wish = await toWish(view, using)
  const verdict = wish && (await findBenefitUse(view.db, wish, view.now))
  return verdict?.isUsable ? 'USABLE' : benefitRefusal(verdict?.reason ?? 'NOT_FOUND')
}

async function toWish({ db }: DeviceView, { call: { caller }, customerId }: Using) {
  const { benefitKey } = getConfig(caller)
  if (benefitKey === undefined) return undefined
  const integrationId = await findDeviceIntegration(db, caller.device.id)
  const site = { studioId: caller.studio.id, integrationId, sight: everybody }
  return { customerId, key: benefitKey, site }
}

interface Beginning {
  readonly seconds: number | null
  /** 0 when a benefit pays. */
  readonly price: Money
  readonly byBenefit?: boolean
  readonly payment?: Extract<Awaited<ReturnType<typeof preparePayment>>, { plan: unknown }>
  readonly deps: DeviceDeps
}

async function begin(work: DeviceWork, using: Using, { seconds, price, byBenefit, payment, deps }: Beginning) {
  const { call, customerId } = using
  if (call.dryRun) {
    logOutcome(work, using, 'GRANTED', deps)
    return { text: '', authorized: true, price: presentMoney(price) }
  }
  const wish = byBenefit === true ? await toWish(work, using) : undefined
  const use = wish && (await takeBenefit(work, wish, 'DEVICE'))
  if (use && 'refusal' in use)
    return { text: await refusalText(benefitRefusal(use.refusal), work, deps), authorized: false }
  const usageId = await insertUsage(
    work.tx,
    {
      deviceId: call.caller.device.id,
      customerId,
      durationSeconds: seconds,
      price: formatAmount(price),
      benefitUsageId: use?.usageId ?? null,
      ledgerEntryId: payment ? await pay(work, payment) : null,
    },
    work.now,
  )
  await logEffect(work, call, customerId)
  const { id: studioId } = call.caller.studio
  work.audit({ action: 'deviceUsage.begun', entityKind: 'deviceUsage', entityId: usageId, studioId })
  return undefined
}

const zero = ({ studio: { currency } }: DeviceCaller): Money => ({ minor: 0n, currency })
