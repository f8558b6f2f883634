import { devices } from '../../../src/devices/tables.ts'
import type { DeviceConfig } from '../../../src/devices/config-rules.ts'
import type { Platform } from '../../../src/platform/platform.ts'
import type { Parts } from '../calls/calls.ts'
import { type Fill, memberTexts, stamps } from '../full/full-members.ts'

/** The tokens of the devices, by the part of the path that names what they are. */
const tokens = {
  cardreader: '10000000-0000-4000-8000-00000000000a',
  vending: '10000000-0000-4000-8000-00000000000b',
  time: '10000000-0000-4000-8000-00000000000c',
} as const

const models = {
  cardreader: 'GENERIC_CARD_READER',
  vending: 'GENERIC_VENDING_READER',
  time: 'GENERIC_TIME_READER',
} as const

const paid = { paymentMode: 'CREDIT_ONLY', requireEntitlement: false } as const

const configsFor = (benefitKey: string): Readonly<Record<keyof typeof tokens, DeviceConfig>> => ({
  cardreader: {
    purpose: 'TOGGLE',
    enforceOpeningHours: false,
    enforceCapacity: false,
    antiPassback: 'OFF',
    admitBookings: true,
    debounceSeconds: 0,
    requireCheckedIn: false,
  },
  vending: { ...paid, idleTimeoutSeconds: 1, productDrawTimeoutSeconds: 30, revalueMax: 100 },
  time: { ...paid, mode: 'BENEFIT_ONLY', benefitKey, minSeconds: 60, maxSeconds: 1200, repeatSeconds: 0 },
})

/** A turnstile, a vending machine and a solarium that members use for a benefit. */
export async function insertActiveDevices(
  { tx, studio: { studioId, integrationId } }: Omit<Fill, 'mark' | 'firstId'>,
  benefitKey: string,
  { secrets }: Pick<Platform, 'secrets'>,
) {
  const configs = configsFor(benefitKey)
  await tx.insert(devices).values(
    (['cardreader', 'vending', 'time'] as const).map((kind) => ({
      studioId,
      integrationId,
      name: kind,
      model: models[kind],
      state: 'ACTIVE' as const,
      config: configs[kind],
      tokenHash: secrets.hash('device-token', tokens[kind]),
      tokenEnc: secrets.seal('device-token', tokens[kind]),
      ...stamps,
    })),
  )
}

/** The token of the device that has an operation; undefined for one of the public API. */
export function tokenFor(path: string): string | undefined {
  const [, kind] = /^\/open-api\/device\/(\w+)/.exec(path) ?? []
  return kind === undefined ? undefined : tokens[kind as keyof typeof tokens]
}

/** A member shows the card of theirs; every purchase is a new one. */
export function deviceParts(operationId: string, { mark, customerId, traceId }: Reader): Parts {
  const identification = { type: 'NUMBER', value: memberTexts(mark, customerId).cardNumber }
  const transactionId = traceId.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  switch (operationId) {
    case 'timePrice':
      return {}
    case 'timeUsage':
      return { body: { identification, durationInSeconds: 600 } }
    case 'vendingIdentification':
      return { body: { identification, transactionId } }
    case 'vendingSale':
      return { body: { identification, transactionId, productId: '1', price: 1.29 } }
    case 'vendingRevalue':
      return { body: { identification, transactionId, amount: 5 } }
    default:
      return { body: { identification } }
  }
}

interface Reader {
  readonly mark: string
  readonly customerId: number
  readonly traceId: string
}
