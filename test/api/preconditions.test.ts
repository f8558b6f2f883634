import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openTestApp, type TestApp } from '../support/app.ts'
import { addCustomer } from '../support/scenes/customers.ts'
import { boundOperations, makeContent, type Named, makeParts, makePath, withBookings } from '../support/calls/calls.ts'
import { insertFullStudio } from '../support/full/full-studio.ts'
import { makeForm, tinyPdf } from '../support/multipart.ts'
import { asSuperuser, rowHashes } from '../support/row-hashes.ts'
import { readEtag, offersIfMatch, type ShownWrite, listShownWrites } from '../support/shown-writes.ts'
import { openSecondApp } from '../support/second-app.ts'
import { watchStatements } from '../support/statements.ts'

const sent: string[] = []
watchStatements().onResult = ({ text }) => void sent.push(text)

async function openFull(): Promise<{ app: TestApp; named: Named }> {
  const app = await openTestApp()
  const contents = await insertFullStudio(app.platform, app.berlin, { firstId: 3_000_000 })
  return { app, named: await withBookings(app, contents, app.berlin) }
}

let app: TestApp
let named: Named
before(async () => {
  ;({ app, named } = await openFull())
})
after(() => app.close())

const refusal = ({ status, body }: { status: number; body: any }) => [status, body?.errorCode]
const changed = [412, 'errormessage.precondition.failed']
const preferences = (customerId: number) => `/v1/communications/${customerId}/communication-preferences`
const wish = (communicationChannel: string, active = true) => [
  { messageCategory: 'NEWSLETTER', channels: [{ communicationChannel, active }] },
]
const ifMatch = (tag: string, rest: Record<string, string> = {}) => ({ headers: { 'if-match': tag, ...rest } })

/** Nothing of a tenant but who read whom may change. */
async function leavesNothing(work: () => Promise<void>) {
  const before = await rowHashes(app.url)
  await work()
  assert.deepEqual(await rowHashes(app.url), before)
}

/** What is done once is refused by the rules of the operation when it is wished for again. */
const once: Readonly<Record<string, readonly [status: number, code: string]>> = {
  createIdlePeriodAmendment: [400, 'errormessage.idlePeriod.overlapping'],
  withdrawIdlePeriod: [404, 'errormessage.idlePeriod.notFound'],
}

async function holds({ operation, readShown, write }: ShownWrite) {
  const { operationId } = operation
  assert.ok(offersIfMatch(operationId), `${operationId} offers it`)
  const seen = readEtag(await readShown(app))
  assert.match(seen, /^W\/"[^"]+"$/, operationId)
  await leavesNothing(async () => {
    for (const tag of ['W/"other"', '"x", "y"']) {
      assert.deepEqual(refusal(await write(app, { 'if-match': tag, 'idempotency-key': 'kept' })), changed, operationId)
    }
  })
  const keyed = { 'if-match': `"other", ${seen}`, 'idempotency-key': 'kept' }
  const done = await write(app, keyed)
  assert.equal(done.status, 200, `${operationId}: ${done.text}`)
  assert.notEqual(readEtag(await readShown(app)), seen, `${operationId} changes what its path shows`)
  const repeated = await write(app, keyed)
  assert.deepEqual([repeated.status, repeated.text, repeated.headers['idempotency-replayed']], [200, done.text, 'true'])
  const again = once[operationId]
  const late = again?.[0] === 404 ? again : changed
  await leavesNothing(async () => assert.deepEqual(refusal(await write(app, { 'if-match': seen })), late))
  const anyway = refusal(await write(app, { 'if-match': '*' }))
  assert.deepEqual(anyway, again ?? [200, undefined], `${operationId}: whatever there is`)
}

test('every write whose path can be read is done for those who have seen what is there, and for nobody else', async () => {
  const isLast = ({ operation }: ShownWrite) => Number(operation.method === 'DELETE')
  const writes = listShownWrites(app, named).toSorted((a, b) => isLast(a) - isLast(b))
  assert.ok(writes.length >= 7)
  for (const write of writes) await holds(write)
})

test('what is not there for the caller is answered with 404 before the server compares', async () => {
  const unknown = {
    ...named,
    customerId: 999,
    contractId: 999,
    idlePeriodId: 999,
    prospectId: 999,
    classBookingId: 999,
    appointmentBookingId: 999,
    holdId: 999,
  }
  for (const { operation, write } of listShownWrites(app, unknown)) {
    for (const tag of ['*', '"x"'])
      assert.equal((await write(app, { 'if-match': tag })).status, 404, operation.operationId)
  }
})

test('where nothing can be read, no tag is right, and nothing is done', async () => {
  const shown = new Set(listShownWrites(app, named).map(({ operation }) => operation.operationId))
  const writes = boundOperations(app).filter(({ method, operationId }) => method !== 'GET' && !shown.has(operationId))
  await leavesNothing(async () => {
    for (const operation of writes) {
      assert.ok(!offersIfMatch(operation.operationId), operation.operationId)
      const parts = makeParts(operation, named)
      const { headers, payload } = makeContent(parts)
      for (const tag of ['*', '"x"']) {
        const answer = await app.sendRaw(operation.method, makePath(operation, parts), {
          headers: { ...headers, 'if-match': tag },
          payload,
        })
        const asks = /validate|search|preview/i.test(operation.operationId)
        // Some of what is asked about was taken back above.
        if (asks) assert.ok([200, 404].includes(answer.status), `${operation.operationId}: ${answer.text}`)
        else assert.deepEqual(refusal(answer), [412, 'errormessage.precondition.unreadable'], operation.operationId)
      }
    }
  })
  const clock = await app.put('/admin/v1/clock', { mode: 'FROZEN' }, ifMatch('*'))
  assert.deepEqual(refusal(clock), [412, 'errormessage.precondition.unreadable'], 'a clock moves by itself')
})

test('a malformed header is refused, after the body and before the idempotency key is read', async () => {
  const path = preferences(await addCustomer(app))
  for (const tag of ['', 'x', '"x', 'x"', 'w/"x"', '*, "x"', '"a" "b"', '"a";"b"', '"a b"', ',', '""x']) {
    const answer = await app.put(path, wish('EMAIL'), ifMatch(tag))
    assert.deepEqual(refusal(answer), [400, 'errormessage.precondition.invalid'], tag)
  }
  for (const tag of ['""', ',"x",, W/"y,z" ,', '"ü"', '\t"x"']) {
    assert.deepEqual(refusal(await app.put(path, wish('EMAIL'), ifMatch(tag))), changed, tag)
  }
  const worse = await app.put(path, { no: 'list' }, ifMatch('x'))
  assert.deepEqual(refusal(worse), [400, 'errormessage.validation.type'])
})

test('a strong tag counts like the weak one: it is a hash of the text', async () => {
  const path = preferences(await addCustomer(app))
  const tag = readEtag(await app.get(path))
  assert.equal((await app.put(path, wish('EMAIL'), ifMatch(tag.replace('W/', '')))).status, 200)
})

test('a tag belongs to the form in which its answer was asked for', async () => {
  const bookingId = await bookAppointment('2026-06-19T08:00:00Z')
  const path = `/v1/appointments/booking/${bookingId}`
  const rfc = { prefer: 'datetime=rfc3339' }
  const tag = readEtag(await app.get(path, { headers: rfc }))
  assert.notEqual(tag, readEtag(await app.get(path)))
  assert.deepEqual(refusal(await app.delete(path, ifMatch(tag))), changed)
  const done = await app.delete(path, ifMatch(tag, rfc))
  assert.deepEqual([done.status, done.headers['preference-applied']], [200, 'datetime=rfc3339'])
})

async function bookAppointment(appointmentStart: string): Promise<number> {
  const operation = boundOperations(app).find(({ operationId }) => operationId === 'bookAppointmentBooking')
  assert.ok(operation)
  const { status, body } = await app.post(operation.path, makeParts(operation, { ...named, appointmentStart }).body)
  assert.equal(status, 200)
  return body.bookingId
}

test('links to files are signed anew in every answer, which is no change of the content', async () => {
  const customerId = await addCustomer(app)
  const path = `/v1/customers/${customerId}/documents`
  const upload = (headers: Record<string, string> = {}) => {
    const { headers: ofForm, payload } = makeForm([{ name: 'file', fileName: 'a.pdf', content: tinyPdf }])
    return app.sendRaw('POST', path, { headers: { ...ofForm, ...headers }, payload })
  }
  assert.equal((await upload()).status, 200)
  const first = await app.get(path)
  await app.travelTo('2026-06-15T09:01:00+02:00')
  const second = await app.get(path, { headers: { 'if-none-match': readEtag(first) } })
  assert.equal(second.status, 200, 'the links that the client has do not live as long')
  assert.notEqual(readEtag(second), readEtag(first))
  assert.equal((await upload({ 'if-match': readEtag(first) })).status, 200)
  assert.deepEqual(refusal(await upload({ 'if-match': readEtag(second) })), changed)
})

test('comparing is no read of a customer, and asks for the scope of the read', async () => {
  await using narrow = await openTestApp()
  const { studioId } = narrow.berlin
  const customerId = await addCustomer(narrow)
  const looks = () =>
    asSuperuser(narrow.url, async (client) => (await client.query('select from customer_access_log')).rowCount)
  const path = `/v1/customers/${customerId}/self-service/contact-data`
  const refused = await narrow.post(path, { email: 'b@x.de' }, ifMatch('"x"'))
  assert.deepEqual(refusal(refused), changed)
  assert.equal((await narrow.get(path)).status, 200)
  // What was logged before this read is written no later.
  while ((await looks()) === 0) await sleep(50)
  assert.equal(await looks(), 1)
  await asSuperuser(narrow.url, (client) =>
    client.query(`update activations set scopes = '{CUSTOMER_SELF_SERVICE_WRITE}' where studio_id = $1`, [studioId]),
  )
  // Another process, which does not know the key yet.
  await using other = await openSecondApp(narrow)
  const blind = await other.post(path, 'no object', ifMatch('x'))
  assert.deepEqual(refusal(blind), [403, 'errormessage.auth.scopeMissing'])
  assert.deepEqual(blind.body.typedArgs[0].value, ['CUSTOMER_SELF_SERVICE_READ'])
  assert.equal((await other.post(path, 'no object')).status, 400)
})

test('without the header a write sends exactly what it sent before', async () => {
  const path = preferences(await addCustomer(app))
  await app.put(path, wish('EMAIL'))
  const count = async (headers: Record<string, string>) => {
    sent.length = 0
    assert.equal((await app.put(path, wish('EMAIL'), { headers })).status, 200)
    return sent.filter((text) => /^select .* from "customers"/.test(text)).length
  }
  assert.equal(await count({}), 1, 'the lock')
  assert.equal(await count({ 'if-match': '*' }), 3, 'the lock before, the look, and the lock')
})
