import { declareEvent } from '../platform/units/events.ts'

export const taxAdvisorExportCreated = declareEvent('TAX_ADVISOR_EXPORT_CREATED', {
  when: 'A file for the tax advisor is ready to be fetched.',
  entity: 'the export, as `exportId`',
})
