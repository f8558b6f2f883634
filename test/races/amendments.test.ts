import assert from 'node:assert/strict'
import { test } from 'node:test'
import { count, eq } from 'drizzle-orm'
import { acceptAmendment, configureAmendments, rejectAmendment } from '../../src/self-service/index.ts'
import { customerAmendments } from '../../src/self-service/tables.ts'
import { openTestApp, outOfTurn, type TestApp } from '../support/app.ts'
import { addCustomer } from '../support/scenes/customers.ts'
import { listEvents } from '../support/records.ts'
import { runUnlocked } from '../support/unlocked.ts'

// Every race runs twice: as it is, and as a control without row locks, in which it has to be lost.

const onePending = 'customer_amendments.customer_amendments_one_pending'

async function arrange(app: TestApp) {
  const { studioId } = app.berlin
  const mode = 'CHANGES_REQUIRE_VERIFICATION'
  await app.write((work) =>
    configureAmendments(work, { studioId, kind: 'CONTACT_DATA', mode, requireSignature: false }),
  )
  const customerId = await addCustomer(app)
  const contact = `/v1/customers/${customerId}/self-service/contact-data`
  const wish = (email: string) => app.post(contact, { email })
  return { customerId, wish }
}

const countUpdates = async (app: TestApp) =>
  (await listEvents(app)).filter(({ type }) => type === 'CUSTOMER_UPDATED').length

/** Accepts and withdraws one wish at once; answers what became of both. */
async function decideTwice(app: TestApp, turn: number) {
  const { customerId, wish } = await arrange(app)
  const { id } = (await wish('b@x.de')).body
  const accept = () =>
    app
      .write((work) => acceptAmendment(work, id, { secrets: app.platform.secrets }))
      .then(() => 200)
      .catch((error: { status: number }) => error.status)
  const withdraw = () =>
    app.delete(`/v1/customers/${customerId}/self-service/amendment/${id}`).then(({ status }) => status)
  const both = turn % 2 === 0 ? [accept(), withdraw()] : [withdraw(), accept()]
  const statuses = await Promise.all(both)
  return turn % 2 === 0 ? statuses : statuses.toReversed()
}

test('of accepting and withdrawing at once, one wins and the other comes too late', async () => {
  await using app = await openTestApp(outOfTurn)
  let events = 0
  for (let turn = 0; turn < 6; turn++) {
    const [accepted, withdrawn] = await decideTwice(app, turn)
    const isAccepted = accepted === 200
    assert.deepEqual([accepted, withdrawn], isAccepted ? [200, 409] : [409, 200])
    if (isAccepted) events += 1
    assert.equal(await countUpdates(app), events)
  }
})

test('control: without locks a wish is accepted and withdrawn', async () => {
  await runUnlocked({ pauseBefore: /^update "customer_amendments"/ }, async (app) => {
    assert.deepEqual(await decideTwice(app, 0), [200, 200])
  })
})

/** Everything that can end a wish, at once; what became of each attempt, and of the wish. */
async function endAtOnce(app: TestApp, turn: number) {
  const { customerId, wish } = await arrange(app)
  const { id } = (await wish('b@x.de')).body
  const findStatus = (work: Promise<unknown>) => work.then(() => 200).catch((error: { status: number }) => error.status)
  const attempts = [
    () => findStatus(app.write((work) => acceptAmendment(work, id, { secrets: app.platform.secrets }))),
    () => findStatus(app.write((work) => rejectAmendment(work, id, 'No'))),
    () => app.delete(`/v1/customers/${customerId}/self-service/amendment/${id}`).then(({ status }) => status),
    () => wish('c@x.de').then(({ status }) => status),
  ]
  const statuses: number[] = []
  const order = attempts.map((_, n) => (n + turn) % attempts.length)
  await Promise.all(order.map(async (n) => void (statuses[n] = (await attempts[n]?.()) ?? 0)))
  const [row] = await app.read(({ db }) => db.select().from(customerAmendments).where(eq(customerAmendments.id, id)))
  return { statuses, ended: row?.status ?? 'GONE' }
}

test('of accepting, rejecting, withdrawing and replacing at once exactly one ends the wish', async () => {
  await using app = await openTestApp(outOfTurn)
  const endings = ['ACCEPTED', 'REJECTED', 'WITHDRAWN', 'SUPERSEDED']
  for (let turn = 0; turn < 8; turn++) {
    const events = await countUpdates(app)
    const { statuses, ended } = await endAtOnce(app, turn)
    const winner = endings.indexOf(ended)
    assert.ok(winner >= 0, ended)
    const expected = endings.map((_, n) => (n === winner || n === 3 ? 200 : 409))
    assert.deepEqual(statuses, expected, ended)
    assert.equal((await countUpdates(app)) - events, ended === 'ACCEPTED' ? 1 : 0)
  }
})

async function countPending(app: TestApp): Promise<number> {
  const [row] = await app.read(({ db }) =>
    db.select({ pending: count() }).from(customerAmendments).where(eq(customerAmendments.status, 'PENDING')),
  )
  return row?.pending ?? 0
}

test('of several wishes at once all are taken, and the last one waits', async () => {
  await using app = await openTestApp(outOfTurn)
  const { wish } = await arrange(app)
  const answers = await Promise.all(['b@x.de', 'c@x.de', 'd@x.de'].map(wish))
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 200],
  )
  assert.equal(new Set(answers.map(({ body }) => body.id)).size, 3)
  assert.equal(await countPending(app), 1)
})

test('control: without locks and index several wishes wait', async () => {
  await runUnlocked({ without: [onePending], pauseBefore: /^insert into "customer_amendments"/ }, async (app) => {
    const { wish } = await arrange(app)
    await Promise.all(['b@x.de', 'c@x.de', 'd@x.de'].map(wish))
    assert.equal(await countPending(app), 3)
  })
})
