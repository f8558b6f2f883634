import { findStudioBooks } from '../accounts/index.ts'
import { ApiError, badRequest, notFound } from '../platform/errors/errors.ts'
import { wakeJobs } from '../platform/jobs/wake-jobs.ts'
import { countDays, isAfter, isBefore } from '../platform/time/order.ts'
import { dateIn } from '../platform/time/zoned-time.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { findStudio } from '../studios/index.ts'
import { findExport, findProfile, insertExport, type NewExport, type TaxExport } from './export-store.ts'

const MOST_DAYS = 90

/** What a file needs that DATEV reads: who sends it, and for whom. */
export interface DatevNumbers {
  readonly consultant: string
  readonly client: string
}

/**
 * Has the journal of a studio written into a file, and answers the export. Refuses (400) days in the wrong order, that are
 * not over, or more than 90 apart, and a DATEV batch without the numbers that it begins with.
 */
export async function createExport(work: UnitOfWork, wish: NewExport): Promise<number> {
  const { studioId, fromDate, toDate } = wish
  const studio = await findStudio(work.db, studioId)
  if (!studio) throw notFound('studio', studioId)
  if (isAfter(fromDate, toDate)) {
    const args = ['fromDate', 'toDate'].map((value) => ({ type: 'STRING', value }) as const)
    throw badRequest('errormessage.validation.dateOrder', { args, reference: 'fromDate' })
  }
  if (!isBefore(toDate, dateIn(work.now, studio.timeZone))) {
    const args = [{ type: 'STRING', value: 'toDate' }] as const
    throw badRequest('errormessage.validation.mustBePast', { args, reference: 'toDate' })
  }
  if (countDays(fromDate, toDate) > MOST_DAYS) {
    const args = [{ type: 'INTEGER', value: MOST_DAYS }] as const
    throw badRequest('errormessage.validation.dateRangeTooLong', { args, reference: 'toDate' })
  }
  const isBatch = wish.fileFormat === 'CSV' && (await findProfile(work.tx, studioId)) === 'DATEV_EXTF'
  if (isBatch && !readNumbers(await findStudioBooks(work.tx, studioId))) {
    throw badRequest('errormessage.taxExport.accountingNotConfigured')
  }
  const exportId = await insertExport(work.tx, wish, work.now)
  await wakeJobs(work.tx)
  const diff = { from: [null, fromDate.toString()], to: [null, toDate.toString()] } as const
  work.audit({ action: 'taxExport.created', entityKind: 'taxExport', entityId: exportId, studioId, diff })
  return exportId
}

/** The file of an export. One without a file is as good as not there (404); the code says why. */
export function findWrittenFile(found: TaxExport): number {
  const args = [{ type: 'INTEGER', value: found.id }] as const
  if (found.state === 'FAILED') throw new ApiError(404, 'errormessage.taxExport.failed', { args })
  if (found.state === 'READY' && found.fileId !== null) return found.fileId
  throw new ApiError(404, 'errormessage.taxExport.notReady', { args })
}

/** The file of an export, for staff who pass it on; that they took it is on record. */
export async function takeExportFile(work: UnitOfWork, exportId: number): Promise<number> {
  const found = await findExport(work.tx, exportId)
  if (!found) throw notFound('taxExport', exportId)
  const fileId = findWrittenFile(found)
  const { studioId } = found
  work.audit({ action: 'taxExport.fileTaken', entityKind: 'taxExport', entityId: exportId, studioId })
  return fileId
}

/** The numbers that the tax advisor has given; undefined while one is missing. */
export function readNumbers(books: Awaited<ReturnType<typeof findStudioBooks>>): DatevNumbers | undefined {
  const { datevConsultant: consultant, datevClient: client } = books ?? {}
  return consultant && client ? { consultant, client } : undefined
}
