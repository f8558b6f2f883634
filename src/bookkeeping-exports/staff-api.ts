import { Type } from 'typebox'
import { choice, date, id, int32, list, text } from '../platform/api/schema.ts'
import { staffOperation } from '../platform/staff/staff-operation.ts'
import { csvProfiles, exportFormats, exportLocales, fileFormats } from './tables.ts'

const tag = 'Money'
const optional = Type.Optional
const read = ['accounting.read'] as const
const write = ['accounting.write'] as const
const studioOption = { studioId: '--studio <id>' }
const exportAnswer = Type.Object({ exportId: id('The export.') })

export const listTaxExports = staffOperation({
  operationId: 'adminListTaxExports',
  method: 'GET',
  path: '/admin/v1/tax-exports',
  tag,
  summary: 'list the exports of a studio for its tax advisor, the latest 100 first',
  permissions: read,
  body: Type.Object({ studioId: id('the studio') }),
  answer: Type.Object({
    exports: list(
      Type.Object({
        exportId: id('The export.'),
        from: date('First booking day.'),
        to: date('Last booking day.'),
        format: choice(exportFormats, 'Rows or sums.'),
        fileFormat: choice(fileFormats, 'What the file is.'),
        state: choice(['CREATED', 'RUNNING', 'READY', 'FAILED'], 'How far it is.'),
        rows: optional(int32('Rows of the file.')),
        fileId: optional(id('The file, once it is written.')),
        error: optional(text('Why it failed.')),
      }),
      'The exports.',
    ),
  }),
  cli: { name: 'tax-export list', options: studioOption },
})

export const createTaxExport = staffOperation({
  operationId: 'adminCreateTaxExport',
  method: 'POST',
  path: '/admin/v1/tax-exports',
  tag,
  summary: 'have the bookings of a period written into a file; a running server does so once the days are closed',
  permissions: write,
  body: Type.Object({
    studioId: id('the studio'),
    from: date('first booking day'),
    to: date('last booking day'),
    format: choice(exportFormats, 'rows, or sums by month', { default: 'SINGLE' }),
    fileFormat: choice(fileFormats, 'what the file is', { default: 'CSV' }),
    locale: optional(choice(exportLocales, 'left out: as the studio speaks')),
  }),
  answer: exportAnswer,
  cli: {
    name: 'tax-export create',
    options: { ...studioOption, from: '--from <date>', to: '--to <date>', fileFormat: '--file <format>' },
  },
})

export const retryTaxExport = staffOperation({
  operationId: 'adminRetryTaxExport',
  method: 'POST',
  path: '/admin/v1/tax-exports/{exportId}/retry',
  tag,
  summary: 'write an export again that failed',
  permissions: write,
  params: Type.Object({ exportId: id('The export.') }),
  answer: exportAnswer,
  cli: { name: 'tax-export retry' },
})

export const setCsvProfile = staffOperation({
  operationId: 'adminSetCsvProfile',
  method: 'PUT',
  path: '/admin/v1/studios/{studioId}/csv-profile',
  tag,
  summary: 'say what CSV files for the tax advisor are: plain tables or DATEV batches',
  permissions: write,
  params: Type.Object({ studioId: id('The studio.') }),
  body: Type.Object({ csvProfile: choice(csvProfiles, 'what they are') }),
  answer: Type.Object({ csvProfile: choice(csvProfiles, 'What they are.') }),
  cli: { name: 'tax-export csv-profile', arguments: ['studioId', 'csvProfile'] },
})
