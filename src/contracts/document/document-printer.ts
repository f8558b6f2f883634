import { randomBytes } from 'node:crypto'
import { insertFile } from '../../platform/files/files.ts'
import { nameFailure } from '../../platform/jobs/job-failures.ts'
import { writePdf } from '../../platform/paper/write-pdf.ts'
import type { Platform } from '../../platform/platform.ts'
import type { Caller } from '../../platform/units/caller.ts'
import { loadPaper } from './load-paper.ts'
import {
  type DocumentRow,
  findOwner,
  listTenantsWithDueDocuments,
  lockAttempt,
  lockDueDocument,
  updateDocument,
} from './document-store.ts'
import { chooseWaitMinutes } from './retry-rules.ts'

/** Longer than any printing can take; a process without a sign of life for so long is gone. */
const BELIEVED_MINUTES = 5

/** What printing documents takes. */
export type PrinterDeps = Pick<Platform, 'database' | 'units' | 'files' | 'texts' | 'real' | 'log' | 'metrics'>

/**
 * Prints the documents of contracts that units of work have left, in real time, beside the requests. Several processes share
 * the work; one that dies gives its document to another one, and each is stored once.
 */
export class DocumentPrinter {
  readonly #platform: PrinterDeps

  constructor(platform: PrinterDeps) {
    this.#platform = platform
  }

  /** Tries every document that is due now, once, or as many as it can until `goesOn` returns false. */
  async printDue(goesOn: () => boolean = () => true) {
    const { database, real } = this.#platform
    for (const tenantId of await database.read('none', (db) => listTenantsWithDueDocuments(db, real.now()))) {
      while (goesOn() && (await this.#printNext(tenantId))) continue
    }
  }

  /** Takes one document and tries to print it; false when none is due. */
  async #printNext(tenantId: number): Promise<boolean> {
    const taken = await this.#take(tenantId)
    if (!taken) return false
    const { metrics } = this.#platform
    try {
      await this.#print(tenantId, taken)
      metrics.jobRuns.inc({ job: 'contracts.documents', result: 'done' })
    } catch (error) {
      metrics.jobRuns.inc({ job: 'contracts.documents', result: 'failed' })
      await this.#recordFailure(tenantId, taken, error)
    }
    return true
  }

  /** Marks a document as this attempt's. */
  #take(tenantId: number): Promise<DocumentRow | undefined> {
    const { database, real } = this.#platform
    return database.transaction(tenantId, async (tx) => {
      const now = real.now()
      const document = await lockDueDocument(tx, now)
      if (!document) return undefined
      const mine = { attempts: document.attempts + 1, dueAt: now.add({ minutes: BELIEVED_MINUTES }) }
      await updateDocument(tx, document, mine)
      return { ...document, ...mine }
    })
  }

  /** The bytes come first: a process that dies leaves bytes without a row, which are purged. */
  async #print(tenantId: number, { contractId, attempts, buyer }: DocumentRow) {
    const { database, files, texts, units } = this.#platform
    if (buyer === null) throw new Error('A document that waits has no buyer.')
    const overrides = await texts.of(tenantId)
    const paper = await database.read(tenantId, (db) => loadPaper(db, { contractId, buyer, overrides }))
    const { bytes, named } = await writePdf(files, tenantId, paper)
    await units.write(makeCaller(tenantId), async (work) => {
      const owner = (await lockAttempt(work.tx, { contractId, attempts })) && (await findOwner(work.tx, contractId))
      if (!owner) return
      const { fileId } = await insertFile(work, bytes, {
        ...named,
        ownerKind: 'customerContract',
        ownerId: owner.customerId,
      })
      const printed = { fileId, buyer: null, dueAt: null, failure: null, printedAt: work.now }
      await updateDocument(work.tx, { contractId, attempts }, printed)
      const { studioId } = owner
      const diff = { fileId: [null, fileId] } as const
      work.audit({ action: 'contract.documentPrinted', entityKind: 'contract', entityId: contractId, studioId, diff })
    })
  }

  async #recordFailure(tenantId: number, { contractId, attempts }: DocumentRow, error: unknown) {
    const { database, real, log } = this.#platform
    const failure = nameFailure(error)
    const dueAt = real.now().add({ minutes: chooseWaitMinutes(attempts) })
    await database.transaction(tenantId, (tx) => updateDocument(tx, { contractId, attempts }, { dueAt, failure }))
    // No stack: what fails may quote what was to be printed.
    log.error(
      { job: 'contracts.documents', contract: contractId, attempts, failure },
      'the document of a contract could not be printed',
    )
  }
}

function makeCaller(tenantId: number): Caller {
  const detail = { job: 'contracts.documents' }
  return { actor: { kind: 'JOB', id: null, detail }, tenantId, traceId: randomBytes(16).toString('hex') }
}
