import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type DemoApp, openDemoApp } from '../../../test/support/demo-app.ts'

let app: DemoApp
before(async () => void (app = await openDemoApp()))
after(() => app.close())

test('twelve people are in Berlin, which admits a hundred', async () => {
  assert.deepEqual((await app.get('/v1/studios/utilization')).body, { capacity: 100, count: 12 })
})

test('Edgar was in Berlin and Hamburg on several days of the last month, and is in now', async () => {
  const own = (await app.get('/v1/customers/1001/activities/checkins')).body.result
  const all = (await app.get('/v1/cross-studio/customers/1001/activities/checkins')).body.result
  assert.ok(own.length > 1 && all.length > own.length)
  assert.equal(own.at(-1).checkOutDateTime, undefined)
  assert.deepEqual(new Set(all.map(({ studioName }: { studioName: string }) => studioName)).size, 2)
})

const shut = [
  [1001, 409, 'alreadyCheckedIn'],
  [1003, 403, 'ended'],
  [1004, 403, 'restricted'],
  [1005, 403, 'idlePeriodOpen'],
  [209, 403, 'noEntitlement'],
  [2001, 403, 'notStarted'],
] as const

for (const [customerId, status, reason] of shut) {
  test(`the door stays shut for ${customerId}: ${reason}`, async () => {
    const { status: answered, body } = await app.post(`/v1/customers/${customerId}/checkin`)
    assert.deepEqual([answered, body.errorCode], [status, `errormessage.access.${reason}`])
  })
}

for (const customerId of [203, 1002]) {
  test(`${customerId} comes in by contract or pass, and leaves again`, async () => {
    const come = await app.post(`/v1/customers/${customerId}/checkin`)
    assert.equal(come.status, 200, come.text)
    const gone = await app.post(`/v1/customers/${customerId}/checkout`)
    assert.ok(gone.body.checkOutDateTime, gone.text)
  })
}
