import { test } from 'node:test'
import { explainEverything } from '../support/explained.ts'

const MEMBERS = Number(process.env['PALESTRA_SCALE_MEMBERS'] ?? 1_000_000)

test(`with ${MEMBERS} members no operation reads a growing table as a whole`, async () => {
  const { operations, statements, looks } = await explainEverything(MEMBERS)
  console.log(`explain: ${operations} operations, ${statements} statements, ${looks} looks at growing tables, no scan`)
})
