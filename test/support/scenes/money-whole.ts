import assert from 'node:assert/strict'
import { checkBooks } from '../../../src/cli/commands/money/ledger-check.ts'
import type { TestApp } from '../app.ts'

/** How many contracts the billing runs had to put right; 0 unless a change was made past the rules. */
export async function readDrift(app: TestApp): Promise<number> {
  const metric = app.platform.metrics.registry.getSingleMetric('palestra_billing_drift_total')
  const { values } = (await metric?.get()) ?? { values: [] }
  return values.reduce((sum, { value }) => sum + value, 0)
}

/**
 * What holds of money after every story: the books add up, and agree with payments, charges of contracts, agencies and
 * exports; no billing run has had to put a charge right.
 */
export async function assertMoneyWhole(app: TestApp) {
  await assertBooksWhole(app)
  assert.equal(await readDrift(app), 0)
}

export async function assertBooksWhole(app: TestApp) {
  assert.deepEqual(await app.read(checkBooks), [])
}
