import { createHash } from 'node:crypto'
import { taxExports } from '../../../src/bookkeeping-exports/tables.ts'
import { newStorageKey } from '../../../src/platform/files/counted-bytes.ts'
import { files } from '../../../src/platform/tables.ts'
import { at, CREATED, type Fill, stamps } from './full-members.ts'

/** A file for the tax advisor that is ready. */
export async function insertFullExport({ tx, studio: { studioId, tenantId, integrationId }, mark, firstId }: Fill) {
  const content = Buffer.from(`{"meta":{},"rows":["${mark}row"]}`)
  const sha256 = createHash('sha256').update(content).digest()
  const [id, fileId] = [firstId + at.taxExport, firstId + at.taxExportFile]
  const file = { storageKey: newStorageKey(tenantId), mime: 'application/json', size: content.length, sha256, content }
  const owner = { ownerKind: 'export', ownerId: id, originalName: `${mark}accounting.json` } as const
  await tx.insert(files).values({ id: fileId, ...file, ...owner, scanState: 'SKIPPED', createdAt: CREATED })
  const [fromDate, toDate] = ['2026-05-01', '2026-05-31'].map((day) => Temporal.PlainDate.from(day))
  if (!fromDate || !toDate) return
  await tx.insert(taxExports).values({
    id,
    studioId,
    integrationId,
    fromDate,
    toDate,
    format: 'SINGLE',
    fileFormat: 'JSON',
    state: 'READY',
    fileId,
    sha256,
    rows: 1,
    ...stamps,
  })
}
