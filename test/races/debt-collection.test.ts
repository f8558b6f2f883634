import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkLedger } from '../../src/accounts/index.ts'
import { checkCollection } from '../../src/debt-collection/index.ts'
import { openTestApp, outOfTurn, type TestApp } from '../support/app.ts'
import { addDebtor, collect, makeReport, openAgency, report, standing } from '../support/scenes/collection.ts'
import { runUnlocked } from '../support/unlocked.ts'

// What an agency reports of one debtor is carried out one report after the other, and a run is confirmed once.

const statuses = async (all: readonly Promise<{ status: number }>[]) =>
  (await Promise.all(all)).map(({ status }) => status).toSorted((a, b) => a - b)
const faults = (app: TestApp) =>
  app.read(async ({ db }) => [...(await checkLedger(db)), ...(await checkCollection(db))].map(({ rule }) => rule))

async function collected(app: TestApp) {
  await openAgency(app, { restrictAccess: false })
  const { customerId } = await addDebtor(app, ['20.00'])
  return collect(app, customerId)
}

/** The same report twice at once; then two reports of which either may be the last one. */
async function reportAtOnce(app: TestApp) {
  const one = await collected(app)
  const body = makeReport(one, { paid: [5], agencyId: 'file' })
  await report(app, one, { paid: [0], agencyId: 'file' })
  const same = await statuses([1, 2].map(() => app.post('/v1/debt-collection/update', body)))
  const other = await statuses([7, 9].map((paid) => report(app, one, { paid: [paid], agencyId: 'file' })))
  return { same, other, balance: (await standing(app, one.customerId)).balance }
}

test('a report that is sent twice at once is booked once, and of two reports one is the last', async () => {
  await using app = await openTestApp(outOfTurn)
  const { same, other, balance } = await reportAtOnce(app)
  assert.deepEqual(
    [same, other],
    [
      [200, 200],
      [200, 200],
    ],
  )
  assert.ok([-13, -11].includes(balance), `${balance}`)
  assert.deepEqual(await faults(app), [])
})

test('control: without locks what was paid is booked twice', async () => {
  const without = ['agency_requests.agency_requests_pk']
  await runUnlocked({ without, pauseBefore: /^update "collection_debts"/ }, async (app) => {
    await reportAtOnce(app)
    assert.notDeepEqual(await faults(app), [])
  })
})

/** Debts that the agency buys: a second confirmation would sell them twice. */
async function confirmAtOnce(app: TestApp) {
  await openAgency(app, { type: 'PURCHASE', restrictAccess: false })
  const { customerId } = await addDebtor(app, ['20.00'])
  const { runId } = await collect(app, customerId, { confirms: false })
  const confirm = () => app.post(`/v1/debt-collection/${runId}/confirmTransfer`)
  return statuses([confirm(), confirm()])
}

test('a run that is confirmed twice at once is sold once', async () => {
  await using app = await openTestApp(outOfTurn)
  assert.deepEqual(await confirmAtOnce(app), [200, 200])
  assert.deepEqual(await faults(app), [])
})

test('control: without locks the second confirmation takes the debts once more, and its figures do not agree with the books', async () => {
  await runUnlocked({ pauseBefore: /^update "debt_collection_runs"/ }, async (app) => {
    await confirmAtOnce(app)
    assert.notDeepEqual(await faults(app), [])
  })
})
