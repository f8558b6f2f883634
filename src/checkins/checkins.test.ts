import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestApp } from '../../test/support/app.ts'
import { addCustomer } from '../../test/support/scenes/customers.ts'
import { updateStudio } from '../studios/index.ts'
import { checkIns } from './tables.ts'

test('the utilization counts open visits of the studio, no matter who they are', async () => {
  await using app = await openTestApp()
  const own = await addCustomer(app)
  const gone = await addCustomer(app)
  const guest = await addCustomer(app, {}, { studio: app.hamburg })
  const elsewhere = await addCustomer(app)
  const path = '/v1/studios/utilization'
  assert.deepEqual((await app.get(path)).body, { count: 0 })
  await app.write(async (work) => {
    const visit = { studioId: 123, checkedInAt: work.now, inSource: 'STAFF' as const, createdAt: work.now }
    await work.tx.insert(checkIns).values([
      { ...visit, customerId: own },
      { ...visit, customerId: guest },
      { ...visit, customerId: gone, checkedOutAt: work.now, outSource: 'STAFF' },
      { ...visit, customerId: elsewhere, studioId: 124 },
    ])
    await updateStudio(work, 123, { capacity: 1 })
  })
  assert.deepEqual((await app.get(path)).body, { capacity: 1, count: 2 })
  const { payload } = await app.app.server.inject({ method: 'GET', url: '/metrics' })
  assert.deepEqual(payload.match(/^palestra_open_visits.*$/gm), [
    'palestra_open_visits{studio="123"} 2',
    'palestra_open_visits{studio="124"} 1',
  ])
})
