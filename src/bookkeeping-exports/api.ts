import { type Static, Type } from 'typebox'
import { operation } from '../platform/api/operation.ts'
import { choice, date, id, named, pathId, text } from '../platform/api/schema.ts'
import { exportFormats, exportLocales, fileFormats } from './tables.ts'

const optional = Type.Optional
const parameters = {
  fromDate: date('First booking day.', '2020-12-15'),
  toDate: date('Last booking day, which must be over; at most 90 days after the first.', '2020-12-30'),
  exportFormat: choice(
    exportFormats,
    '`SINGLE`: a row for each booking. `AGGREGATED`: bookings added up by month, accounts and tax.',
    { examples: ['AGGREGATED'] },
  ),
  exportFileFormat: choice(fileFormats, 'What the file is.', { examples: ['JSON'] }),
  exportLocale: optional(
    choice(exportLocales, 'How CSV and XLSX files are written; left out: as the studio speaks.', {
      examples: ['ENGLISH'],
    }),
  ),
}

export const TaxAdvisorCreateExport = named('TaxAdvisorCreateExport', Type.Object(parameters))
export type TaxAdvisorCreateExport = Static<typeof TaxAdvisorCreateExport>

export const TaxAdvisorExportResult = named(
  'TaxAdvisorExportResult',
  Type.Object({ exportId: optional(id('The export.', { examples: [12_001] })) }),
)

export const TaxAdvisorExportDownload = named(
  'TaxAdvisorExportDownload',
  Type.Object({
    ...parameters,
    downloadUrl: text('Where the file is for 15 minutes, without an API key.', {
      examples: ['https://gym.example.org/files/12002?exp=1781510400&kid=1&sig=abc'],
    }),
  }),
)
export type TaxAdvisorExportDownload = Static<typeof TaxAdvisorExportDownload>

export const createExport = operation({
  operationId: 'createExport',
  method: 'POST',
  path: '/v1/taxadvisor/exports/create',
  tag: 'Finance',
  summary: 'Have the bookings of a period written into a file',
  description:
    'Answers at once; the file is written once the days are closed, at half past three on the next day at the latest, and ' +
    '`TAX_ADVISOR_EXPORT_CREATED` announces it. The same days give the same file.',
  scopes: ['TAX_ADVISOR_EXPORT_WRITE'],
  shed: 'BULK',
  body: TaxAdvisorCreateExport,
  response: TaxAdvisorExportResult,
  errors: {
    400: [
      'errormessage.validation.dateOrder',
      'errormessage.validation.mustBePast',
      'errormessage.validation.dateRangeTooLong',
      'errormessage.taxExport.accountingNotConfigured',
    ],
  },
})

export const getExport = operation({
  operationId: 'getExport',
  method: 'GET',
  path: '/v1/taxadvisor/exports/{exportId}',
  tag: 'Finance',
  summary: 'Read an export with a link to its file',
  description:
    'An export without file is not found yet; `errorCode` says whether it is coming. Files are kept for 90 days.',
  scopes: ['TAX_ADVISOR_EXPORT_READ'],
  shed: 'BULK',
  params: Type.Object({ exportId: pathId('taxExport', 'The export, of the studio of the key.') }),
  response: TaxAdvisorExportDownload,
  errors: { 404: ['errormessage.taxExport.notReady', 'errormessage.taxExport.failed'] },
})
