import { declareEvent } from '../platform/units/events.ts'

export const deviceCreated = declareEvent('DEVICE_CREATED', {
  when: 'Staff set up a device, which waits for its activation.',
  entity: 'the device',
  audience: 'the integration that the device is meant for, if staff named one',
})
