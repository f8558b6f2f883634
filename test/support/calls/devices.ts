import type { CallOf } from './calls.ts'

/** Hardware, as partners see it. */
export const deviceCalls: Readonly<Record<string, CallOf>> = {
  getDevices: () => ({}),
  activateDevice: ({ deviceId }) => ({ params: { deviceId } }),
}
