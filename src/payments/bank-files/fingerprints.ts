import { createHash } from 'node:crypto'
import type { BankEntry } from './bank-entry.ts'
import { isReturn } from './matching-rules.ts'

/** Two movements of a tenant with the same one are not to be expected. */
const FINGERPRINT_BYTES = 16

/**
 * What makes two entries the same movement. A return is known by the reference of the bank, that of the collection and the
 * reason: it may stand in a notification and in a statement. Everything else is known by the reference of the bank and what is moved, and without one by all that is said of it.
 */
export function fingerprintEntry(entry: BankEntry): Buffer {
  const { direction, isBooked, amount, currency, bankRef, endToEndId, reasonCode, bookedOn, name, text } = entry
  const said = [bookedOn?.toString() ?? null, name, text]
  const parts = isReturn(entry)
    ? ['return', isBooked, bankRef, endToEndId, reasonCode]
    : ['movement', isBooked, direction, amount, currency, bankRef, endToEndId, ...(bankRef === null ? said : [])]
  return createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, FINGERPRINT_BYTES)
}
