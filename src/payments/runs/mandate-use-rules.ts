import type { sequenceTypes } from './run-tables.ts'

export type SequenceType = (typeof sequenceTypes)[number]

/** How a mandate was used so far. */
export interface MandateUse {
  /** It allows one collection alone. */
  readonly isOneOff: boolean
  /** The day of its first collection that was not returned; null: there was none. */
  readonly firstCollectedOn: Temporal.PlainDate | null
}

/** The place of a collection in the row of those from its mandate, as banks name it. */
export function sequenceType({ isOneOff, firstCollectedOn }: MandateUse): SequenceType {
  if (isOneOff) return 'OOFF'
  return firstCollectedOn === null ? 'FRST' : 'RCUR'
}

const UNUSED_MONTHS = 36

/** Mandates that were last used before this day have ended by the day of a collection. */
export const lastUseNeeded = (collectionDate: Temporal.PlainDate) => collectionDate.subtract({ months: UNUSED_MONTHS })
