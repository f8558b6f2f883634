import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'drizzle-orm'
import { openTestApp } from '../../../test/support/app.ts'
import { runRoutine } from '../../../test/support/routines.ts'
import { accessLogRetention } from './access-log-jobs.ts'

test('who read whom is forgotten after ninety days of the tenant’s own time', async () => {
  await using app = await openTestApp()
  await app.write(({ tx }) =>
    tx.execute(sql`
      insert into customer_access_log (customer_id, api_key_id, operation, at)
      select 1, 1, 'getCustomerById', '2026-03-17T07:00:00Z'::timestamptz + n * interval '1 s' from generate_series(-1, 1) n`),
  )
  assert.equal(await runRoutine(app.platform, accessLogRetention), 1, 'ninety days to the second are kept')
  await app.travelTo('2026-06-15T10:00:00+02:00')
  assert.equal(await runRoutine(app.platform, accessLogRetention), 2)
})
