import type { Module } from '../platform/module.ts'
import { fileRoutes } from './routes.ts'

export { DOCUMENT_MAX_MB, IMAGE_MAX_MB } from './api.ts'
export { listDocumentRows } from './document-store.ts'
export { deleteDocument, fileDocument, setDocumentInternal } from './documents.ts'
export { removeCustomerImage, setCustomerImage } from './images.ts'
export { filesOfPerson } from './person-part.ts'

export const customerFilesModule: Module = { name: 'customer-files', routes: fileRoutes }
