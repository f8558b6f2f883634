import { PassThrough } from 'node:stream'
import yazl from 'yazl'
import type { Caller } from '../platform/units/caller.ts'
import { notFound } from '../platform/errors/errors.ts'
import { insertFile } from '../platform/files/files.ts'
import type { FileStorage } from '../platform/files/storage.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { Units } from '../platform/units/units.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { exportPerson, type PersonExport } from './person-export.ts'
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
  const stored = await files.write(caller.tenantId, packPerson(person, caller.tenantId, files), LARGEST_EXPORT_BYTES)
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

/** A ZIP of `data.json` and the files of a person, packed while it is read: no file is ever in memory as a whole. */
export function packPerson(person: PersonExport, tenantId: number, files: FileStorage): AsyncIterable<Uint8Array> {
  const zip = new yazl.ZipFile()
  const packed = zip.outputStream.pipe(new PassThrough())
  const pack = async () => {
    zip.addBuffer(Buffer.from(JSON.stringify(person, null, 2)), 'data.json')
    for (const { fileId, storageKey, size, originalName } of person.files) {
      if (size === 0) continue
      const bytes = await files.open({ fileId, tenantId, storageKey }, { first: 0, last: size - 1 })
      if (bytes) zip.addReadStream(bytes, `files/${fileId}-${originalName}`, { size })
    }
    zip.end()
  }
  pack().catch((error: Error) => packed.destroy(error))
  return packed
}
