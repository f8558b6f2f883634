import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { eq } from 'drizzle-orm'
import { eraseCustomer, listErasureBlockers } from '../../src/privacy/index.ts'
import { queueMail } from '../../src/platform/mail/outgoing-mails.ts'
import { fileRetention } from '../../src/platform/files/file-jobs.ts'
import { outgoingMails } from '../../src/platform/tables.ts'
import type { View } from '../../src/platform/units/work.ts'
import { ApiError } from '../../src/platform/errors/errors.ts'
import { openTestApp, type TestApp } from '../support/app.ts'
import { runRoutine } from '../support/routines.ts'
import { boundOperations, makeContent, type Named, makeParts, makePath, withBookings } from '../support/calls/calls.ts'
import { insertFullStudio } from '../support/full/full-studio.ts'
import { listAudit, listEvents } from '../support/records.ts'
import { asSuperuser } from '../support/row-hashes.ts'

/** In every name and text of the person; it occurs nowhere by chance. */
const WORD = 'zqmarker'

let app: TestApp
let named: Named

before(async () => {
  app = await openTestApp({ environment: { PALESTRA_RATELIMIT_DEFAULT: '1000000' } })
  const contents = await insertFullStudio(app.platform, app.berlin, { firstId: 3_000_000 })
  named = await withBookings(app, contents, app.berlin)
  await mark()
})
after(() => app.close())

/** Writes about the studio, or about a debtor who still owes, whose answers stay. */
const ABOUT_NOBODY = new Set([
  ...['confirmActivation', 'updateStudioTags', 'activateDevice'],
  ...['createClassCalendarFeed', 'createInstructorCalendarFeed'],
  ...['holdAppointment', 'holdClassSlot', 'confirmTransfer', 'updateDebtCollection', 'createExport'],
])

/**
 * Puts the marker into every text of the person that no rule binds, and then makes every call about this person, each
 * under a key that says the marker: a stored answer is found whatever it holds.
 */
async function mark() {
  await asSuperuser(app.url, async (client) => {
    await client.query(
      `update customers set first_name = $2, last_name = $2, email = $2 || '@mail.example', street = $2, city = $2,
         phone_private = '+49 30 5550117', second_first_name = $2, additional_address_information = $2, first_fold = $2,
         first_fold_tr = $2, last_fold = $2, last_fold_tr = $2, email_fold = $2 || '@mail.example', booking_block_reason = null
       where id = $1`,
      [named.customerId, WORD],
    )
    await client.query(`update contracts set notes = $2, third_party_id = $2 where customer_id = $1`, [
      named.customerId,
      WORD,
    ])
  })
  for (const operation of boundOperations(app)) {
    if (operation.method === 'DELETE') continue
    const parts = makeParts(operation, { ...named, newcomer: WORD })
    const content = makeContent(parts)
    const key = ABOUT_NOBODY.has(operation.operationId) ? 'for-the-studio' : `for-${WORD}`
    const headers = { ...content.headers, 'idempotency-key': key }
    await app.sendRaw(operation.method, makePath(operation, parts), { ...content, headers })
  }
}

/** Some of those whose answers repeat what was said about the person. */
const WITH_PERSONAL_ANSWERS = [
  'addAccessMedium',
  'createCustomerAddressDataAmendment',
  'createCommunicationInNewCommunicationThread',
]

/** Operations with stored answers that say the marker themselves. */
async function markedAnswers(): Promise<string[]> {
  const { rows } = await asSuperuser(app.url, (client) =>
    client.query<{ operation: string }>(
      `select operation from idempotency_records where convert_from(body, 'UTF8') ilike '%' || $1 || '%' order by 1`,
      [WORD],
    ),
  )
  return rows.map(({ operation }) => operation)
}

/** Tables with rows in which the marker stands, as text or as bytes. */
async function tablesWithMarker(): Promise<string[]> {
  return asSuperuser(app.url, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select c.relname as name from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1`,
    )
    const found: string[] = []
    const hex = Buffer.from(WORD).toString('hex')
    for (const { name } of rows) {
      const { rowCount } = await client.query(
        `select from "${name}" t where to_jsonb(t)::text ilike '%' || $1 || '%' or to_jsonb(t)::text like '%' || $2 || '%' limit 1`,
        [WORD, hex],
      )
      if (rowCount) found.push(name)
    }
    return found
  })
}

/** Everybody about whom any table says the marker. */
async function markedPeople(): Promise<number[]> {
  return asSuperuser(app.url, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      `select table_name as name from information_schema.columns
       where table_schema = 'public' and column_name = 'customer_id' and table_name <> 'outbox_events'`,
    )
    const people = new Set<number>([named.customerId])
    for (const [name, id] of [['customers', 'id'], ...tables.map(({ name }) => [name, 'customer_id'])]) {
      const { rows } = await client.query<{ id: string }>(
        `select distinct ${id} as id from "${name}" t where to_jsonb(t)::text ilike '%' || $1 || '%' and ${id} is not null`,
        [WORD],
      )
      for (const row of rows) people.add(Number(row.id))
    }
    return [...people].sort((one, other) => one - other)
  })
}

test('a person with a running contract is not erased, and the answer says what stands against it', async () => {
  const blockers = await app.read((view) => listErasureBlockers(view, named.customerId))
  assert.ok(blockers.some(({ kind }) => kind === 'CONTRACT'))
  await assert.rejects(
    app.write((work) => eraseCustomer(work, named.customerId)),
    (error) =>
      error instanceof ApiError && error.code === 'errormessage.customer.erasureBlocked' && error.status === 409,
  )
  assert.equal((await app.get(`/v1/customers/${named.customerId}`)).status, 200)
})

test('after erasure no table holds what identifies the person; what must stay stays under the number', async () => {
  const marked = await tablesWithMarker()
  assert.ok(marked.length > 3, 'the marker is in many tables before')
  const answers = await markedAnswers()
  for (const operation of WITH_PERSONAL_ANSWERS) {
    assert.ok(answers.includes(operation), `${operation} has a stored answer that says the marker`)
  }
  await asSuperuser(app.url, async (client) => {
    await client.query(`update contracts set committed_end = '2026-05-31', end_is_final = true where tenant_id = $1`, [
      app.berlin.tenantId,
    ])
    await client.query(
      `update customers set membership_until = '2026-05-31' where membership_until is not null and tenant_id = $1`,
      [app.berlin.tenantId],
    )
    await client.query(`update contract_cancelations set to_date = '2026-05-31'`)
    // Debtors are not erased.
    await client.query(`update customer_accounts set balance = 0, open_cases = 0`)
    await client.query(
      `update check_ins set checked_out_at = checked_in_at, out_source = 'STAFF' where checked_out_at is null`,
    )
  })
  const mail = { to: `${WORD}@mail.example`, fromName: 'Berlin', subject: WORD, text: WORD }
  const countMails = ({ db }: View) => db.$count(outgoingMails, eq(outgoingMails.customerId, named.customerId))
  await app.write((work) =>
    queueMail(work, mail, { purpose: 'communication.message', customerId: named.customerId }, app.platform.secrets),
  )
  for (const id of await markedPeople()) await app.write((work) => eraseCustomer(work, id))
  // Files count as gone at once; their bytes, an export of the person among them, go with the next purge.
  await runRoutine(app.platform, fileRetention)
  assert.deepEqual(await tablesWithMarker(), [])
  assert.equal(await app.read(countMails), 0, 'mails are sealed and go as well')
  assert.equal((await app.get(`/v1/customers/${named.customerId}`)).status, 404)
  const found = await app.post('/v1/customers/search', { lastName: WORD })
  assert.deepEqual(found.body, [])
  const { rows } = await asSuperuser(app.url, (client) =>
    client.query(`select last_name, first_name, erased_at is not null as erased from customers where id = $1`, [
      named.customerId,
    ]),
  )
  assert.deepEqual(rows, [{ last_name: `#${named.customerId}`, first_name: '', erased: true }])
})

test('erasing cancels future bookings, gives the seats back and is the last that partners receive of the person', async () => {
  const { rows } = await asSuperuser(app.url, (client) =>
    client.query(
      `select status, cancel_reason, count(*)::int as n from bookings where customer_id = $1 group by 1, 2 order by 1, 2`,
      [named.customerId],
    ),
  )
  assert.ok(rows.every(({ status }) => status === 'CANCELED'))
  assert.ok(rows.some(({ cancel_reason: reason }) => reason === 'CUSTOMER_REMOVED'))
  const about = (await listEvents(app)).filter(({ customerId }) => customerId === named.customerId)
  assert.equal(about.at(-1)?.type, 'CUSTOMER_DELETED')
  assert.equal(about.filter(({ type }) => type === 'CUSTOMER_DELETED').length, 1)
  const lines = (await listAudit(app)).filter(({ action }) => action === 'customer.erased')
  assert.ok(lines.some(({ entityId }) => entityId === named.customerId))
})

test('a prospect to whom nothing that stays refers is deleted altogether', async () => {
  const body = {
    ...(makeParts(boundOperations(app).find((each) => each.operationId === 'createCustomer')!, {
      ...named,
      newcomer: 'Qx123xfresh',
    }).body as object),
  }
  const { customerId } = (await app.post('/v1/customers/create', body)).body
  const erasure = await app.write((work) => eraseCustomer(work, customerId))
  assert.deepEqual(erasure, { customerId, outcome: 'DELETED' })
  const { rowCount } = await asSuperuser(app.url, (client) =>
    client.query('select from customers where id = $1', [customerId]),
  )
  assert.equal(rowCount, 0)
})

test('a wish to be forgotten waits once for the staff, and is met by erasing', async () => {
  const body = {
    ...(makeParts(boundOperations(app).find((each) => each.operationId === 'createCustomer')!, {
      ...named,
      newcomer: 'Qx123xwish',
    }).body as object),
  }
  const { customerId } = (await app.post('/v1/customers/create', body)).body
  const path = `/ext/v1/customers/${customerId}/erasure-request`
  const [first, again] = [await app.post(path), await app.post(path)]
  assert.deepEqual([first.status, first.body.state], [200, 'OPEN'])
  assert.equal(again.body.id, first.body.id)
  assert.equal((await app.post(path, undefined, { as: app.hamburg })).status, 404)
})
