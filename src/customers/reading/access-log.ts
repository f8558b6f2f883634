import { CollectedLines } from '../../platform/units/collected-lines.ts'
import type { Units } from '../../platform/units/units.ts'
import type { PartnerView } from '../../platform/units/work.ts'
import { type AccessLine, insertAccessLines } from './access-log-store.ts'

/** Who read whom, written within a second, so that a read stays a read. */
export class AccessLog {
  readonly #lines: CollectedLines<AccessLine>

  constructor(units: Units) {
    this.#lines = new CollectedLines(units, insertAccessLines)
  }

  /** Notes that the key of the caller is shown a customer, unless nobody gets to see what is read. */
  record({ caller, now, isShown }: PartnerView, operation: string, customerId: number) {
    if (isShown) this.#lines.add(caller.tenantId, { customerId, at: now, operation, apiKeyId: caller.keyId })
  }

  flush() {
    return this.#lines.flush()
  }
}
