import { readMinor } from '../../accounts/index.ts'
import { conflict, notFound } from '../../platform/errors/errors.ts'
import { insertFile } from '../../platform/files/files.ts'
import { expireFile } from '../../platform/files/store.ts'
import type { Bytes } from '../../platform/files/storage.ts'
import type { JobDeps } from '../../platform/jobs/job.ts'
import type { Queryable } from '../../platform/database/database.ts'
import type { Secrets } from '../../platform/secrets.ts'
import type { RunUnit, UnitOfWork } from '../../platform/units/work.ts'
import { findStudio } from '../../studios/index.ts'
import { writeCollectionCsv } from './collection-csv.ts'
import type { SequenceType } from './mandate-use-rules.ts'
import { type BatchTotal, type DirectDebit, writePain008 } from './pain-008.ts'
import { type DebitRow, findCreditor, listDebits } from './run-file-store.ts'
import { openRunSettings } from './run-settings.ts'
import { findRun, listTotals, lockRun, type PaymentRun, updateRun } from './run-store.ts'
import { sequenceTypes } from './run-tables.ts'

/** Collections that are read at once. */
const DEBITS_AT_ONCE = 500
const KEPT_DAYS = 90
const MOST_BYTES = 2 ** 31

/** The process ends, or staff have stopped the run or given it up: the file is written from the start when it goes on. */
class Interrupted extends Error {}

/**
 * Writes the file of a run whose items are fixed, once. Two processes that write at once write the same bytes; the second
 * one's have no row and are purged.
 */
export async function writeRunFile(run: RunUnit, runId: number, deps: JobDeps) {
  const { database, tenantId, files } = deps
  const found = await database.read(tenantId, (db) => findRun(db, runId))
  if (!found?.isFixed || !wantsFile(found)) return
  const bytes = await encode(found, deps)
  const stored = await files.write(tenantId, bytes, MOST_BYTES).catch((error: unknown) => {
    if (error instanceof Interrupted) return undefined
    throw error
  })
  if (!stored) return
  await run(async (work) => {
    const now = await lockRun(work.tx, runId)
    // One that was stopped and let go on meanwhile may collect later than the file says.
    if (!now || !wantsFile(now) || !now.collectionDate.equals(found.collectionDate)) return
    const { fileId, sha256 } = await insertFile(work, stored, {
      mime: found.methodGroup === 'SEPA' ? 'application/xml' : 'text/csv',
      originalName: fileName(found),
      ownerKind: 'export',
      ownerId: runId,
      deleteAfter: work.now.add({ hours: KEPT_DAYS * 24 }),
    })
    await updateRun(work.tx, runId, { fileId, fileSha256: sha256 }, work.now)
    const diff = { sha256: [null, sha256.toString('hex')] } as const
    const { studioId } = found
    work.audit({ action: 'paymentRun.written', entityKind: 'paymentRun', entityId: runId, studioId, diff })
  })
}

const wantsFile = ({ state, fileId, stoppedAt }: PaymentRun) =>
  state === 'EXPORTED' && fileId === null && stoppedAt === null

const fileName = ({ id, methodGroup, collectionDate }: PaymentRun) =>
  `${methodGroup.toLowerCase()}_${id}_${collectionDate}.${methodGroup === 'SEPA' ? 'xml' : 'csv'}`

/** The bytes of a file, as they are read. The same run gives the same bytes. */
async function encode(run: PaymentRun, deps: FileDeps): Promise<Bytes> {
  const { studioId, methodGroup, collectionDate, exportedAt } = run
  const { creditor, batches, painVersion } = await deps.database.read(deps.tenantId, async (db) => {
    const studio = await findStudio(db, studioId)
    if (!studio) throw notFound('studio', studioId)
    const { painVersion: version } = await openRunSettings(db, studio)
    return {
      creditor: await findCreditor(db, studioId),
      batches: await listBatches(db, run),
      painVersion: version,
    }
  })
  const read = (sequenceType: SequenceType) => readDebits(run.id, sequenceType, deps)
  if (methodGroup !== 'SEPA') {
    const types = batches.map(({ sequenceType }) => sequenceType)
    return writeCollectionCsv(collectionDate, types, read)
  }
  if (!creditor || !exportedAt) throw new Error(`The payment run ${run.id} lacks what its file begins with.`)
  const file = { messageId: `R${run.id}`, createdAt: exportedAt, collectionDate, creditor, batches }
  return writePain008({ ...file, version: painVersion }, read)
}

async function listBatches(db: Queryable, { id, currency }: PaymentRun): Promise<BatchTotal[]> {
  const totals = (await listTotals(db, [id])).filter(({ state }) => state === 'EXPORTED')
  return sequenceTypes.flatMap((sequenceType) => {
    const total = totals.find((each) => each.sequenceType === sequenceType)
    if (!total) return []
    return [{ sequenceType, count: total.items, sum: { minor: readMinor(total.amount, currency), currency } }]
  })
}

export type FileDeps = Pick<JobDeps, 'database' | 'tenantId' | 'secrets' | 'goesOn'>

/** The collections of a sequence type by customer, a page at a time; the next page is read while one is written. */
async function* readDebits(runId: number, sequenceType: SequenceType, deps: FileDeps) {
  const ask = (after: number) => {
    const question = { runId, sequenceType, after, limit: DEBITS_AT_ONCE }
    const rows = deps.database.read(deps.tenantId, async (db) => {
      const run = await findRun(db, runId)
      if (!run || !wantsFile(run)) throw new Interrupted()
      return listDebits(db, question)
    })
    // Fails where it is awaited.
    rows.catch(() => undefined)
    return rows
  }
  for (let asked: ReturnType<typeof ask> | undefined = ask(0); asked; ) {
    if (!deps.goesOn()) throw new Interrupted()
    const rows: Awaited<ReturnType<typeof ask>> = await asked
    const last = rows.length < DEBITS_AT_ONCE ? undefined : rows.at(-1)
    asked = last && ask(last.customerId)
    yield rows.map((row) => toDebit(row, deps.secrets))
  }
}

function toDebit(row: DebitRow, secrets: Secrets): DirectDebit {
  const { endToEndId, amount, currency, mandateRef, signedOn, holder, firstName, lastName, accountEnc, bic, text } = row
  if (mandateRef === null || signedOn === null || accountEnc === null) {
    throw new Error(`The mandate of ${endToEndId} was blanked.`)
  }
  return {
    endToEndId,
    amount: { minor: readMinor(amount, currency), currency },
    mandateRef,
    signedOn,
    holder: holder ?? [firstName, lastName].filter(Boolean).join(' '),
    iban: secrets.open('field', accountEnc),
    bic,
    text,
  }
}

/**
 * The file of a run, for staff who give it to their bank; that they took it is on record. Refuses (409) a run whose file is
 * not written yet, or not kept any more.
 */
export async function takeRunFile(work: UnitOfWork, runId: number): Promise<number> {
  const run = await findRun(work.tx, runId)
  if (!run) throw notFound('paymentRun', runId)
  if (run.fileId === null) {
    throw conflict('errormessage.paymentRun.fileNotReady', { args: [{ type: 'INTEGER', value: runId }] })
  }
  const { studioId } = run
  work.audit({ action: 'paymentRun.fileTaken', entityKind: 'paymentRun', entityId: runId, studioId })
  return run.fileId
}

/** The file of a run that is not submitted after all counts as gone. */
export async function expireRunFile(work: UnitOfWork, { fileId }: PaymentRun) {
  if (fileId !== null) await expireFile(work.tx, fileId, work.now)
}
