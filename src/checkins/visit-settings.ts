import { refuseFields, violation } from '../platform/errors/errors.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { updateStudio } from '../studios/index.ts'

/** How a studio lets people in, and when it ends visits by itself. What is left out stays; null switches off. */
export interface VisitSettings {
  /** People at once. */
  readonly capacity?: number | null
  readonly enforceCapacity?: boolean
  readonly admitBookings?: boolean
  /** Elapsed minutes after the check-in. */
  readonly autoCheckoutAfterMinutes?: number | null
  readonly autoCheckoutAtClosing?: boolean
  /** On the wall clock of the studio. */
  readonly autoCheckoutDailyAt?: Temporal.PlainTime | null
}

/** Staff set how visits begin and end in a studio. Visits that are open follow the new rules at once. */
export async function setVisitSettings(work: UnitOfWork, studioId: number, settings: VisitSettings) {
  for (const field of ['capacity', 'autoCheckoutAfterMinutes'] as const) {
    if ((settings[field] ?? 1) < 1) throw refuseFields([violation(field, 'min', { type: 'DECIMAL', value: 1 })])
  }
  await updateStudio(work, studioId, settings)
}
