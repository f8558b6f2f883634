import type { Named, Parts } from './calls.ts'
import { tinyPdf, tinyPng } from '../multipart.ts'

const ofCustomer = ({ customerId }: Named) => ({ params: { customerId } })

/** Calls about pictures and documents of people. */
export const fileCalls: Readonly<Record<string, (named: Named) => Parts>> = {
  updateImage: (named) => ({
    ...ofCustomer(named),
    file: { name: 'image', fileName: `${named.newcomer}.png`, content: tinyPng },
  }),
  uploadDocument: (named) => ({
    ...ofCustomer(named),
    query: { description: `${named.newcomer}description` },
    file: { name: 'file', fileName: `${named.newcomer}.pdf`, content: tinyPdf },
  }),
  getDocuments: ofCustomer,
  getDocumentById: ({ customerId, documentId }) => ({ params: { customerId, id: documentId } }),
}
