import { Type } from 'typebox'
import { type TypedArgument, refuseFields, violation } from '../platform/errors/errors.ts'
import { double, flag, id, int32, choice, text } from '../platform/api/schema.ts'
import { validate } from '../platform/validation/validation.ts'
import { type DeviceConfig, judgeConfig, paymentModes, purposes } from './config-rules.ts'
import type { DeviceModel } from './tables.ts'

const optional = Type.Optional
const LONGEST_DEBOUNCE = 120
const LONGEST_TIMEOUT = 600
const LONGEST_USE = 86_400

const payment = {
  paymentMode: choice(paymentModes, 'Who pays.', { default: 'CREDIT_ONLY' }),
  accountLimit: optional(double('How much of one price may go to the account.', { minimum: 0 })),
  requireEntitlement: flag('Only with a valid membership.', { default: true }),
}

const schemas = {
  GENERIC_CARD_READER: Type.Object({
    purpose: choice(purposes, 'What the reader stands for.'),
    enforceOpeningHours: flag('Shut outside the internal opening hours.', { default: false }),
    enforceCapacity: flag('Shut when the studio is full.', { default: false }),
    antiPassback: choice(['OFF', 'STRICT'] as const, 'STRICT: shut for who is inside.', { default: 'OFF' }),
    admitBookings: flag('Open for who has booked here.', { default: true }),
    debounceSeconds: int32('A repeated reading has no effect.', { default: 10, minimum: 0, maximum: LONGEST_DEBOUNCE }),
    benefitKey: optional(text('ZONE: the benefit.', { minLength: 1, maxLength: 100 })),
    requireCheckedIn: flag('ZONE: shut for who is not inside.', { default: false }),
    parkingLotId: optional(id('PARKING_IN and PARKING_OUT.')),
  }),
  GENERIC_VENDING_READER: Type.Object({
    ...payment,
    idleTimeoutSeconds: int32('A purchase without a choice.', { default: 15, minimum: 1, maximum: LONGEST_TIMEOUT }),
    productDrawTimeoutSeconds: int32('From choice to draw.', { default: 30, minimum: 1, maximum: LONGEST_TIMEOUT }),
    revalueMax: double('Largest top-up.', { default: 200, minimum: 0 }),
  }),
  GENERIC_TIME_READER: Type.Object({
    ...payment,
    mode: choice(['INTERVALS', 'PER_MINUTE', 'BENEFIT_ONLY'] as const, 'How a use is priced.'),
    benefitKey: optional(text('The benefit that makes it free.', { minLength: 1, maxLength: 100 })),
    pricePerMinute: optional(double('PER_MINUTE.', { minimum: 0 })),
    minSeconds: int32('PER_MINUTE: shortest use.', { default: 60, minimum: 1, maximum: LONGEST_USE }),
    maxSeconds: int32('PER_MINUTE: longest use.', { default: 3600, minimum: 1, maximum: LONGEST_USE }),
    repeatSeconds: int32('A repeated use is charged once.', { default: 10, minimum: 0, maximum: LONGEST_DEBOUNCE }),
  }),
} as const

/** The configuration of a device of this model, with its defaults; refuses what is missing, misshapen or contradictory. */
export function readConfig(model: DeviceModel, given: unknown): DeviceConfig {
  const { value, violations } = validate(schemas[model], given, 'config')
  const [first, ...rest] = violations
  if (first) throw refuseFields([first, ...rest])
  const config = value as DeviceConfig
  const wrong = judgeConfig(config)
  if (wrong === undefined) return config
  const bound: TypedArgument[] = wrong.bound === undefined ? [] : [{ type: 'DECIMAL', value: wrong.bound }]
  throw refuseFields([violation(`config.${wrong.field}`, wrong.reason, ...bound)])
}
