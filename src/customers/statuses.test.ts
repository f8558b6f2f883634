import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { addCustomer } from '../../test/support/scenes/customers.ts'
import { listEvents } from '../../test/support/records.ts'
import { setMembershipUntil } from './statuses.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const beforeMidnight = '2026-03-31T21:59:59Z'
const midnight = '2026-03-31T22:00:00Z'

/** The status, after it was made sure that every way to ask says the same. */
async function fetchStatus(app: TestApp, id: number): Promise<string> {
  const { status } = (await app.get(`/v1/customers/${id}`)).body
  const [found] = (await app.post('/v1/customers/search', { lastName: 'Lindner' })).body
  assert.deepEqual([found.id, found.status], [id, status])
  for (const asked of ['MEMBER', 'PROSPECT']) {
    const { result } = (await app.get(`/v1/customers?customerStatus=${asked}`)).body
    assert.equal(result.length, asked === status ? 1 : 0, asked)
  }
  return status
}

async function memberUntilMarch(app: TestApp): Promise<number> {
  const id = await addCustomer(app, { lastName: 'Lindner' })
  await app.write((work) => setMembershipUntil(work, id, day('2026-03-31')))
  return id
}

test('the last day of a contract ends at midnight in Berlin, and partners receive one event', async () => {
  await using app = await openTestApp({ now: '2026-03-31T12:00:00+02:00' })
  const id = await memberUntilMarch(app)
  const known = (await listEvents(app)).length
  await app.travelTo(beforeMidnight)
  assert.equal(await fetchStatus(app, id), 'MEMBER')
  await app.travelTo(midnight)
  assert.equal(await fetchStatus(app, id), 'FORMER_MEMBER')
  await app.travelTo('2026-04-02T12:00:00+02:00')
  const added = (await listEvents(app)).slice(known)
  assert.deepEqual(
    added.map(({ type, entityId, occurredAt }) => `${type} ${entityId} ${occurredAt}`),
    [`CUSTOMER_UPDATED ${id} ${midnight}`],
  )
})

test('a customer who signs today for 1 May is a member at once', async () => {
  await using app = await openTestApp({ now: '2026-04-01T12:00:00+02:00' })
  const id = await memberUntilMarch(app)
  assert.equal(await fetchStatus(app, id), 'FORMER_MEMBER')
  await app.write((work) => setMembershipUntil(work, id, day('2027-04-30')))
  assert.equal(await fetchStatus(app, id), 'MEMBER')
})

test('list, search and read agree on the status also when no job has run since', async () => {
  await using app = await openTestApp({ now: '2026-03-31T12:00:00+02:00' })
  const id = await memberUntilMarch(app)
  const known = (await listEvents(app)).length
  for (const [at, status] of [
    [beforeMidnight, 'MEMBER'],
    [midnight, 'FORMER_MEMBER'],
    ['2026-05-01T00:00:00Z', 'FORMER_MEMBER'],
  ] as const) {
    await app.app.clocks.begin(app.berlin.tenantId, Temporal.Instant.from(at))
    assert.equal(await fetchStatus(app, id), status, at)
  }
  assert.equal((await listEvents(app)).length, known, 'nothing has run')
})
