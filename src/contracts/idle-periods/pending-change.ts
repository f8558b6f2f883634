import type { IdlePeriodRow } from '../signed/contract-store.ts'

/** What a change makes of a pause. */
export type IdleChange = Pick<
  IdlePeriodRow,
  'startDate' | 'endDate' | 'unlimited' | 'unit' | 'value' | 'reasonId' | 'documentId'
>

/** A change as it is kept until staff decide. */
export function packChange(change: IdleChange): Readonly<Record<string, unknown>> {
  return { ...change, startDate: change.startDate.toString(), endDate: change.endDate?.toString() ?? null }
}

/** The pause as it is wished: itself, or with the change that waits. */
export function readWished(row: IdlePeriodRow): IdlePeriodRow {
  if (row.pendingChange === null) return row
  const kept = row.pendingChange as unknown as Omit<IdleChange, 'startDate' | 'endDate'> & {
    readonly startDate: string
    readonly endDate: string | null
  }
  const { startDate, endDate, unlimited, unit, value, reasonId, documentId } = kept
  return {
    ...row,
    startDate: Temporal.PlainDate.from(startDate),
    endDate: endDate === null ? null : Temporal.PlainDate.from(endDate),
    unlimited,
    unit,
    value,
    reasonId,
    documentId,
    state: 'PENDING_VERIFICATION',
  }
}
