import type { PartnerCaller } from '../platform/caller.ts'
import { CollectedLines } from '../platform/collected-lines.ts'
import type { Units } from '../platform/units.ts'
import { type AccessLine, insertAccessLines } from './access-log-store.ts'

/** Who looked at whom, written within a second, so that a read stays a read. */
export class AccessLog {
  readonly #lines: CollectedLines<AccessLine>

  constructor(units: Units) {
    this.#lines = new CollectedLines(units, insertAccessLines)
  }

  /** Notes that the key of `caller` was shown a customer at `at`, by the tenant's clock. */
  note(caller: PartnerCaller, operation: string, look: { readonly customerId: number; readonly at: Temporal.Instant }) {
    this.#lines.note(caller.tenantId, { ...look, operation, apiKeyId: caller.keyId })
  }

  flush() {
    return this.#lines.flush()
  }
}
