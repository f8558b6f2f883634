import type { DeviceCaller } from '../platform/units/caller.ts'
import { GuessLimiter } from '../platform/entrance/guess-limiter.ts'
import type { Operations } from '../platform/http/operations.ts'
import type { ModuleDeps } from '../platform/module-deps.ts'
import { activateDevice } from './activation.ts'
import * as api from './api.ts'
import { openDecisionLog } from './decision-log.ts'
import * as deviceApi from './device-api.ts'
import { listVisibleDevices } from './device-store.ts'
import { pinLimit } from './pin-limit.ts'
import { decideReading } from './card-readers/reader.ts'
import { topUpCredit } from './vending/revalue.ts'
import { sellProduct } from './vending/sale.ts'
import { identifyUser, listPrices, useDevice } from './timed/time.ts'
import { identifyBuyer } from './vending/vending.ts'

export function deviceRoutes({ read, write }: Operations, { secrets }: ModuleDeps) {
  read(api.getDevices, async ({ db, caller: { studio, integration } }) => {
    const rows = await listVisibleDevices(db, { studioId: studio.id, integrationId: integration.id })
    return rows.map(({ id, name, model, state }) => ({ id, name, model, active: state === 'ACTIVE' }))
  })
  write(
    api.activateDevice,
    (work, { params: { deviceId } }) => {
      const { studio, integration } = work.caller
      return activateDevice(work, deviceId, { studioId: studio.id, integrationId: integration.id }, secrets)
    },
    { sealsAnswer: secrets },
  )
}

/** What devices call; the token has named the device and its model has the operation. */
export function deviceApiRoutes(
  { decide, read }: Operations<DeviceCaller>,
  { secrets, units, texts, real, onClose }: ModuleDeps,
) {
  const log = openDecisionLog(units)
  onClose(() => log.flush())
  const deps = { secrets, texts, log, pins: new GuessLimiter<number>(pinLimit, real.monotonicMs) }
  decide(deviceApi.cardReaderIdentification, (steps, { body: { identification, shouldExecuteAction } }) =>
    decideReading(steps, { identification, shouldExecute: shouldExecuteAction }, deps),
  )
  decide(deviceApi.vendingIdentification, (steps, { body }) => identifyBuyer(steps, body, deps))
  decide(deviceApi.vendingSale, (steps, { body: { shouldExecuteAction, ...body } }) =>
    sellProduct(steps, { ...body, shouldExecute: shouldExecuteAction }, deps),
  )
  decide(deviceApi.vendingRevalue, (steps, { body }) => topUpCredit(steps, body, deps))
  read(deviceApi.timePrice, listPrices)
  decide(deviceApi.timeIdentification, (steps, { body }) => identifyUser(steps, body.identification, deps))
  decide(deviceApi.timeUsage, (steps, { body: { identification, durationInSeconds, shouldExecuteAction } }) => {
    const request = { identification, seconds: durationInSeconds, shouldExecute: shouldExecuteAction }
    return useDevice(steps, request, deps)
  })
}
