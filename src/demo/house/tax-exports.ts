import { closeDays } from '../../accounts/index.ts'
import { createExport } from '../../bookkeeping-exports/index.ts'
import type { Planting } from '../planting.ts'
import { berlin } from './chain.ts'

/** Closes the days before the demo begins: bookkeeping has them. What is booked from now on stands on today. */
export async function closeEarlierDays({ work, today }: Planting) {
  await closeDays(work, berlin, today.subtract({ days: 1 }))
}

/** The bookings of last month for the tax advisor, a file in each format; the first round of the jobs writes them. */
export async function plantTaxExports({ work, today }: Planting) {
  const thisMonth = today.with({ day: 1 })
  const days = { fromDate: thisMonth.subtract({ months: 1 }), toDate: thisMonth.subtract({ days: 1 }) }
  for (const fileFormat of ['CSV', 'XLSX', 'JSON'] as const) {
    const wish = { studioId: berlin, format: 'SINGLE', fileFormat, locale: null, integrationId: null } as const
    await createExport(work, { ...wish, ...days })
  }
}
