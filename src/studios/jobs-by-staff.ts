import { badRequest, notFound } from '../platform/errors/errors.ts'
import { hurryRun, listStudioJobs } from '../platform/jobs/schedule-store.ts'
import { wakeJobs } from '../platform/jobs/wake-jobs.ts'
import type { UnitOfWork, View } from '../platform/units/work.ts'
import { nonNull } from '../platform/values/defined.ts'
import { studioHooks } from './hooks.ts'
import { findStudio } from './store.ts'

/** The daily jobs of a studio, as the first round of a server has planned them, then those that run when something is due. */
export async function listJobs({ db }: Pick<View, 'db'>, studioId: number) {
  if (!(await findStudio(db, studioId))) throw notFound('studio', studioId)
  const daily = (await listStudioJobs(db, studioId)).map(({ name, nextRunAt, lastRunAt }) => ({
    name,
    runs: 'DAILY' as const,
    nextRunAt: nextRunAt.toString(),
    ...nonNull({ lastRunAt: lastRunAt && Temporal.Instant.from(lastRunAt).toString() }),
  }))
  const due = studioHooks()
    .dueJobs.toSorted()
    .map((name) => ({ name, runs: 'WHEN_DUE' as const }))
  return [...daily, ...due]
}

/**
 * Lets a daily job of a studio run now, for today, besides its hour. What it has done today already it does not do again.
 * A job that runs when something is due settles at once what is, in all studios. Refuses (400) a name that no job has.
 */
export async function runJob(
  work: UnitOfWork,
  { studioId, name }: { readonly studioId: number; readonly name: string },
) {
  const jobs = await listJobs(work, studioId)
  const job = jobs.find((each) => each.name === name)
  if (!job) {
    const known = { type: 'ENUM', value: jobs.map((each) => each.name) } as const
    throw badRequest('errormessage.validation.enum', {
      args: [{ type: 'STRING', value: name }, known],
      reference: 'name',
    })
  }
  if (job.runs === 'DAILY') await hurryRun(work.tx, { name, studioId, dueAt: work.now })
  await wakeJobs(work.tx)
  const diff = { job: [null, name] } as const
  work.audit({ action: 'studio.jobStarted', entityKind: 'studio', entityId: studioId, studioId, diff })
}
