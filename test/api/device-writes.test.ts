import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fillLedger } from '../../src/accounts/index.ts'
import { openTestApp, type TestApp } from '../support/app.ts'
import { deviceScene } from '../support/scenes/device-scene.ts'
import { listAudit, listEvents } from '../support/records.ts'
import { openAccount, tableLedger } from '../support/scenes/table-ledger.ts'
import { visitScene } from '../support/scenes/visit-scene.ts'

const transactionId = '60000000-0000-4000-8000-000000000001'
const purchase = { transactionId, productId: '1', price: 1.29 }

/** What calls of devices leave behind, in their order: audit lines and events. */
const traces: readonly (readonly [device: Model, path: string, more: object, actions: string[], events: string[]])[] = [
  ['reader', 'cardreader/identification', { shouldExecuteAction: false }, [], []],
  ['reader', 'cardreader/identification', {}, ['visit.begun'], ['CUSTOMER_CHECKIN']],
  ['reader', 'cardreader/identification', {}, ['visit.ended'], ['CUSTOMER_CHECKOUT']],
  ['bar', 'vending/identification', { transactionId }, ['purchase.begun'], []],
  ['bar', 'vending/sale', { ...purchase, shouldExecuteAction: false }, [], []],
  ['bar', 'vending/sale', purchase, ['purchase.completed'], []],
  ['bar', 'vending/revalue', { transactionId, amount: 5.25 }, ['credit.toppedUp'], []],
  ['sun', 'time/identification', {}, [], []],
  ['sun', 'time/usage', { durationInSeconds: 300, shouldExecuteAction: false }, [], []],
  ['sun', 'time/usage', { durationInSeconds: 300 }, ['deviceUsage.begun'], []],
]
type Model = 'reader' | 'bar' | 'sun'

async function collectRecords(app: TestApp, work: () => Promise<void>) {
  const [lines, events] = [(await listAudit(app)).length, (await listEvents(app)).length]
  await work()
  return { lines: (await listAudit(app)).slice(lines), events: (await listEvents(app)).slice(events) }
}

test('what a device does is on record under its own name, and a question leaves nothing', async () => {
  await using app = await openTestApp()
  fillLedger(tableLedger)
  const scene = { ...deviceScene(app), ...visitScene(app) }
  const devices = {
    reader: await scene.reader({ purpose: 'TOGGLE', debounceSeconds: 0 }),
    bar: await scene.machine(),
    sun: await scene.solarium(),
  }
  const customerId = await scene.member()
  await openAccount(app, customerId, '20.00')
  const identification = await scene.card(customerId)
  for (const [n, [name, path, more, actions, sent]] of traces.entries()) {
    const traceId = `${n + 1}`.padStart(32, 'a')
    const { lines, events } = await collectRecords(app, async () => {
      const headers = { traceparent: `00-${traceId}-00f067aa0ba902b7-01` }
      const { status, text } = await devices[name].post(path, { identification, ...more }, headers)
      assert.ok(status === 200 || status === 204, `${path}: ${text}`)
    })
    assert.deepEqual(
      lines.map(({ action, actorKind, actorId, traceId: trace }) => [action, actorKind, actorId, trace]),
      actions.map((action) => [action, 'DEVICE', devices[name].id, traceId]),
      path,
    )
    assert.deepEqual(
      events.map(({ type, traceId: trace }) => [type, trace]),
      sent.map((type) => [type, traceId]),
      path,
    )
  }
})
