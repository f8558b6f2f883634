import type { UnitOfWork } from '../../platform/units/work.ts'
import { invalidateInstrumentRows } from './instrument-store.ts'

/** Puts all ways to pay of a customer out of use, for instance after a fraud. The customer is locked. */
export async function invalidateInstruments(work: UnitOfWork, customerId: number) {
  const ids = await invalidateInstrumentRows(work.tx, customerId, work.now)
  for (const id of ids) {
    const diff = { state: ['ACTIVE', 'INVALID'] } as const
    work.audit({ action: 'paymentInstrument.invalidated', entityKind: 'paymentInstrument', entityId: id, diff })
  }
}
