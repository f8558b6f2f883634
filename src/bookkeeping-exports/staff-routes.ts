import { notFound } from '../platform/errors/errors.ts'
import { wakeJobs } from '../platform/jobs/wake-jobs.ts'
import type { StaffOperations } from '../platform/staff/staff-operations.ts'
import { nonNull } from '../platform/values/defined.ts'
import { findStudio } from '../studios/index.ts'
import { findExport, listExports, reviveExport, saveProfile } from './export-store.ts'
import { createExport } from './exports.ts'
import * as api from './staff-api.ts'

const SHOWN = 100

/** Binds what staff do about files for the tax advisor. */
export function exportStaff(operations: StaffOperations) {
  operations.read(api.listTaxExports, async ({ db }, { body: { studioId } }) => ({
    exports: (await listExports(db, studioId, SHOWN)).map(
      ({ id, fromDate, toDate, format, fileFormat, state, ...more }) => ({
        exportId: id,
        from: fromDate.toString(),
        to: toDate.toString(),
        format,
        fileFormat,
        state,
        ...nonNull({ rows: more.rows, fileId: more.fileId, error: more.error }),
      }),
    ),
  }))
  operations.write(api.createTaxExport, async (work, { body: { from, to, locale = null, ...wish } }) => {
    const [fromDate, toDate] = [Temporal.PlainDate.from(from), Temporal.PlainDate.from(to)]
    return { exportId: await createExport(work, { ...wish, fromDate, toDate, locale, integrationId: null }) }
  })
  operations.write(api.retryTaxExport, async (work, { params: { exportId } }) => {
    const found = await findExport(work.tx, exportId)
    if (!found) throw notFound('taxExport', exportId)
    if (await reviveExport(work.tx, exportId, work.now)) {
      await wakeJobs(work.tx)
      work.audit({ action: 'taxExport.retried', entityKind: 'taxExport', entityId: exportId, studioId: found.studioId })
    }
    return { exportId }
  })
  operations.write(api.setCsvProfile, async (work, { params: { studioId }, body: { csvProfile } }) => {
    if (!(await findStudio(work.db, studioId))) throw notFound('studio', studioId)
    await saveProfile(work.tx, studioId, csvProfile)
    const diff = { csvProfile: [null, csvProfile] } as const
    work.audit({ action: 'taxExport.profileSet', entityKind: 'studio', entityId: studioId, studioId, diff })
    return { csvProfile }
  })
}
