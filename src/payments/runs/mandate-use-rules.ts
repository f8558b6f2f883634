import type { sequenceTypes } from './run-tables.ts'

export type SequenceType = (typeof sequenceTypes)[number]

const UNUSED_MONTHS = 36

/** Mandates that were last used before this day have ended by the day of a collection. */
export const lastUseNeeded = (collectionDate: Temporal.PlainDate) => collectionDate.subtract({ months: UNUSED_MONTHS })
