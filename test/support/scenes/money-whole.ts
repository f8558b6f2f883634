import assert from 'node:assert/strict'
import { count, eq, gt } from 'drizzle-orm'
import { paymentRequests } from '../../../src/payments/tables.ts'
import type { TestApp } from '../app.ts'
import { assertCollectionWhole } from './collection.ts'

/** How many contracts the billing runs had to put right; 0 unless a change was made past the rules. */
export async function readDrift(app: TestApp): Promise<number> {
  const metric = app.platform.metrics.registry.getSingleMetric('palestra_billing_drift_total')
  const { values } = (await metric?.get()) ?? { values: [] }
  return values.reduce((sum, { value }) => sum + value, 0)
}

/**
 * What holds of money after every story: the books add up and agree with what agencies have reported, no charge has
 * drifted from what its contract wants, and of a payment session one request was used at most.
 */
export async function assertMoneyWhole(app: TestApp) {
  await assertCollectionWhole(app)
  assert.equal(await readDrift(app), 0)
  const { sessionId, state } = paymentRequests
  const twice = await app.read(({ db }) =>
    db
      .select({ sessionId })
      .from(paymentRequests)
      .where(eq(state, 'CONSUMED'))
      .groupBy(sessionId)
      .having(gt(count(), 1)),
  )
  assert.deepEqual(twice, [])
}
