import type { MakeCall } from './calls.ts'

/** Calls about files for the tax advisor. */
export const exportCalls: Readonly<Record<string, MakeCall>> = {
  createExport: () => ({
    body: { fromDate: '2026-05-01', toDate: '2026-05-31', exportFormat: 'SINGLE', exportFileFormat: 'JSON' },
  }),
  getExport: ({ exportId }) => ({ params: { exportId } }),
}
