import { PassThrough, pipeline, type Readable } from 'node:stream'
import yazl from 'yazl'
import type { Caller } from '../platform/units/caller.ts'
import { notFound } from '../platform/errors/errors.ts'
import { insertFile } from '../platform/files/files.ts'
import { type FileDamage, findDamage } from '../platform/files/damage.ts'
import { DamagedFile, type FileStorage, type StoredFile } from '../platform/files/storage.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { Units } from '../platform/units/units.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { exportPerson, type PersonExport, type PersonFile } from './person-export.ts'
import { findPersonToErase, lockCustomers } from '../customers/index.ts'

/** Beyond this an export is split by hand: nobody downloads more in one piece. */
const LARGEST_EXPORT_BYTES = 4 * 1024 ** 3
/** As long as its link works, and a minute for a reader who is not done. */
const KEPT_MINUTES = 16

export interface DataExportDeps {
  readonly units: Units
  readonly secrets: Secrets
  readonly files: FileStorage
}

export interface StoredExport {
  readonly fileId: number
  /** From then on its sixteen minutes run. */
  readonly storedAt: Temporal.Instant
}

/**
 * Everything stored about one person as a ZIP of `data.json` and the files, kept for sixteen minutes. `open` checks in
 * the unit that reads whether the caller may see the person.
 */
export async function storeDataExport(
  { units, secrets, files }: DataExportDeps,
  caller: Caller,
  customerId: number,
  open: (work: UnitOfWork) => Promise<unknown>,
): Promise<StoredExport> {
  const person = await units.write(caller, async (work) => {
    await open(work)
    return exportPerson(work, secrets, customerId)
  })
  const { bytes } = await packPerson(person, caller.tenantId, files)
  const stored = await files.write(caller.tenantId, bytes, LARGEST_EXPORT_BYTES)
  return units.write(caller, async (work) => {
    // A person who was erased while the archive was packed must not be in it.
    await lockCustomers(work.tx, [customerId])
    if (!(await findPersonToErase(work.tx, customerId))) throw notFound('customer', customerId)
    const { fileId } = await insertFile(work, stored, {
      mime: 'application/zip',
      originalName: `customer-${customerId}.zip`,
      ownerKind: 'export',
      ownerId: customerId,
      deleteAfter: work.now.add({ minutes: KEPT_MINUTES }),
    })
    work.audit({ action: 'customer.exportStored', entityKind: 'customer', entityId: customerId })
    return { fileId, storedAt: work.now }
  })
}

export interface PackedPerson {
  readonly bytes: AsyncIterable<Uint8Array>
  /** Files of the person that cannot be read as they were stored; the archive lists them in `damaged-files.json`. */
  readonly damaged: readonly DamagedEntry[]
}

interface DamagedEntry {
  readonly fileId: number
  readonly originalName: string
  readonly damage: FileDamage
}

/**
 * A ZIP of `data.json` and the files of a person, packed while it is read: no file is ever in memory as a whole. Every file
 * is read once before, so that a damaged one is named instead of breaking the archive.
 */
export async function packPerson(person: PersonExport, tenantId: number, files: FileStorage): Promise<PackedPerson> {
  const damaged: DamagedEntry[] = []
  const whole: PersonFile[] = []
  for (const file of person.files) {
    const damage = await findDamage(files, { ...file, tenantId, sha256: Buffer.from(file.sha256, 'hex') })
    const { fileId, originalName } = file
    if (damage) damaged.push({ fileId, originalName, damage })
    else if (file.size > 0) whole.push(file)
  }
  const zip = new yazl.ZipFile()
  const packed = new PassThrough()
  pipeline(zip.outputStream, packed, () => undefined)
  // Without a listener the fault of one file would end the process.
  packed.on('error', () => undefined)
  zip.on('error', (error: Error) => packed.destroy(error))
  addJson(zip, 'data.json', person)
  if (damaged.length > 0) addJson(zip, 'damaged-files.json', damaged)
  for (const file of whole) {
    const { fileId, size, originalName } = file
    zip.addReadStreamLazy(`files/${fileId}-${originalName}`, { size }, (done) => {
      openFile(files, { ...file, tenantId }).then(
        (bytes) => done(null, bytes),
        (error: Error) => packed.destroy(error),
      )
    })
  }
  zip.end()
  return { bytes: packed, damaged }
}

function addJson(zip: yazl.ZipFile, name: string, value: unknown) {
  zip.addBuffer(Buffer.from(JSON.stringify(value, null, 2)), name)
}

/** The bytes of a file that was whole a moment ago. */
async function openFile(files: FileStorage, file: StoredFile): Promise<Readable> {
  const bytes = await files.open(file, { first: 0, last: file.size - 1 })
  if (!bytes) throw new DamagedFile('UNREADABLE')
  return bytes
}
