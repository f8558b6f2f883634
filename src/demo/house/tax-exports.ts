import { closeDays } from '../../accounts/index.ts'
import { taxExports } from '../../bookkeeping-exports/tables.ts'
import { plant, type Planting } from '../planting.ts'
import { berlin } from './chain.ts'

/** Closes the days before the demo begins: bookkeeping has them. What is booked from now on stands on today. */
export async function closeEarlierDays({ work, today }: Planting) {
  await closeDays(work, berlin, today.subtract({ days: 1 }))
}

/** Files for the tax advisor. */
export const demoExport = { csv: 9601, xlsx: 9602, json: 9603 } as const

/** The bookings of last month for the tax advisor, a file in each format; the first round of the jobs writes them. */
export async function plantTaxExports(planting: Planting) {
  const thisMonth = planting.today.with({ day: 1 })
  const days = { fromDate: thisMonth.subtract({ months: 1 }), toDate: thisMonth.subtract({ days: 1 }) }
  const wish = { ...days, studioId: berlin, format: 'SINGLE', state: 'CREATED' } as const
  await plant(planting, taxExports, [
    { id: demoExport.csv, ...wish, fileFormat: 'CSV' },
    { id: demoExport.xlsx, ...wish, fileFormat: 'XLSX' },
    { id: demoExport.json, ...wish, fileFormat: 'JSON' },
  ])
}
