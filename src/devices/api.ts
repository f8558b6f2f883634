import { type Static, Type } from 'typebox'
import { operation } from '../platform/api/operation.ts'
import { flag, id, list, named, choice, pathId, text } from '../platform/api/schema.ts'

const optional = Type.Optional

export const Device = named(
  'Device',
  Type.Object({
    id: optional(id('Unique id of the device.', { examples: [26] })),
    name: optional(text('What the studio calls it.', { examples: ['Turnstile (left)'] })),
    active: flag('Whether it is activated and may call the Device API.', { examples: [false] }),
    model: optional(
      choice(
        ['GENERIC_VENDING_READER', 'GENERIC_CARD_READER', 'GENERIC_TIME_READER'] as const,
        'What it does: sells products, opens doors, or runs for a time.',
        { examples: ['GENERIC_CARD_READER'] },
      ),
    ),
  }),
)
export type Device = Static<typeof Device>

const DeviceActivationResponse = named(
  'DeviceActivationResponse',
  Type.Object({
    id: optional(id('Unique id of the device.', { examples: [26] })),
    accessToken: optional(
      text('Bearer token with which this device calls the Device API. It stays the same while the device is active.', {
        examples: ['53cda15a-5652-4f62-9b97-508f870ff40b'],
      }),
    ),
  }),
)

export const getDevices = operation({
  operationId: 'getDevices',
  method: 'GET',
  path: '/v1/devices',
  tag: 'Devices',
  summary: 'Devices of the studio',
  description: 'Those that belong to this integration and those that belong to none, by id.',
  scopes: ['DEVICE_READ'],
  response: list(Device, 'All devices of the studio that the integration may activate.'),
})

export const activateDevice = operation({
  operationId: 'activateDevice',
  method: 'PUT',
  path: '/v1/devices/{deviceId}/activate',
  tag: 'Devices',
  summary: 'Activate a device',
  description:
    'Hands out the token with which the device calls the Device API. Repeating the call answers the same token until ' +
    'the studio takes the device out of use or renews its token.',
  scopes: ['DEVICE_WRITE'],
  params: Type.Object({ deviceId: pathId('device', 'Unique id of the device.') }),
  response: DeviceActivationResponse,
})
