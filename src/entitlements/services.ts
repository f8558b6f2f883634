import { refuseFields, violation } from '../platform/errors/errors.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { insertService, type NewService } from './service-store.ts'

/** Adds a service of the tenant: what classes, appointments and visits are uses of, and entitlements count. */
export async function createService(work: UnitOfWork, service: NewService): Promise<number> {
  if (service.name.trim() === '') throw refuseFields([violation('name', 'required')])
  const id = await insertService(work.tx, service, work.now)
  const diff = { name: [null, service.name], kind: [null, service.kind] } as const
  work.audit({ action: 'service.created', entityKind: 'service', entityId: id, diff })
  return id
}
