import { createDevice, importDeviceToken, setIntervals, setProducts } from '../../devices/index.ts'
import { berlin, graz, hamburg } from '../house/chain.ts'
import type { Planting } from '../planting.ts'

export const turnstile = 26
export const shakeBar = 27
const solarium = 28
/** Doors that are strict about what the turnstile lets pass. */
export const doorOfHamburg = 29
export const doorOfGraz = 30

/** The token of an active device of the demo; it is good for nothing outside of it. */
export function demoToken(deviceId: number): string {
  return `00000000-0000-4000-8000-${String(deviceId).padStart(12, '0')}`
}

const model = {
  door: 'GENERIC_CARD_READER',
  vending: 'GENERIC_VENDING_READER',
  time: 'GENERIC_TIME_READER',
} as const

/** A turnstile and a shake bar that are in use, a solarium that waits for its token, and the doors of two more studios. */
export async function plantDevices({ work, platform: { secrets } }: Planting) {
  const add = (device: Omit<Parameters<typeof createDevice>[1], 'studioId'>, studioId = berlin) =>
    createDevice(work, { studioId, ...device })
  await add({ id: turnstile, name: 'Turnstile (left)', model: model.door, config: { purpose: 'TOGGLE' } })
  await add({ id: shakeBar, name: 'Shake bar', model: model.vending, config: {} })
  const sun = { mode: 'INTERVALS', benefitKey: 'BENEFIT_KEY' }
  await add({ id: solarium, name: 'Solarium 1', model: model.time, config: sun })
  const entrance = { name: 'Entrance', model: model.door }
  const strict = { purpose: 'ENTRANCE', enforceCapacity: true, antiPassback: 'STRICT' }
  await add({ id: doorOfHamburg, ...entrance, config: strict }, hamburg)
  await add({ id: doorOfGraz, ...entrance, config: { purpose: 'ENTRANCE', enforceOpeningHours: true } }, graz)
  await setProducts(work, shakeBar, [
    { shelf: '1', product: 'Protein shake', price: '1.29' },
    { shelf: '2', product: 'Energy bar', price: '2.50' },
    { shelf: '3', product: 'Radler', price: '3.90', minAge: 16 },
  ])
  await setIntervals(work, solarium, [
    { durationSeconds: 300, price: '5.00' },
    { durationSeconds: 600, price: '9.00' },
    { durationSeconds: 900, price: '12.00' },
  ])
  for (const id of [turnstile, shakeBar, doorOfHamburg, doorOfGraz])
    await importDeviceToken(work, id, demoToken(id), secrets)
}
