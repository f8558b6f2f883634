import type { Module } from '../platform/module.ts'
import { decisionLogRetention } from './log-retention.ts'
import { deviceApiRoutes, deviceRoutes } from './routes.ts'
import { purchaseSweeper } from './sweeper.ts'

export { deactivateDevice, importDeviceToken, rotateDeviceToken } from './activation.ts'
export { listDevices } from './device-store.ts'
export { createDevice, createParkingLot, updateDevice, updateParkingLot } from './devices.ts'
export { listLines } from './log-store.ts'
export { setIntervals, setProducts } from './vending/assortment.ts'
export { listTroubledPurchases } from './vending/vending-store.ts'

export const devicesModule: Module = {
  name: 'devices',
  routes: deviceRoutes,
  deviceRoutes: deviceApiRoutes,
  chores: [decisionLogRetention, purchaseSweeper],
}
