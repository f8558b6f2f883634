import { badRequest, notFound } from '../platform/errors/errors.ts'
import { hurryRun, listStudioJobs } from '../platform/jobs/schedule-store.ts'
import type { UnitOfWork, View } from '../platform/units/work.ts'
import { nonNull } from '../platform/values/defined.ts'
import { findStudio } from './store.ts'

/** The daily jobs of a studio, as the first round of a server has planned them. */
export async function listJobs({ db }: Pick<View, 'db'>, studioId: number) {
  if (!(await findStudio(db, studioId))) throw notFound('studio', studioId)
  return (await listStudioJobs(db, studioId)).map(({ name, nextRunAt, lastRunAt }) => ({
    name,
    nextRunAt: nextRunAt.toString(),
    ...nonNull({ lastRunAt: lastRunAt && Temporal.Instant.from(lastRunAt).toString() }),
  }))
}

/**
 * Lets a daily job of a studio run now, for today, besides its hour. What it has done today already it does not do again.
 * Refuses (400) a name that no job has.
 */
export async function runJob(
  work: UnitOfWork,
  { studioId, name }: { readonly studioId: number; readonly name: string },
) {
  const jobs = await listJobs(work, studioId)
  if (!jobs.some((job) => job.name === name)) {
    const known = { type: 'ENUM', value: jobs.map((job) => job.name) } as const
    throw badRequest('errormessage.validation.enum', {
      args: [{ type: 'STRING', value: name }, known],
      reference: 'name',
    })
  }
  await hurryRun(work.tx, { name, studioId, dueAt: work.now })
  const diff = { job: [null, name] } as const
  work.audit({ action: 'studio.jobStarted', entityKind: 'studio', entityId: studioId, studioId, diff })
}
