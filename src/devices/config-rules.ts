import type { ValidationReason } from '../platform/errors/errors.ts'
export const purposes = ['ENTRANCE', 'EXIT', 'TOGGLE', 'ZONE', 'PARKING_IN', 'PARKING_OUT'] as const
/** What a card reader stands for: a way in or out, a room or machine that takes a benefit, a barrier of a car park. */
export type Purpose = (typeof purposes)[number]

/** Who pays: the prepaid credit, the credit as far as it goes and then the account, or the account alone. */
export const paymentModes = ['CREDIT_ONLY', 'CREDIT_THEN_ACCOUNT', 'ACCOUNT_ONLY'] as const
export type PaymentMode = (typeof paymentModes)[number]

export interface CardReaderConfig {
  readonly purpose: Purpose
  readonly enforceOpeningHours: boolean
  readonly enforceCapacity: boolean
  /** STRICT: who is inside is not let in again. */
  readonly antiPassback: 'OFF' | 'STRICT'
  /** Who has booked here gets in, from an hour before the start on. */
  readonly admitBookings: boolean
  /** A repeated reading within this time has no second effect. */
  readonly debounceSeconds: number
  /** ZONE: the benefit that is used up, if any. */
  readonly benefitKey?: string
  /** ZONE: only for those who are inside. */
  readonly requireCheckedIn: boolean
  /** PARKING_IN and PARKING_OUT. */
  readonly parkingLotId?: number
}

/** How a device takes money. Amounts are numbers in the currency of the studio. */
export interface PaymentConfig {
  readonly paymentMode: PaymentMode
  /** How much of one price may go to the account. */
  readonly accountLimit?: number
  /** Only for those with a membership that is valid here; else only a restriction keeps a customer out. */
  readonly requireEntitlement: boolean
}

export interface VendingConfig extends PaymentConfig {
  readonly idleTimeoutSeconds: number
  readonly productDrawTimeoutSeconds: number
  readonly revalueMax: number
}

export interface TimeConfig extends PaymentConfig {
  readonly mode: 'INTERVALS' | 'PER_MINUTE' | 'BENEFIT_ONLY'
  readonly benefitKey?: string
  /** PER_MINUTE. */
  readonly pricePerMinute?: number
  readonly minSeconds: number
  readonly maxSeconds: number
  /** The same use within this time is charged once. */
  readonly repeatSeconds: number
}

export type DeviceConfig = CardReaderConfig | VendingConfig | TimeConfig

export interface ConfigFault {
  readonly field: string
  readonly reason: ValidationReason
  /** What the value must not be below. */
  readonly bound?: number
}

/** A field of a configuration that is missing, or that its other fields contradict. */
export function judgeConfig(config: DeviceConfig): ConfigFault | undefined {
  if ('purpose' in config) {
    const isParking = config.purpose === 'PARKING_IN' || config.purpose === 'PARKING_OUT'
    return isParking && config.parkingLotId === undefined ? { field: 'parkingLotId', reason: 'required' } : undefined
  }
  if (!('mode' in config)) return undefined
  if (config.mode === 'PER_MINUTE' && config.pricePerMinute === undefined)
    return { field: 'pricePerMinute', reason: 'required' }
  if (config.mode === 'BENEFIT_ONLY' && config.benefitKey === undefined)
    return { field: 'benefitKey', reason: 'required' }
  if (config.minSeconds > config.maxSeconds) return { field: 'maxSeconds', reason: 'min', bound: config.minSeconds }
  return undefined
}
