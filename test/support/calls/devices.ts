import type { MakeCall } from './calls.ts'

/** Hardware, as partners see it. */
export const deviceCalls: Readonly<Record<string, MakeCall>> = {
  getDevices: () => ({}),
  activateDevice: ({ deviceId }) => ({ params: { deviceId } }),
}
