import { test } from 'node:test'
import assert from 'node:assert/strict'
import { openTestApp, type TestApp } from '../support/app.ts'
import { insertFullStudio } from '../support/full/full-studio.ts'
import { asSuperuser } from '../support/row-hashes.ts'

interface Slice {
  readonly ids: readonly number[]
  readonly hasNext: boolean
  readonly offset: string
}

async function slice(app: TestApp, path: string, query: Record<string, string | number>): Promise<Slice> {
  const pairs = Object.entries(query).map(([name, value]) => [name, String(value)])
  const { status, body, text } = await app.get(`${path}?${new URLSearchParams(pairs)}`)
  assert.equal(status, 200, text)
  return { ids: body.result.map(({ id }: { id: number }) => id), hasNext: body.hasNext, offset: body.offset }
}

const from = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, n) => first + n)

/** Rows to be copied with other ids; what makes them unlike each other is made from the id. */
const insertCustomers = `
  insert into customers (id, tenant_id, studio_id, customer_number, uuid, referral_code, static_access_number, first_name,
    last_name, first_fold, first_fold_tr, last_fold, last_fold_tr, source, membership_until, announced_status, created_at, updated_at)
  select n, 1, 123, 'e4-' || n, md5(n::text)::uuid, 'R' || n, lpad(n::text, 12, '0'), 'A', 'B', 'a', 'a', 'b', 'b',
    'IMPORT', 'infinity', 'MEMBER', '2026-01-01Z', '2026-01-01Z' from unnest($1::bigint[]) as n`

test('an id slice follows the ids, whatever was deleted or added meanwhile', async () => {
  await using app = await openTestApp()
  const customers = (query: object) => slice(app, '/v1/customers', { sliceSize: 50, ...query })
  const run = (statement: string, ids: readonly number[]) =>
    asSuperuser(app.url, (client) => client.query(statement, [ids]))
  await run(insertCustomers, from(101, 230))
  assert.deepEqual(await customers({}), { ids: from(101, 150), hasNext: true, offset: '150' })
  await run(`delete from customers where id = any($1::bigint[])`, [160])
  await run(insertCustomers, [231])
  const without160 = from(151, 201).filter((id) => id !== 160)
  assert.deepEqual(await customers({ offset: '150' }), { ids: without160, hasNext: true, offset: '201' })
  assert.deepEqual(await customers({ offset: '201' }), { ids: from(202, 231), hasNext: false, offset: '231' })
  assert.deepEqual(await customers({ offset: '231' }), { ids: [], hasNext: false, offset: '231' })
  assert.deepEqual((await customers({ lastOffsetId: 201 })).ids, from(202, 231), 'the earlier spelling')
  assert.deepEqual((await customers({ lastOffsetId: 201, offset: '150' })).ids, without160, 'offset wins')
})

test('a position slice grows by its size, also on the last and on an empty slice', async () => {
  await using app = await openTestApp()
  await asSuperuser(app.url, async (client) => {
    await client.query(`insert into employees (id, tenant_id, first_name, last_name, created_at, updated_at)
      select n, 1, 'A', 'B' || n, '2026-01-01Z', '2026-01-01Z' from generate_series(1, 25) as n`)
    await client.query(`insert into employee_studios (tenant_id, employee_id, studio_id, created_at)
      select 1, n, 123, '2026-01-01Z' from generate_series(1, 25) as n`)
  })
  const seen = []
  for (const offset of [0, 10, 20, 30]) seen.push(await slice(app, '/v1/employees', { sliceSize: 10, offset }))
  assert.deepEqual(
    seen.map(({ ids, hasNext, offset }) => [ids.length, hasNext, offset]),
    [
      [10, true, '10'],
      [10, true, '20'],
      [5, false, '30'],
      [0, false, '40'],
    ],
  )
  assert.deepEqual(
    seen.flatMap(({ ids }) => ids),
    from(1, 25),
  )
})

test('sizes and offsets outside their limits are refused by name', async () => {
  await using app = await openTestApp()
  const refusal = async (path: string) => {
    const { status, body } = await app.get(path)
    return [status, body.errorCode, body.reference]
  }
  const max = 'errormessage.validation.max'
  const pattern = 'errormessage.validation.pattern'
  assert.deepEqual(await refusal('/v1/employees?sliceSize=101'), [400, max, 'sliceSize'])
  assert.deepEqual(await refusal('/v1/employees?sliceSize=9'), [400, 'errormessage.validation.min', 'sliceSize'])
  assert.deepEqual(await refusal('/v1/employees?offset=100001'), [400, max, 'offset'])
  for (const path of ['/v1/employees', '/v1/customers', '/v1/classes']) {
    for (const offset of ['-1', '1.5', 'x', '12345678901234567'])
      assert.deepEqual(await refusal(`${path}?offset=${offset}`), [400, pattern, 'offset'], `${path} ${offset}`)
  }
})

/** Numbers that look random and are the same in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state % below
  }
}

const ROWS = 10_000

test(`slicing over ${ROWS} rows while others come and go shows every row that stayed, once`, async () => {
  await using app = await openTestApp({ environment: { PALESTRA_RATELIMIT_DEFAULT: '100000' } })
  const next = numbers(20_260_615)
  // Odd ids live throughout; even ones come and go.
  const stable = Array.from({ length: ROWS }, (_, n) => 1_000_001 + 2 * n)
  const seen: number[] = []
  const changed = await asSuperuser(app.url, async (client) => {
    await client.query(insertCustomers, [stable])
    await client.query('analyze customers')
    const guests = new Set<number>()
    let changes = 0
    let isSlicing = true
    const restless = (async () => {
      while (isSlicing) {
        const id = 1_000_000 + 2 * next(ROWS)
        const leaves = guests.delete(id)
        await client.query(leaves ? 'delete from customers where id = any($1::bigint[])' : insertCustomers, [[id]])
        if (!leaves) guests.add(id)
        changes += 1
      }
    })()
    for (let offset = '0', hasNext = true; hasNext; ) {
      const answer = await slice(app, '/v1/customers', { sliceSize: 50, offset })
      seen.push(...answer.ids)
      ;({ offset, hasNext } = answer)
    }
    isSlicing = false
    await restless
    return changes
  })
  const stayed = seen.filter((id) => id % 2 === 1)
  assert.deepEqual(stayed, stable)
  assert.equal(new Set(seen).size, seen.length, 'nothing twice')
  assert.ok(changed > 50)
  console.log(`slices: ${stable.length} rows seen once each, ${seen.length - stable.length} guests, ${changed} changes`)
})

test('a position slice of a class shows each slot once', async () => {
  await using app = await openTestApp()
  const { classId, classSlotId } = await insertFullStudio(app.platform, app.berlin, { firstId: 3_000_000, slots: 45 })
  const ids: number[] = []
  for (let offset = '0', hasNext = true; hasNext; ) {
    const { body } = await app.get(`/v1/classes/${classId}/slots?sliceSize=20&offset=${offset}`)
    ids.push(...body.result.map(({ id }: { id: number }) => id))
    ;({ offset, hasNext } = body)
  }
  assert.deepEqual(ids, from(classSlotId, classSlotId + 44))
})
