import { isAfter } from '../../platform/time/order.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { announceRun } from './preparation.ts'
import { findRun, lockRun, updateRun } from './run-store.ts'

/** Announces a run once more that was announced before a moment and still waits. */
export async function remindAgency(work: UnitOfWork, runId: number, announcedBefore: Temporal.Instant) {
  const run = await lockRun(work.tx, runId)
  const found = await findRun(work.tx, runId)
  if (!found || run?.state !== 'WAITING_FOR_CONFIRMATION') return
  if (run.announcedAt === null || isAfter(run.announcedAt, announcedBefore)) return
  await updateRun(work.tx, runId, { announcedAt: work.now, reminders: run.reminders + 1 }, work.now)
  const diff = { reminders: [run.reminders, run.reminders + 1] } as const
  const { studioId } = run
  work.audit({ action: 'debtCollectionRun.reminded', entityKind: 'debtCollectionRun', entityId: runId, studioId, diff })
  announceRun(work, run, found.agencyContract)
}
