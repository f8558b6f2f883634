import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AddressInfo } from 'node:net'
import { openTestApp } from '../../../test/support/app.ts'
import { addDebtor, assertCollectionWhole, collect, openAgency } from '../../../test/support/scenes/collection.ts'
import { simulateAgency } from './agency.ts'

for (const type of ['TRUST', 'PURCHASE'] as const) {
  test(`an agency by ${type} and the studio have equal figures in the end, and the books add up`, async (t) => {
    await using app = await openTestApp({ environment: { PALESTRA_RATELIMIT_DEFAULT: '1000000' } })
    await openAgency(app, { type, restrictAccess: false })
    for (let n = 0; n < 4; n += 1) {
      const { customerId } = await addDebtor(app, ['29.90', '29.90', '5.00'])
      await collect(app, customerId, { confirms: n === 0 })
    }
    await app.app.server.listen({ port: 0, host: '127.0.0.1' })
    const { port } = app.app.server.server.address() as AddressInfo
    const seed = Math.floor(Math.random() * 1_000_000)
    t.diagnostic(`seed ${seed}`)
    const outcome = await simulateAgency({ url: `http://127.0.0.1:${port}`, key: app.berlin.key, seed, rounds: 5 })
    assert.deepEqual([outcome.runs, outcome.confirmed, outcome.cases, outcome.differences], [4, 3, 4, []])
    assert.ok(outcome.reports >= 5)
    await assertCollectionWhole(app)
  })
}
