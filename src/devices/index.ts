import type { Module } from '../platform/module.ts'
import { decisionLogRetention } from './log-retention.ts'
import { deviceApiRoutes, deviceRoutes } from './routes.ts'
import { purchaseSweeper } from './sweeper.ts'

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
export { listLines } from './log-store.ts'
export { listTroubledPurchases } from './vending-store.ts'

export const devicesModule: Module = {
  name: 'devices',
  routes: deviceRoutes,
  deviceRoutes: deviceApiRoutes,
  chores: [decisionLogRetention, purchaseSweeper],
}
