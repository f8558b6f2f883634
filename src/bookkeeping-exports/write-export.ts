import { randomUUID } from 'node:crypto'
import { findLastClosedDay, findStudioBooks, listJournal } from '../accounts/index.ts'
import { isConnectionLost, isDatabaseBusy, sqlState } from '../platform/database/database.ts'
import { insertFile } from '../platform/files/files.ts'
import type { JobDeps } from '../platform/jobs/job.ts'
import { isBefore } from '../platform/time/order.ts'
import type { RunUnit } from '../platform/units/work.ts'
import { findStudio, type StudioRow } from '../studios/index.ts'
import type { Locale } from './columns.ts'
import { writeCsv } from './csv.ts'
import { fiscalYears, writeDatev } from './datev.ts'
import { taxAdvisorExportCreated } from './events.ts'
import { endExport, findProfile, renewLease, takeExport, type TaxExport } from './export-store.ts'
import { readNumbers } from './exports.ts'
import { writeJson } from './json.ts'
import { pack } from './packing.ts'
import { type ExportRow, listRows, Sums } from './row-rules.ts'
import { writeWorkbook } from './workbook.ts'

const ENTRIES_AT_ONCE = 250
const ATTEMPTS = 3
const LEASE_MS = 60_000
const RENEW_MS = 10_000
const KEPT_DAYS = 90
const MOST_BYTES = 2 ** 31

type Days = Pick<TaxExport, 'fromDate' | 'toDate'>
type ReadDays = (days: Days) => AsyncIterable<readonly ExportRow[]>

interface Encoded {
  readonly bytes: AsyncIterable<Uint8Array>
  readonly extension: string
  readonly mime: string
}

/** The process ends, or another one has taken over: the export begins again elsewhere. */
class Interrupted extends Error {}

/** Writes an export whose days are closed, unless another process does. */
export async function writeExport(run: RunUnit, taxExport: TaxExport, deps: JobDeps) {
  const { id, studioId } = taxExport
  const closed = await deps.read((db) => findLastClosedDay(db, studioId))
  if (!closed || isBefore(closed, taxExport.toDate)) return
  const token = randomUUID()
  const realNow = deps.real.now()
  const lease = { token, now: realNow, until: realNow.add({ milliseconds: LEASE_MS }) }
  if (!(await run(({ tx }) => takeExport(tx, id, lease)))) return
  try {
    await writeFile(run, taxExport, { deps, token })
  } catch (error) {
    const isNoFault = error instanceof Interrupted || isConnectionLost(error) || isDatabaseBusy(error)
    const state = isNoFault || taxExport.attempts + 1 < ATTEMPTS ? 'CREATED' : 'FAILED'
    const why = [(error as Error).name, sqlState(error)].filter((part) => part !== undefined).join(' ')
    await run(async ({ tx, now }) => {
      await endExport(tx, { id, token }, { state, error: state === 'FAILED' ? why : null }, now)
    })
    if (!isNoFault) throw error
  }
}

interface Held {
  readonly deps: JobDeps
  readonly token: string
}

async function writeFile(run: RunUnit, taxExport: TaxExport, { deps, token }: Held) {
  const { id, studioId, fromDate, toDate } = taxExport
  let rows = 0
  const count = async function* (days: Days) {
    for await (const page of readRows(taxExport, days, { deps, token })) {
      rows += page.length
      yield page
    }
  }
  const { bytes, extension, mime } = await encode(taxExport, count, deps)
  const stored = await deps.files.write(deps.tenantId, bytes, MOST_BYTES)
  await run(async (work) => {
    const originalName = `accounting_${studioId}_${fromDate}_${toDate}.${extension}`
    const deleteAfter = work.now.add({ hours: KEPT_DAYS * 24 })
    const { fileId, sha256 } = await insertFile(work, stored, {
      mime,
      originalName,
      ownerKind: 'export',
      ownerId: id,
      deleteAfter,
    })
    const isMine = await endExport(
      work.tx,
      { id, token },
      { state: 'READY', fileId, sha256, rows, error: null },
      work.now,
    )
    if (!isMine) throw new Interrupted()
    work.emit(taxAdvisorExportCreated({ entityId: id, audienceStudioIds: [studioId] }))
    work.audit({ action: 'taxExport.written', entityKind: 'taxExport', entityId: id, studioId })
  })
}

/** Rows of some days, a page at a time; sums where they are wanted, once all is read. */
async function* readRows(
  { id, studioId, format }: TaxExport,
  { fromDate: from, toDate: to }: Days,
  { deps, token }: Held,
) {
  const { database, tenantId, real, goesOn } = deps
  const sums = new Sums()
  let renewed = real.monotonicMs()
  for (let after: { id: number; bookingDate: string } | undefined; ; ) {
    if (!goesOn()) throw new Interrupted()
    const question = { studioId, from, to, after, limit: ENTRIES_AT_ONCE }
    const entries = await database.read(tenantId, (db) => listJournal(db, question))
    const page = entries.flatMap((entry) => listRows(entry, format === 'SINGLE' ? 'PERSONAL' : 'FOLDED'))
    if (format === 'SINGLE') yield page
    else for (const row of page) sums.add(row)
    if (real.monotonicMs() - renewed > RENEW_MS) {
      renewed = real.monotonicMs()
      const until = real.now().add({ milliseconds: LEASE_MS })
      if (!(await database.transaction(tenantId, (tx) => renewLease(tx, id, token, until)))) throw new Interrupted()
    }
    after = entries.at(-1)
    if (!after) break
  }
  if (format === 'AGGREGATED') yield sums.list()
}

async function encode(taxExport: TaxExport, read: ReadDays, deps: JobDeps): Promise<Encoded> {
  const { studioId, fileFormat, fromDate, toDate, format } = taxExport
  const { studio, profile } = await deps.read(async (db) => ({
    studio: await findStudio(db, studioId),
    profile: await findProfile(db, studioId),
  }))
  if (!studio) throw new Error(`There is no studio ${studioId}.`)
  const locale = taxExport.locale ?? spokenLocale(studio)
  if (fileFormat === 'CSV' && profile === 'DATEV_EXTF') return encodeDatev(taxExport, read, deps)
  const rows = read(taxExport)
  switch (fileFormat) {
    case 'CSV':
      return { bytes: writeCsv(rows, locale), extension: 'csv', mime: 'text/csv' }
    case 'XLSX':
      return {
        bytes: writeWorkbook(rows, locale),
        extension: 'xlsx',
        mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      }
    case 'JSON': {
      const meta = { studioId, fromDate: fromDate.toString(), toDate: toDate.toString(), exportFormat: format }
      return {
        bytes: writeJson(rows, { ...meta, currency: studio.currency }),
        extension: 'json',
        mime: 'application/json',
      }
    }
  }
}

const spokenLocale = ({ languageTag }: StudioRow): Locale => (/^de\b/i.test(languageTag) ? 'GERMAN' : 'ENGLISH')

/** A batch for each fiscal year; several of them in an archive. */
async function encodeDatev({ studioId, fromDate, toDate }: TaxExport, read: ReadDays, deps: JobDeps): Promise<Encoded> {
  const books = await deps.read((db) => findStudioBooks(db, studioId))
  const numbers = readNumbers(books)
  if (!books || !numbers) throw new Error('A DATEV batch lacks the numbers that it begins with.')
  const { datevAccountLength: accountLength, currency } = books
  const batches = fiscalYears(fromDate, toDate, books.fiscalYearStart).map(({ fiscalYear, from, to }) => ({
    name: `EXTF_Buchungsstapel_${fiscalYear.toString().slice(0, 7)}.csv`,
    bytes: () =>
      writeDatev(read({ fromDate: from, toDate: to }), { ...numbers, accountLength, currency, fiscalYear, from, to }),
  }))
  const [only, ...others] = batches
  if (only && others.length === 0) return { bytes: only.bytes(), extension: 'csv', mime: 'text/csv' }
  return { bytes: pack(batches), extension: 'zip', mime: 'application/zip' }
}
