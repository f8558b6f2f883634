import type { Module } from '../module.ts'
import { fileRoutes } from './routes.ts'
import * as api from './api.ts'
import { filesOfPerson } from './person-part.ts'

export { DOCUMENT_MAX_MB, IMAGE_MAX_MB } from './api.ts'
export { listDocumentRows } from './document-store.ts'
export { deleteDocument, fileDocument, keepDocument, setDocumentInternal } from './documents.ts'
export { removeCustomerImage, setCustomerImage } from './images.ts'

export const customerFilesModule: Module = {
  name: 'customer-files',
  api: [api],
  personPart: filesOfPerson,
  routes: fileRoutes,
}
