import { addAccessMedium } from '../../../src/customers/index.ts'
import { createDevice, importDeviceToken, setIntervals, setProducts } from '../../../src/devices/index.ts'
import type { DeviceModel } from '../../../src/devices/tables.ts'
import type { TestApp } from '../app.ts'

let next = 0

/** A device with its token, and the operations of its model. */
export interface TestDevice {
  readonly id: number
  readonly token: string
  readonly post: (
    path: string,
    body: unknown,
    headers?: Readonly<Record<string, string>>,
  ) => ReturnType<TestApp['call']>
}

/** The short words in which tests of devices are written; everything stands in Berlin unless said otherwise. */
export function deviceScene(app: TestApp) {
  const { secrets } = app.platform
  const install = async (model: DeviceModel, config: object, studioId = 123): Promise<TestDevice> => {
    const token = `10000000-0000-4000-8000-${String(++next).padStart(12, '0')}`
    const id = await app.write(async (work) => {
      const deviceId = await createDevice(work, { studioId, name: `Device ${next}`, model, config })
      await importDeviceToken(work, deviceId, token, secrets)
      return deviceId
    })
    const authorization = `Bearer ${token}`
    const post: TestDevice['post'] = (path, body, headers = {}) =>
      app.call('POST', `/open-api/device/${path}`, { body, headers: { authorization, ...headers } })
    return { id, token, post }
  }
  return {
    install,
    reader: (config: object, studioId?: number) => install('GENERIC_CARD_READER', config, studioId),
    machine: async (config: object = {}, studioId?: number) => {
      const device = await install('GENERIC_VENDING_READER', config, studioId)
      const products = [
        { shelf: '1', product: 'Shake', price: '1.29' },
        { shelf: '2', product: 'Bar', price: '2.50' },
        { shelf: '3', product: 'Radler', price: '3.90', minAge: 16 },
      ]
      await app.write((work) => setProducts(work, device.id, products))
      return device
    },
    solarium: async (config: object = { mode: 'INTERVALS' }) => {
      const device = await install('GENERIC_TIME_READER', config)
      const intervals = [600, 300, 900].map((durationSeconds, n) => ({ durationSeconds, price: `${[9, 5, 12][n]}.00` }))
      await app.write((work) => setIntervals(work, device.id, intervals))
      return device
    },
    /** Gives a customer a card; answers how a reader shows it. */
    card: async (customerId: number, value = String(1_000_000 + customerId)) => {
      await app.write((work) => addAccessMedium(work, customerId, { type: 'CARD_NUMBER', value }, secrets))
      return { type: 'NUMBER', value } as const
    },
  }
}
