import type { DocumentExamples } from '../../platform/api/openapi-examples.ts'

/** The cards of a member and of Edgar, and the wristband of the customer who has credit at the shake bar. */
const membersCard = { type: 'NUMBER', value: '4000002100' }
const edgarsCard = { type: 'NUMBER', value: '1290158199' }
const wristband = { type: 'BARCODE', value: 'PSZEYAZ7' }

/** Values with which the devices of the demo chain find a customer who may do what is asked. */
export const deviceDocumentExamples: DocumentExamples = {
  named: {},
  operations: {
    cardReaderIdentification: { identification: membersCard },
    timeIdentification: { identification: wristband },
    timeUsage: { identification: wristband, durationInSeconds: 300 },
    vendingIdentification: { identification: wristband },
    // The sale that has begun with an identification keeps its customer busy.
    vendingRevalue: { identification: edgarsCard, transactionId: '8d1c4a52-6a3e-4c0b-9f57-0f0d8a1b2c3e' },
    vendingSale: { identification: wristband },
  },
}
