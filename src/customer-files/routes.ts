import { chooseDisposition, fileLink } from '../platform/files/links.ts'
import type { Operations } from '../platform/http/operations.ts'
import type { ModuleDeps } from '../platform/module-deps.ts'
import { storeDocument, storeImage } from '../platform/uploads/stored-files.ts'
import type { PartnerView } from '../platform/units/work.ts'
import { findOwnCustomer, lockOwnCustomer, getReadDeps } from '../customers/index.ts'
import { nonNull } from '../platform/values/defined.ts'
import type { DocumentRow } from './document-store.ts'
import { fileOwnDocument, getDocument, listDocuments } from './documents.ts'
import * as api from './api.ts'
import { setOwnImage } from './images.ts'

/** Pictures and documents of customers. */
export function fileRoutes({ read, upload }: Operations, deps: ModuleDeps) {
  const { accessLog } = getReadDeps(deps)
  upload(api.updateImage, {
    check: (view, { params }) => findOwnCustomer(view, params.customerId),
    store: (file, { tenantId }) => storeImage(deps.files, tenantId, file, api.IMAGE_MAX_MB),
    write: async (work, { params }, file) => {
      const fileId = await setOwnImage(work, params.customerId, file)
      return { imageUrl: linkTo(work, { fileId, mime: 'image/jpeg' }, deps) }
    },
  })
  upload(api.uploadDocument, {
    check: (view, { params }) => findOwnCustomer(view, params.customerId),
    store: (file, { tenantId }) =>
      storeDocument(deps.files, tenantId, file, { maxMb: api.DOCUMENT_MAX_MB, allowed: deps.documentTypes }),
    lock: (work, { params }) => lockOwnCustomer(work, params.customerId),
    write: async (work, { params: { customerId }, query: { description } }, file) => ({
      id: await fileOwnDocument(work, { customerId, description }, file),
    }),
  })
  read(api.getDocuments, async (view, { params, query }) => {
    const reading = { accessLog, operation: api.getDocuments.operationId }
    const slice = await listDocuments(view, params.customerId, query, reading)
    return { ...slice, result: slice.result.map((row) => present(view, row, deps)) }
  })
  read(api.getDocumentById, async (view, { params: { customerId, id } }) => {
    const reading = { accessLog, operation: api.getDocumentById.operationId }
    return present(view, await getDocument(view, customerId, id, reading), deps)
  })
}

function present(view: PartnerView, row: DocumentRow, deps: ModuleDeps) {
  const { id, fileName, description } = row
  return { url: linkTo(view, row, deps), id, fileName, ...nonNull({ description }) }
}

function linkTo(
  { caller, now }: PartnerView,
  { fileId, mime }: { readonly fileId: number; readonly mime: string },
  deps: ModuleDeps,
): string {
  return fileLink(deps, { tenantSlug: caller.tenant.slug, fileId, disposition: chooseDisposition(mime) }, now)
}
