import type { Operations } from '../platform/http/operations.ts'
import type { ModuleDeps } from '../platform/module.ts'
import { activateDevice } from './activation.ts'
import * as api from './api.ts'
import { listVisibleDevices } from './device-store.ts'

export function deviceRoutes({ read, write }: Operations, { secrets }: ModuleDeps) {
  read(api.getDevices, async ({ db, caller: { studio, integration } }) => {
    const rows = await listVisibleDevices(db, { studioId: studio.id, integrationId: integration.id })
    return rows.map(({ id, name, model, state }) => ({ id, name, model, active: state === 'ACTIVE' }))
  })
  write(api.activateDevice, (work, { params: { deviceId } }) => {
    const { studio, integration } = work.caller
    return activateDevice(work, deviceId, { studioId: studio.id, integrationId: integration.id }, secrets)
  })
}
