import { takeYourTime } from '../../platform/database/database.ts'
import { badRequest, conflict, notFound } from '../../platform/errors/errors.ts'
import { wakeJobs } from '../../platform/jobs/wake-jobs.ts'
import type { RunUnit, UnitOfWork } from '../../platform/units/work.ts'
import { type BankEntry, BrokenBankFile, UnknownBankFile } from './bank-entry.ts'
import { readCamt } from './camt-reader.ts'
import {
  countAlike,
  deleteEntries,
  insertEntries,
  listCollections,
  markDuplicates,
  type NewEntry,
} from './entry-store.ts'
import { awaitComparing, type BankImport, lockImport, openImport, updateImport } from './import-store.ts'
import { fingerprintEntry } from './fingerprints.ts'
import { isReturn, judgeEntry } from './matching-rules.ts'

/** Entries that are stored in one transaction; the figures stand in ADR 0018. */
const STORED_TOGETHER = 2500

/** A file of a bank, which can be read more than once. */
export interface BankFile {
  readonly fileName: string
  readonly sha256: Buffer
  open(): AsyncIterable<Uint8Array>
}

/** How far the reading is. */
export type NoteProgress = (entriesRead: number) => void

/**
 * Reads a file of a bank into entries, and answers its import. A file whose reading was broken off goes on where it was; one
 * that was read before changes nothing. Each entry is compared with what payment runs have collected; nothing is booked yet. Refuses (400) what is no camt.053 or camt.054, and
 * a broken file as a whole.
 */
export async function readBankFile(run: RunUnit, file: BankFile, progress: NoteProgress): Promise<number> {
  const { id: importId, isRead, readTo } = await run((work) => beginImport(work, file))
  if (isRead) return importId
  try {
    if (await storeAll(run, { importId, file, readTo }, progress)) await run((work) => endReading(work, importId))
    return importId
  } catch (error) {
    const refusal = explainFault(error)
    if (!refusal) throw error
    await run((work) => refuseFile(work, importId, refusal.code))
    throw refusal
  }
}

interface Reading {
  readonly importId: number
  readonly file: BankFile
  /** Entries that are stored already. */
  readonly readTo: number
}

/** Stores a batch while the next one is read. Says whether the file was read to its end: staff may have stopped it. */
async function storeAll(run: RunUnit, { importId, file, readTo }: Reading, progress: NoteProgress): Promise<boolean> {
  let position = 0
  let storing = Promise.resolve(true)
  for await (const batch of inBatches(readCamt(file.open()))) {
    const first = position + 1
    position += batch.length
    if (position <= readTo) continue
    if (!(await storing)) return false
    if (first > readTo + 1) progress(first - 1)
    storing = run((work) => storeEntries(work, importId, batch, first))
    // The next one to await it fails.
    storing.catch(() => undefined)
  }
  const isWhole = await storing
  progress(position)
  return isWhole
}

async function beginImport(work: UnitOfWork, { fileName, sha256 }: BankFile): Promise<BankImport> {
  const found = await openImport(work.tx, { fileName, sha256 }, work.now)
  if (found.isRead) return found
  await updateImport(work.tx, found.id, { state: 'READING', error: null }, work.now)
  work.audit({ action: 'bankImport.begun', entityKind: 'bankImport', entityId: found.id })
  return found
}

async function* inBatches(pieces: AsyncIterable<readonly BankEntry[]>): AsyncGenerator<readonly BankEntry[]> {
  let batch: BankEntry[] = []
  for await (const piece of pieces) {
    batch.push(...piece)
    while (batch.length >= STORED_TOGETHER) {
      yield batch.slice(0, STORED_TOGETHER)
      batch = batch.slice(STORED_TOGETHER)
    }
  }
  if (batch.length > 0) yield batch
}

/** Says whether the reading goes on. */
async function storeEntries(work: UnitOfWork, importId: number, batch: readonly BankEntry[], first: number) {
  const found = await lockImport(work.tx, importId)
  if (found?.state !== 'READING') return false
  const next = batch
    .map((entry, at) => ({ ...entry, position: first + at }))
    .filter((each) => each.position > found.readTo)
  const readTo = next.at(-1)?.position
  if (readTo === undefined) return true
  const collections = await listCollections(work.tx, named(next.map(({ endToEndId }) => endToEndId)))
  const known = next.map((entry) => ({ ...entry, fingerprint: fingerprintEntry(entry) }))
  const others = known.filter((entry) => !isReturn(entry)).map(({ fingerprint }) => fingerprint.toString('hex'))
  const alike = await countAlike(work.tx, importId, [...new Set(others)])
  const judged = known.map((entry): NewEntry => {
    const judgement = judgeEntry(entry, collections.get(entry.endToEndId ?? ''))
    return { ...entry, ...judgement, occurrence: isReturn(entry) ? 1 : countUp(alike, entry.fingerprint) }
  })
  await insertEntries(work.tx, importId, judged, work.now)
  await updateImport(work.tx, importId, { readTo }, work.now)
  return true
}

const named = (references: readonly (string | null)[]) => references.filter((each) => each !== null)

/** A return is one movement however often it is named; of all others each is one of its own. */
function countUp(alike: Map<string, number>, fingerprint: Buffer): number {
  const key = fingerprint.toString('hex')
  const occurrence = (alike.get(key) ?? 0) + 1
  alike.set(key, occurrence)
  return occurrence
}

/** From now on the entries count; those that came with another file before do not. */
async function endReading(work: UnitOfWork, importId: number) {
  await takeYourTime(work.tx)
  await awaitComparing(work.tx)
  const found = await lockImport(work.tx, importId)
  if (found?.state !== 'READING') return
  const duplicates = await markDuplicates(work.tx, found)
  await updateImport(work.tx, importId, { state: 'BOOKING', isRead: true }, work.now)
  const diff = { entries: [null, found.readTo], duplicates: [null, duplicates] } as const
  work.audit({ action: 'bankImport.read', entityKind: 'bankImport', entityId: importId, diff })
}

function explainFault(error: unknown) {
  if (error instanceof UnknownBankFile) return badRequest('errormessage.bankFile.notSupported')
  if (!(error instanceof BrokenBankFile)) return undefined
  const { fault, line } = error
  const args = [{ type: 'ENUM', value: fault } as const, { type: 'INTEGER', value: line } as const]
  return badRequest('errormessage.bankFile.invalid', { args })
}

/** Another process may have read the file to its end meanwhile: then it was not broken. */
async function refuseFile(work: UnitOfWork, importId: number, error: string) {
  const found = await lockImport(work.tx, importId)
  if (!found || found.isRead) return
  await deleteEntries(work.tx, importId)
  await updateImport(work.tx, importId, { state: 'FAILED', readTo: 0, error }, work.now)
  work.audit({ action: 'bankImport.refused', entityKind: 'bankImport', entityId: importId })
}

/** Stops an import after the transaction that is running; what is booked stays. */
export async function stopImport(work: UnitOfWork, importId: number) {
  const found = await lockImport(work.tx, importId)
  if (!found) throw notFound('bankImport', importId)
  if (found.state !== 'READING' && found.state !== 'BOOKING') return
  await updateImport(work.tx, importId, { state: 'STOPPED' }, work.now)
  work.audit({ action: 'bankImport.stopped', entityKind: 'bankImport', entityId: importId })
}

/** Lets an import that was stopped go on. Refuses (409) one whose file was not read to its end: it is imported again. */
export async function continueImport(work: UnitOfWork, importId: number) {
  const found = await lockImport(work.tx, importId)
  if (!found) throw notFound('bankImport', importId)
  if (!found.isRead) throw conflict('errormessage.bankImport.notRead', { args: [{ type: 'INTEGER', value: importId }] })
  if (found.state !== 'STOPPED') return
  await updateImport(work.tx, importId, { state: 'BOOKING' }, work.now)
  await wakeJobs(work.tx)
  work.audit({ action: 'bankImport.continued', entityKind: 'bankImport', entityId: importId })
}
