import type { Command } from 'commander'
import {
  createDevice,
  createParkingLot,
  deactivateDevice,
  listDevices,
  listLines,
  listTroubledPurchases,
  rotateDeviceToken,
  setIntervals,
  setProducts,
  updateDevice,
  updateParkingLot,
} from '../../devices/index.ts'
import { defined } from '../../platform/values/defined.ts'
import { parseId, parseWhole, tenantCommand } from '../command.ts'
import { UsageError } from '../failures.ts'
import { fields, list, parseJson, read } from '../input/json-input.ts'
import { getStudio } from '../input/studio-choice.ts'
import { readText } from '../input/text-file.ts'

const models = {
  'card-reader': 'GENERIC_CARD_READER',
  vending: 'GENERIC_VENDING_READER',
  time: 'GENERIC_TIME_READER',
} as const

interface DeviceOptions {
  readonly name?: string
  readonly config?: string
  readonly integration?: number
}

interface NewDevice extends DeviceOptions {
  readonly studio: number
  readonly name: string
  readonly model: string
}

/** `palestra device …` and `palestra parking-lot …`. */
export function addDeviceCommands(program: Command) {
  const device = program.command('device')
  addCreate(device)
  addUpdate(device)
  addLife(device)
  addAssortment(device)
  addParkingLots(program)
}

function addCreate(device: Command) {
  const create = device
    .command('create')
    .description('add a device; an integration activates it and is given its token')
    .requiredOption('--studio <id>', 'the studio', parseId)
    .requiredOption('--name <name>')
    .requiredOption('--model <model>', Object.keys(models).join(', '))
    .requiredOption('--config <json>', 'how it is set up, for instance {"purpose":"TOGGLE"}')
    .option('--integration <id>', 'the only integration that may activate it', parseId)
  tenantCommand<NewDevice>(create, async ({ write }, { options }) => {
    const { studio, name, model, config = '{}', integration = null } = options
    const found = Object.entries(models).find(([word]) => word === model)?.[1]
    if (!found) throw new UsageError(`--model is one of ${Object.keys(models).join(', ')}.`)
    const wanted = { studioId: studio, name, model: found, config: parseJson(config), integrationId: integration }
    const deviceId = await write(async (work) => {
      await getStudio(work.db, studio)
      return createDevice(work, wanted)
    })
    return { deviceId }
  })
}

function addUpdate(device: Command) {
  const update = device
    .command('update <deviceId>')
    .description('rename, bind or configure a device; it keeps its token')
    .option('--name <name>')
    .option('--config <json>', 'replaces the whole configuration')
    .option('--integration <id>', 'the only integration that may activate it', parseId)
    .option('--unbound', 'any integration may activate it')
  tenantCommand<DeviceOptions & { unbound?: boolean }>(update, async ({ write }, { args: [id = ''], options }) => {
    const { name, config, integration, unbound } = options
    const integrationId = unbound === true ? null : integration
    await write((work) =>
      updateDevice(work, parseId(id), {
        ...defined({ name }),
        ...(config === undefined ? {} : { config: parseJson(config) }),
        ...defined({ integrationId }),
      }),
    )
    return { deviceId: parseId(id) }
  })
}

function addLife(device: Command) {
  const all = device.command('list').description('devices of a studio, with their states and when they last called')
  all.requiredOption('--studio <id>', 'the studio', parseId)
  tenantCommand<{ studio: number }>(all, ({ read: runRead }, { options: { studio } }) =>
    runRead(({ db }) => listDevices(db, studio)),
  )
  const log = device
    .command('log <deviceId>')
    .description('the latest decisions of a device, newest first')
    .option('--limit <n>', 'how many', parseWhole, 50)
    .option('--refused', 'only those that refused a person')
  tenantCommand<{ limit: number; refused?: boolean }>(log, ({ read: runRead }, { args: [id = ''], options }) =>
    runRead(({ db }) =>
      listLines(db, {
        deviceId: parseId(id),
        limit: options.limit,
        ...(options.refused === true ? { outcome: 'REFUSED' as const } : {}),
      }),
    ),
  )
  const purchases = device
    .command('purchases')
    .description('purchases that expired or were paid late, newest first')
    .requiredOption('--studio <id>', 'the studio', parseId)
    .option('--limit <n>', 'how many', parseWhole, 50)
  tenantCommand<{ studio: number; limit: number }>(purchases, ({ read: runRead }, { options: { studio, limit } }) =>
    runRead(({ db }) => listTroubledPurchases(db, studio, limit)),
  )
  const deactivate = device.command('deactivate <deviceId>').description('take a device out of use; its token is dead')
  tenantCommand(deactivate, async ({ write }, { args: [id = ''] }) => {
    await write((work) => deactivateDevice(work, parseId(id)))
    return { deviceId: parseId(id) }
  })
  const rotate = device.command('rotate <deviceId>').description('renew the token of a device; the old one is dead')
  tenantCommand(rotate, ({ write, platform: { secrets } }, { args: [id = ''] }) =>
    write((work) => rotateDeviceToken(work, parseId(id), secrets)),
  )
}

interface FileOption {
  readonly file: string
}

function addAssortment(device: Command) {
  const withFile = (command: Command) => command.requiredOption('--file <path>', 'JSON; - reads stdin')
  const products = withFile(device.command('products <deviceId>')).description(
    'replace what a vending machine sells: [{"shelf": "1", "product": "Shake", "price": "1.29", "minAge": 16}]',
  )
  tenantCommand<FileOption>(products, async ({ write }, { args: [id = ''], options: { file } }) => {
    const wanted = readEntries(file).map(({ shelf, product, price, minAge }, at) => ({
      shelf: read(shelf, `[${at}].shelf`, String),
      product: read(product, `[${at}].product`, String),
      price: read(price, `[${at}].price`, String),
      minAge: minAge === undefined || minAge === null ? null : parseWholeNumber(minAge, `[${at}].minAge`),
    }))
    await write((work) => setProducts(work, parseId(id), wanted))
    return { deviceId: parseId(id), products: wanted.length }
  })
  const intervals = withFile(device.command('intervals <deviceId>')).description(
    'replace the durations of a time device: [{"durationSeconds": 300, "price": "5.00"}]',
  )
  tenantCommand<FileOption>(intervals, async ({ write }, { args: [id = ''], options: { file } }) => {
    const wanted = readEntries(file).map(({ durationSeconds, price }, at) => ({
      durationSeconds: parseWholeNumber(durationSeconds, `[${at}].durationSeconds`),
      price: read(price, `[${at}].price`, String),
    }))
    await write((work) => setIntervals(work, parseId(id), wanted))
    return { deviceId: parseId(id), intervals: wanted.length }
  })
}

function readEntries(file: string) {
  const text = readText(file)
  return list(parseJson(text), 'the file').map((value, at) => fields(value, `[${at}]`))
}

function parseWholeNumber(value: unknown, path: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return value
  throw new UsageError(`${path} must be a whole number above 0.`)
}

function addParkingLots(program: Command) {
  const lot = program.command('parking-lot')
  const create = lot
    .command('create')
    .description('add a car park')
    .requiredOption('--studio <id>', 'the studio', parseId)
    .requiredOption('--name <name>')
    .requiredOption('--capacity <n>', 'cars at the same time', parseWhole)
  tenantCommand<{ studio: number; name: string; capacity: number }>(create, async ({ write }, { options }) => {
    const { studio, name, capacity } = options
    const parkingLotId = await write(async (work) => {
      await getStudio(work.db, studio)
      return createParkingLot(work, { studioId: studio, name, capacity })
    })
    return { parkingLotId }
  })
  const update = lot
    .command('update <parkingLotId>')
    .description('rename a car park or change its capacity')
    .option('--name <name>')
    .option('--capacity <n>', 'cars at the same time', parseWhole)
  tenantCommand<{ name?: string; capacity?: number }>(update, async ({ write }, { args: [id = ''], options }) => {
    const { name, capacity } = options
    const changes = defined({ name, capacity })
    await write((work) => updateParkingLot(work, parseId(id), changes))
    return { parkingLotId: parseId(id) }
  })
}
