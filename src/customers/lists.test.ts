import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { addCustomer } from '../../test/support/scenes/customers.ts'
import { listEvents } from '../../test/support/records.ts'
import { setMembershipUntil } from './statuses.ts'
import { customers } from './customer-table.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const names = ['Müller', 'Mueller', 'Muller', 'Łukasiewicz', 'O’Brien', 'Großmann', 'Lüdenscheidt-Meyer', 'Sørensen']
let app: TestApp

before(async () => {
  app = await openTestApp()
  for (const lastName of names) await addCustomer(app, { lastName })
  const edgar = { firstName: 'Edgar', lastName: 'Bullock', secondLastName: 'Meyer', email: 'example@Email.com' }
  await addCustomer(app, { ...edgar, dateOfBirth: '1952-05-04' })
  await addCustomer(app, { lastName: 'Mülheim' }, { studio: app.hamburg })
})
after(() => app.close())

const find = async (body: object, path = '/v1/customers/search') => (await app.post(path, body)).body
const lastNames = async (lastName: string) => (await find({ lastName })).map((customer: any) => customer.lastName)

const examples: Readonly<Record<string, readonly string[]>> = {
  mül: ['Mueller', 'Muller', 'Müller'],
  muel: ['Mueller', 'Müller'],
  mul: ['Muller', 'Müller'],
  lukas: ['Łukasiewicz'],
  "O'Br": ['O’Brien'],
  obri: ['O’Brien'],
  GROSSM: ['Großmann'],
  'ludenscheidt m': ['Lüdenscheidt-Meyer'],
  'bullock me': ['Bullock'],
  meyer: [],
  Soren: ['Sørensen'],
  Soeren: ['Sørensen'],
  'm%': [],
  'm\\': [],
}
for (const [query, expected] of Object.entries(examples)) {
  test(`searching ${query} finds ${expected.join(', ') || 'nobody'}`, async () => {
    assert.deepEqual((await lastNames(query)).sort(), [...expected].sort())
  })
}

test('results come by family name as it is folded', async () => {
  assert.deepEqual((await lastNames('mül'))[0], 'Mueller')
})

test('a search across studios finds customers of sister studios too', async () => {
  const across = await find({ lastName: 'mülh' }, '/v1/cross-studio/customers/search')
  assert.deepEqual(
    across.map((customer: any) => customer.studioId),
    [124],
  )
  assert.deepEqual(await lastNames('mülh'), [])
})

test('a search needs enough to go on', async () => {
  assert.equal((await find({})).errorCode, 'errormessage.customerSearch.criteriaMissing')
  assert.equal((await find({ lastName: ' ', email: '' })).errorCode, 'errormessage.customerSearch.criteriaMissing')
  assert.equal((await find({ lastName: 'M' })).errorCode, 'errormessage.customerSearch.tooBroad')
  assert.equal((await app.post('/v1/customers/search', { lastName: 'M', dateOfBirth: '1952-05-04' })).status, 200)
  const all = { firstName: 'Edga', lastName: 'Bull', email: 'EXAMPLE@email.com', dateOfBirth: '1952-05-04' }
  assert.deepEqual(
    (await find(all)).map((customer: any) => customer.firstName),
    ['Edgar'],
  )
  assert.deepEqual(await find({ ...all, email: 'example@email.co' }), [])
})

/** Members or others in bulk: only what lists and searches read. */
async function insertMany(count: number, { from, until }: { readonly from: number; readonly until: string | null }) {
  await app.write(({ tx, now }) =>
    tx.execute(sql`insert into ${customers} (id, studio_id, customer_number, uuid, referral_code, first_name, last_name,
      source, membership_until, announced_status, static_access_number, first_fold, first_fold_tr, last_fold, last_fold_tr, created_at, updated_at)
      select n, 123, 'B-' || n, gen_random_uuid(), 'R' || n, 'Bulk', 'Zzz', 'IMPORT', ${until}::date,
      ${until === null ? 'PROSPECT' : 'MEMBER'}, lpad(n::text, 12, '0'),
      'bulk', 'bulk', 'zzz', 'zzz', ${now.toString()}, ${now.toString()} from generate_series(${from}::int, ${from + count - 1}::int) n`),
  )
}

test('members are listed by id, each once, and newcomers come at the end', async () => {
  await insertMany(121, { from: 10, until: 'infinity' })
  await insertMany(3, { from: 200, until: '2026-06-14' })
  const slice = async (offset: string, query = '') => {
    const { body } = await app.get(`/v1/customers?sliceSize=50&offset=${offset}${query}`)
    return [body.result.length, body.result[0]?.id, body.hasNext, body.offset]
  }
  assert.deepEqual(await slice('0'), [50, 10, true, '59'])
  assert.deepEqual(await slice('59', '&lastOffsetId=3'), [50, 60, true, '109'])
  assert.deepEqual(await slice('109'), [21, 110, false, '130'])
  await insertMany(1, { from: 131, until: '2026-06-15' })
  assert.deepEqual(await slice('109'), [22, 110, false, '131'])
  assert.deepEqual(await slice('131'), [0, undefined, false, '131'])
  assert.equal((await app.get('/v1/customers?lastOffsetId=109&sliceSize=50')).body.result.length, 22)
  assert.equal((await app.get('/v1/customers?sliceSize=49')).body.errorCode, 'errormessage.validation.min')
  assert.equal((await app.get('/v1/customers?offset=x')).body.errorCode, 'errormessage.validation.pattern')
  const prospects = (await app.get('/v1/customers?customerStatus=PROSPECT')).body.result
  assert.equal(prospects.length, names.length + 1)
  assert.ok(prospects.every((customer: any) => customer.status === 'PROSPECT'))
})

test('more than 500 matches are cut off, and a header says so', async () => {
  await insertMany(400, { from: 1000, until: null })
  const { body, headers } = await app.post('/v1/customers/search', { lastName: 'zz' })
  assert.deepEqual([body.length, headers['x-result-truncated']], [500, 'true'])
  const ids = body.map((customer: any) => customer.id)
  assert.deepEqual(
    ids,
    ids.toSorted((a: number, b: number) => a - b),
  )
  const fewer = await app.post('/v1/customers/search', { lastName: 'mül' })
  assert.equal(fewer.headers['x-result-truncated'], undefined)
})

test('a membership ends at local midnight, and partners receive one event', async () => {
  const id = await addCustomer(app, { lastName: 'Status' })
  const known = (await listEvents(app)).length
  const set = (until: Temporal.PlainDate | 'FOREVER' | null) => app.write((work) => setMembershipUntil(work, id, until))
  const listAdded = async () => (await listEvents(app)).slice(known).filter(({ entityId }) => entityId === id)
  const status = async () => {
    const listed = async (list: string) =>
      (await app.get(`/v1/customers?customerStatus=${list}&sliceSize=500`)).body.result.some(
        (row: any) => row.id === id,
      )
    const shown = (await app.get(`/v1/customers/${id}`)).body.status
    assert.equal((await find({ lastName: 'Status' }))[0].status, shown)
    assert.equal((await app.get(`/v1/cross-studio/customers/${id}`)).body.status, shown)
    assert.deepEqual([await listed('MEMBER'), await listed('PROSPECT')], [shown === 'MEMBER', shown === 'PROSPECT'])
    return shown
  }
  assert.equal(await status(), 'PROSPECT')
  await set(day('2026-06-16'))
  await set(day('2026-06-17'))
  assert.equal(await status(), 'MEMBER')
  assert.equal((await listAdded()).length, 1)
  await app.travelTo('2026-06-17T21:59:59Z')
  assert.equal(await status(), 'MEMBER')
  await app.travelTo('2026-06-17T22:00:00Z')
  assert.equal(await status(), 'FORMER_MEMBER')
  await app.travelTo('2026-06-19T10:00:00Z')
  assert.deepEqual(
    (await listAdded()).map(({ type, occurredAt }) => `${type} ${occurredAt}`),
    ['CUSTOMER_UPDATED 2026-06-15T07:00:00Z', 'CUSTOMER_UPDATED 2026-06-17T22:00:00Z'],
  )
  await set('FOREVER')
  assert.equal(await status(), 'MEMBER')
  await set(null)
  assert.equal(await status(), 'PROSPECT')
  assert.equal((await listAdded()).length, 4)
})
