import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { eq, sql } from 'drizzle-orm'
import type { TestApp } from '../../test/support/app.ts'
import { type TestDatabase, testDatabase } from '../../test/support/database.ts'
import { openWay, through } from '../../test/support/servers/database-way.ts'
import {
  addEndpoint,
  emitEvents,
  enableWebhooks,
  openReceiver,
  openWebhookApp,
  type Receiver,
} from '../../test/support/servers/receiver.ts'
import { OutgoingHttp } from '../platform/outgoing/outgoing-http.ts'
import { targetPolicy } from '../platform/outgoing/outgoing-targets.ts'
import { outboxEvents } from '../platform/tables.ts'
import { Dispatcher } from './dispatcher.ts'
import { relayEvents } from './relay.ts'
import { webhookAttempts, webhookEndpoints } from './tables.ts'

let database: TestDatabase
let way: Awaited<ReturnType<typeof openWay>>
let app: TestApp
let receiver: Receiver
let endpointId: number
/** How far the machine's clock is ahead for the worker. */
let ahead = 0

before(async () => {
  database = await testDatabase()
  way = await openWay(database.url)
  app = await openWebhookApp({ database: through(way) })
  receiver = await openReceiver()
  await enableWebhooks(app)
  endpointId = await addEndpoint(app, receiver.url)
})
after(async () => {
  await receiver.close()
  await app.close()
  way[Symbol.dispose]()
  await database.drop()
})

const real = {
  now: () => app.platform.real.now().add({ milliseconds: ahead }),
  monotonicMs: () => app.platform.real.monotonicMs() + ahead,
}

/** A worker that only delivers, so that the next commit is the one of a claim. */
async function withDispatcher(work: (serve: () => Promise<void>) => Promise<void>) {
  const { platform, berlin } = app
  const http = new OutgoingHttp(targetPolicy(platform.config))
  const dispatcher = new Dispatcher({ ...platform, real }, http, () => {})
  try {
    await work(async () => {
      await dispatcher.start(berlin.tenantId)
      for (let idle; (idle = dispatcher.nextIdle(berlin.tenantId)); ) await idle.then(() => sleep(1))
    })
  } finally {
    await dispatcher.stop()
    await http.close()
  }
}

/** The uuids of new events about one thing, in their order, with their deliveries planned. */
async function planEvents(entityId: number, count: number): Promise<readonly string[]> {
  await emitEvents(
    app,
    Array.from({ length: count }, () => entityId),
  )
  await relayEvents(app.platform.database, app.platform.clock, app.berlin.tenantId)
  const events = await app.read(({ db }) =>
    db.select().from(outboxEvents).where(eq(outboxEvents.entityId, entityId)).orderBy(outboxEvents.id),
  )
  return events.map(({ uuid }) => uuid)
}

/** The next commit is made, and answered to nobody. */
async function losingCommit(work: () => Promise<void>) {
  const lost = way.state.lostCommits
  way.state.losesNextCommit = true
  await work()
  assert.equal(way.state.lostCommits, lost + 1, 'a commit was lost')
}

const received = (entityId: number) =>
  receiver.calls.filter(({ body }) => body.entityId === entityId).map(({ body }) => body.uuid)

const passTime = (seconds: number) => void (ahead += seconds * 1000)

test('newer events of a thing wait for those whose claim was committed without an answer', () =>
  withDispatcher(async (serve) => {
    await planEvents(601, 2)
    await losingCommit(serve)
    const wanted = await planEvents(601, 4)
    await serve()
    assert.deepEqual(received(601), [], 'the older ones are still claimed')
    passTime(31)
    await serve()
    assert.deepEqual(received(601), wanted)
  }))

test('control: an endpoint that is let go while deliveries are claimed sends the newer ones first', () =>
  withDispatcher(async (serve) => {
    await planEvents(602, 2)
    await losingCommit(serve)
    const wanted = await planEvents(602, 4)
    await app.write(({ tx }) =>
      tx.update(webhookEndpoints).set({ servedBy: null, servedUntil: null }).where(eq(webhookEndpoints.id, endpointId)),
    )
    await serve()
    assert.deepEqual(received(602), wanted.slice(2))
  }))

test('an attempt whose result was committed without an answer is written down once', async () => {
  await planEvents(603, 1)
  const lost = way.state.lostCommits
  receiver.answer = () => {
    way.state.losesNextCommit = true
    return 204
  }
  await withDispatcher((serve) => serve())
  receiver.answer = () => 204
  assert.equal(way.state.lostCommits, lost + 1, 'a commit was lost')
  assert.equal(received(603).length, 1)
  const ofThing = sql`delivery_id in (select id from webhook_deliveries where entity_id = 603 and state = 'DELIVERED')`
  assert.equal(await app.read(({ db }) => db.$count(webhookAttempts, ofThing)), 1)
})
