import type { Module } from '../platform/module.ts'
import { deviceRoutes } from './routes.ts'

export { deactivateDevice, importDeviceToken, rotateDeviceToken } from './activation.ts'
export { type IntervalInput, type ProductInput, setIntervals, setProducts } from './assortment.ts'
export {
  createDevice,
  createParkingLot,
  type DeviceChanges,
  type DeviceInput,
  updateDevice,
  updateParkingLot,
} from './devices.ts'
export { listDevices } from './device-store.ts'

export const devicesModule: Module = { name: 'devices', routes: deviceRoutes }
