import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { addCustomer } from '../../test/support/scenes/customers.ts'
import { listAudit, listEvents } from '../../test/support/records.ts'
import { recordReply } from './threads.ts'

let app: TestApp
let customerId: number
before(async () => {
  app = await openTestApp()
  customerId = await addCustomer(app)
})
after(() => app.close())

const said = {
  communicationThreadStatus: 'CREATED',
  subject: 'Complaint',
  content: 'Two invoices.\nOne purchase.',
  communicationDirection: 'INCOMING',
  communicationChannel: 'LETTER',
} as const
type Change = Partial<
  Record<keyof typeof said | 'ticketNumber' | 'ticketLink' | 'agent' | 'communicationDateTime', string>
>
const begin = (change: Change = {}, id = customerId) =>
  app.post(`/v1/communications/${id}/threads`, { ...said, ...change })
const goOn = (threadId: number, change: Change = {}) =>
  app.put(`/v1/communications/${customerId}/threads/${threadId}`, { ...said, ...change })
const read = (threadId: number) => app.get(`/ext/v1/communications/${customerId}/threads/${threadId}`)

test('a conversation is written down and goes on; ticket data stay until something else is said', async () => {
  const ticket = { ticketNumber: 'A1', ticketLink: 'https://tickets.example.org/A1', agent: 'Peter' }
  const first = await begin({ ...ticket, communicationDateTime: '2026-06-14T10:00:00+02:00' })
  const { threadId, communicationId } = first.body
  assert.deepEqual(first.body, { customerId, threadId, communicationId, ...said, ...ticket })
  const next = { communicationThreadStatus: 'ONGOING', subject: 'Answer', communicationDirection: 'OUTGOING' } as const
  const second = await goOn(threadId, next)
  assert.deepEqual([second.status, second.body.ticketNumber, second.body.agent], [200, 'A1', undefined])
  assert.notEqual(
    (await goOn(threadId, { ...next, ticketNumber: 'A2' })).body.communicationId,
    second.body.communicationId,
  )
  const { body } = await read(threadId)
  assert.deepEqual(
    [body.communicationThreadStatus, body.subject, body.ticketNumber, body.agent],
    ['ONGOING', 'Answer', 'A2', 'Peter'],
  )
  assert.deepEqual(
    body.communications.map((each: any) => [each.subject, each.communicationDateTime.slice(0, 16)]),
    [
      ['Complaint', '2026-06-14T10:00'],
      ['Answer', '2026-06-15T09:00'],
      ['Answer', '2026-06-15T09:00'],
    ],
  )
})

test('lines that end as on Windows stay as they were sent', async () => {
  const content = 'Two invoices.\r\n\r\nOne purchase.\r\n'
  const { status, body } = await begin({ content })
  assert.equal(status, 200)
  assert.equal((await read(body.threadId)).body.communications[0].content, content)
  assert.equal((await begin({ content: 'Two\rinvoices.' })).body.errorCode, 'errormessage.validation.pattern')
})

test('a conversation never becomes new again, but may be opened once more', async () => {
  const steps = {
    CREATED: ['CREATED', 'ONGOING', 'CLOSED'],
    ONGOING: ['ONGOING', 'CLOSED'],
    CLOSED: ['ONGOING', 'CLOSED'],
  }
  for (const [from, allowed] of Object.entries(steps)) {
    for (const to of ['CREATED', 'ONGOING', 'CLOSED']) {
      const { threadId } = (await begin({ communicationThreadStatus: from })).body
      const { status, body } = await goOn(threadId, { communicationThreadStatus: to })
      const isAllowed = allowed.includes(to)
      assert.equal(status, isAllowed ? 200 : 400, `${from} to ${to}`)
      if (!isAllowed) assert.equal(body.errorCode, 'errormessage.communication.statusTransition')
      assert.equal((await read(threadId)).body.communications.length, isAllowed ? 2 : 1)
    }
  }
})

test('what cannot be is refused: five minutes ahead is a clock, more is the future', async () => {
  const at = async (communicationDateTime: string) => (await begin({ communicationDateTime })).body.errorCode
  assert.equal(await at('2026-06-15T09:05:00+02:00'), undefined)
  assert.equal(await at('2026-06-15T09:05:01+02:00'), 'errormessage.validation.mustNotBeFuture')
  const refused = async (change: Change) => {
    const { status, body } = await begin(change)
    return [status, body.reference]
  }
  assert.deepEqual(await refused({ ticketLink: 'javascript:alert(1)' }), [400, 'ticketLink'])
  assert.deepEqual(await refused({ content: '' }), [400, 'content'])
  assert.deepEqual(await refused({ content: 'x'.repeat(100_001) }), [400, 'content'])
  assert.deepEqual(await refused({ subject: 'x'.repeat(256) }), [400, 'subject'])
  assert.deepEqual(await refused({ agent: 'x'.repeat(101) }), [400, 'agent'])
  assert.equal((await begin({ content: 'x'.repeat(100_000) })).status, 200)
})

test('conversations of others do not exist, no matter who the thread belongs to', async () => {
  const other = await addCustomer(app)
  const { threadId } = (await begin({}, other)).body
  const wrong = await goOn(threadId)
  assert.deepEqual([wrong.status, wrong.body.errorCode], [404, 'errormessage.thread.notFound'])
  const foreign = await addCustomer(app, {}, { studio: app.hamburg })
  const hidden = await begin({}, foreign)
  assert.deepEqual([hidden.status, hidden.body.errorCode], [404, 'errormessage.customer.notFound'])
  assert.equal((await app.get(`/ext/v1/communications/${foreign}/threads`)).status, 404)
})

test('staff store a reply in the conversation of a partner; no event is sent, the audit log has it', async () => {
  const events = (await listEvents(app)).length
  const id = await addCustomer(app)
  const { threadId } = (await begin({}, id)).body
  const note = { ...said, communicationThreadStatus: 'CLOSED', communicationDirection: 'OUTGOING' } as const
  const { communicationId } = await app.write((work) => recordReply(work, threadId, note))
  const { body } = await app.get(`/ext/v1/communications/${id}/threads?sliceSize=10`)
  assert.deepEqual(
    body.result.map((each: any) => [each.threadId, each.communicationThreadStatus]),
    [[threadId, 'CLOSED']],
  )
  assert.equal((await listEvents(app)).length, events + 1, 'only the new customer')
  const line = (await listAudit(app)).find(({ entityId }) => entityId === communicationId)
  assert.deepEqual([line?.action, line?.actorKind], ['communication.recorded', 'CLI'])
  assert.doesNotMatch(JSON.stringify(line), /invoices/)
})
