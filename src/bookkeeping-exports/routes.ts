import { notFound } from '../platform/errors/errors.ts'
import { fileLink } from '../platform/files/links.ts'
import type { Operations } from '../platform/http/operations.ts'
import type { ModuleDeps } from '../platform/module-deps.ts'
import { nonNull } from '../platform/values/defined.ts'
import * as api from './api.ts'
import { findExport } from './export-store.ts'
import { createExport, findWrittenFile } from './exports.ts'

/** Files for the tax advisor. */
export function exportRoutes({ read, write }: Operations, deps: ModuleDeps) {
  write(api.createExport, async (work, { body }) => {
    const { studio, integration } = work.caller
    const exportId = await createExport(work, {
      studioId: studio.id,
      fromDate: Temporal.PlainDate.from(body.fromDate),
      toDate: Temporal.PlainDate.from(body.toDate),
      format: body.exportFormat,
      fileFormat: body.exportFileFormat,
      locale: body.exportLocale ?? null,
      integrationId: integration.id,
    })
    return { exportId }
  })
  read(api.getExport, async ({ db, now, caller }, { params: { exportId } }) => {
    const found = await findExport(db, exportId)
    if (found?.studioId !== caller.studio.id) throw notFound('taxExport', exportId)
    const fileId = findWrittenFile(found)
    const file = { tenantSlug: caller.tenant.slug, fileId, disposition: 'attachment' } as const
    return {
      fromDate: found.fromDate.toString(),
      toDate: found.toDate.toString(),
      exportFormat: found.format,
      exportFileFormat: found.fileFormat,
      ...nonNull({ exportLocale: found.locale }),
      downloadUrl: fileLink(deps, file, now),
    }
  })
}
