import type { Module } from '../module.ts'
import * as events from './events.ts'
import { deviceJobs } from './jobs.ts'
import { deviceApiRoutes, deviceRoutes } from './routes.ts'
import * as api from './api.ts'
import * as deviceApi from './device-api.ts'

export { deactivateDevice, importDeviceToken, rotateDeviceToken } from './activation.ts'
export { listDevices } from './device-store.ts'
export { createDevice, createParkingLot, updateDevice, updateParkingLot } from './devices.ts'
export { listLines } from './log-store.ts'
export { setIntervals, setProducts } from './vending/assortment.ts'
export { listTroubledPurchases } from './vending/vending-store.ts'

export const devicesModule: Module = {
  name: 'devices',
  api: [api],
  events: [events],
  deviceApi: [deviceApi],
  routes: deviceRoutes,
  deviceRoutes: deviceApiRoutes,
  jobs: deviceJobs,
}
