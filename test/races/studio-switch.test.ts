import assert from 'node:assert/strict'
import { test } from 'node:test'
import { customerStudioHistory } from '../../src/customers/tables.ts'
import { openTestApp, outOfTurn, type TestApp } from '../support/app.ts'
import { addCustomer } from '../support/scenes/customers.ts'
import { runUnlocked } from '../support/unlocked.ts'
import { insertStudio } from '../support/scenes/world.ts'

/** Two studios want the same customer of Berlin at once. */
async function race(app: TestApp) {
  const { tenantId, integrationId } = app.berlin
  const plan = {
    tenantId,
    integrationId,
    studioId: 125,
    name: 'Lisbon',
    at: Temporal.Instant.from('2026-06-15T07:00Z'),
  }
  await app.platform.database.transaction(tenantId, (tx) => insertStudio(app.platform, tx, plan))
  const customerId = await addCustomer(app)
  const targets = [app.hamburg.studioId, plan.studioId]
  const moveTo = async (targetStudioId: number) => {
    const body = { targetStudioId, switchDate: '2026-06-01' }
    return (await app.post(`/v1/customers/${customerId}/switch-studio`, body)).status
  }
  const statuses = await Promise.all(targets.map(moveTo))
  const winner = targets[statuses.indexOf(200)] ?? 0
  const again = await moveTo(winner)
  const rows = await app.read(({ db }) => db.$count(customerStudioHistory))
  return { statuses: statuses.sort((one, other) => one - other), again, rows }
}

test('of two switches at once one wins, the other finds nobody; the winner may repeat', async () => {
  for (let round = 0; round < 5; round++) {
    await using app = await openTestApp(outOfTurn)
    assert.deepEqual(await race(app), { statuses: [200, 404], again: 200, rows: 1 })
  }
})

test('control: without the lock on the customer both studios get the customer', async () => {
  await runUnlocked(
    { pauseBefore: /update "customers" set "studio_id"|update "customers" set "updated_at"/ },
    async (app) => {
      assert.deepEqual((await race(app)).statuses, [200, 200])
    },
  )
})
