import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { eq, sql } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { tags } from '../../studios/tables.ts'
import { preparedWrite, sqlState } from '../database/database.ts'
import { inOrder, ready, whereRefused } from '../database/in-order.ts'
import { orRefuseSql, refusals } from '../database/refusals.ts'
import type { PartKind, WritePart } from './write-parts.ts'
import type { Caller } from './caller.ts'
import { ApiError } from '../errors/errors.ts'
import { auditLog, outboxEvents } from '../tables.ts'
import { StartOver, type UnitOfWork } from './work.ts'
import { makeEvent } from '../../../test/support/made-event.ts'

let app: TestApp
before(async () => {
  app = await openTestApp()
})
after(() => app.close())

const insertTag = ({ tx, now }: UnitOfWork, name: string) => tx.insert(tags).values({ name, createdAt: now })
const countTags = (name: string) => app.read(({ db }) => db.$count(tags, eq(tags.name, name)))
const change = { action: 'tag.created', entityKind: 'tag', entityId: 1 }
const event = makeEvent('STUDIO_OPENING_HOURS_UPDATED', { entityId: 123, audienceStudioIds: [123] })

test('a change, its audit line and its event are there together', async () => {
  await app.write(async (work) => {
    await insertTag(work, 'together')
    work.audit(change)
    work.emit(event)
  })
  assert.equal(await countTags('together'), 1)
  const [stored] = await app.read(({ db }) => db.select().from(outboxEvents))
  assert.equal(stored?.type, 'STUDIO_OPENING_HOURS_UPDATED')
  assert.equal(stored?.uuid[14], '7')
  assert.equal(await app.read(({ db }) => db.$count(auditLog)), 1)
})

test('a unit that fails leaves neither change nor event nor audit line', async () => {
  const before = await app.read(({ db }) => db.$count(auditLog))
  await assert.rejects(
    app.write(async (work) => {
      await insertTag(work, 'gone')
      work.audit(change)
      work.emit(event)
      throw new ApiError(400, 'errormessage.validation.required')
    }),
  )
  assert.equal(await countTags('gone'), 0)
  assert.equal(await app.read(({ db }) => db.$count(auditLog)), before)
})

test('an event without an audit line is refused, and nothing is stored', async () => {
  await assert.rejects(
    app.write(async (work) => {
      await insertTag(work, 'unexplained')
      work.emit(event)
    }),
    /without an audit entry/,
  )
  assert.equal(await countTags('unexplained'), 0)
})

test('a deadlocked unit is tried again as a whole, three times at most', async () => {
  let attempts = 0
  await app.write(async (work) => {
    attempts += 1
    await insertTag(work, `attempt ${attempts}`)
    if (attempts < 3) await work.tx.execute(sql`do $$ begin raise exception 'x' using errcode = '40P01'; end $$`)
  })
  assert.equal(attempts, 3)
  assert.deepEqual([await countTags('attempt 1'), await countTags('attempt 3')], [0, 1])
  await assert.rejects(
    app.write(({ tx }) => tx.execute(sql`do $$ begin raise exception 'x' using errcode = '40001'; end $$`)),
    (error) => error instanceof ApiError && error.code === 'errormessage.concurrentModification',
  )
})

test('a unit that asks to start over is undone, and begins again after what it asked for', async () => {
  const order: string[] = []
  await app.write(async (work) => {
    order.push('began')
    if (order.length === 1) {
      await insertTag(work, 'undone')
      throw new StartOver(async (run) => {
        await run((first) => insertTag(first, 'first'))
        order.push('first')
      })
    }
  })
  assert.deepEqual(order, ['began', 'first', 'began'])
  assert.deepEqual([await countTags('undone'), await countTags('first')], [0, 1])
})

test('what follows a commit runs after it, in a unit of its own, and its failure does not undo it', async () => {
  let seen = -1
  await app.write(async (work) => {
    await insertTag(work, 'committed')
    work.afterCommit(async () => {
      seen = await countTags('committed')
      throw new Error('the sweeper will repeat this')
    })
  })
  assert.equal(seen, 1)
  assert.equal(await countTags('committed'), 1)
})

test('a read of the tenant that the connection served last sends its own statement and nothing else', async () => {
  const { pool } = app.platform.database
  const one = () => app.platform.database.read(1, (db) => db.$count(tags))
  await one()
  const before = { sent: pool.statementsSent, switches: pool.tenantSwitches }
  for (let turn = 0; turn < 10; turn++) await one()
  assert.deepEqual([pool.statementsSent - before.sent, pool.tenantSwitches - before.switches], [10, 0])
})

test('a change of tenant sends one stamp ahead of the first statement', async () => {
  const { pool } = app.platform.database
  const before = pool.statementsSent
  const seen = await app.platform.database.read(2, (db) => db.$count(tags))
  assert.ok(pool.statementsSent - before <= 2)
  assert.equal(seen, 0)
})

test('a connection that served another tenant just before shows nothing of it, with no filter in the statement', async () => {
  await app.platform.database.transaction(2, (tx) =>
    tx.execute(sql`insert into tags (tenant_id, name, created_at) values (2, 'theirs', '2026-01-01Z')`),
  )
  const names = await app.platform.database.read(1, (db) => db.select({ name: tags.name }).from(tags))
  assert.ok(names.length > 0 && names.every(({ name }) => name !== 'theirs'))
  assert.equal(await app.platform.database.read('none', (db) => db.$count(tags)), 0)
})

test('a row of another tenant cannot be written either', async () => {
  await assert.rejects(
    app.platform.database.transaction(1, (tx) =>
      tx.execute(sql`insert into tags (tenant_id, name, created_at) values (2, 'smuggled', '2026-01-01Z')`),
    ),
    (error: Error) => /row-level security/.test(String(error.cause)),
  )
})

const operator = (): Caller => ({
  actor: { kind: 'CLI', id: null },
  tenantId: app.berlin.tenantId,
  traceId: '0'.repeat(31) + '1',
})

const free = preparedWrite((tx) =>
  tx.select({ one: sql<number>`1` }).from(sql`(select 1) as once`).prepare('units_test_free'),
)
const taken = preparedWrite((tx) =>
  tx
    .select({ none: orRefuseSql(sql`false`, refusals.keyInUse) })
    .from(sql`(select 1) as once`)
    .prepare('units_test_taken'),
)
const nobodyElse = ready(free, {})

/** What storing an answer does where one stands already. */
const meetsAnother: WritePart = {
  rows: [{}],
  kind: {
    name: 'meets',
    queries: 'met as (select 1 from jsonb_array_elements(:rows::jsonb) where false)',
    requires: { rowsFrom: 'met', orElse: refusals.answeredBefore },
  },
}

for (const outcome of ['meets it at its end', 'is refused'] as const) {
  test(`a unit that looks late for an earlier answer and ${outcome} gives that answer, and leaves nothing`, async () => {
    const done: string[] = []
    const answer = await app.platform.units.write<Caller, string>(
      operator(),
      async (work) => {
        await insertTag(work, `repeated and ${outcome}`)
        work.audit(change)
        work.afterCommit(async () => void done.push('followed up'))
        done.push('worked')
        if (outcome === 'is refused') throw new ApiError(403, 'errormessage.internal')
        return 'made again'
      },
      { replayLate: { claim: nobodyElse, find: async () => 'made before' }, remember: () => meetsAnother },
    )
    assert.equal(answer, 'made before')
    assert.deepEqual(done, ['worked'])
    assert.equal(await countTags(`repeated and ${outcome}`), 0)
  })
}

test('a unit that asks late and finds no earlier answer fails with its own reason', async () => {
  const refuse = async () => {
    throw new ApiError(403, 'errormessage.internal')
  }
  const replayLate = { claim: nobodyElse, find: async () => undefined }
  await assert.rejects(app.platform.units.write(operator(), refuse, { replayLate }), { status: 403 })
})

test('a unit whose claim fails is undone and fails for that reason, whatever came of its work', async () => {
  const inProgress = () => new ApiError(409, 'errormessage.idempotency.inProgress')
  const claim = whereRefused(ready(taken, {}), { [refusals.keyInUse]: inProgress })
  const work = async (unit: UnitOfWork) => {
    await insertTag(unit, 'done under no claim')
    unit.audit(change)
  }
  const replayLate = { claim, find: async () => undefined }
  await assert.rejects(app.platform.units.write(operator(), work, { replayLate }), { status: 409 })
  assert.equal(await countTags('done under no claim'), 0)
})

test('statements in order are all on their way before the unit waits, and their results come in the same order', async () => {
  await app.write(async ({ tx }) => {
    const { pool } = app.platform.database
    const before = pool.statementsSent
    const answers = inOrder(tx, [nobodyElse, undefined, ready(free, {}, ([row]) => row?.one)])
    assert.equal(pool.statementsSent - before, 2)
    assert.deepEqual(await answers, [[{ one: 1 }], undefined, 1])
  })
})

test('of statements in order the first that fails is the reason, not what it did to those behind it', async () => {
  await assert.rejects(
    app.write(({ tx }) => inOrder(tx, [ready(taken, {}), nobodyElse])),
    (error) => sqlState(error) === refusals.keyInUse,
  )
})

const tagKind = (name: string): PartKind => ({
  name,
  queries: `${name} as (insert into tags (name, created_at) select tag || '::x', now
    from jsonb_to_recordset(:rows::jsonb) as given(tag text, now timestamptz) returning id)`,
  requires: { rowsFrom: name, orElse: refusals.nothingLeft },
})
const tag = (name: string) => ({ tag: name, now: '2026-01-01T00:00:00Z' })

test('parts of the last statement get their own rows; those of one kind become one', async () => {
  const [first, second] = [tagKind('first'), tagKind('second')]
  await app.write(async (work) => {
    work.writeLast({ kind: first, rows: [tag('one'), tag('another')] })
    work.writeLast({ kind: second, rows: [tag('two')] })
    work.writeLast({ kind: first, rows: [tag('three')] })
  })
  const counts = ['one', 'another', 'two', 'three'].map((name) => countTags(`${name}::x`))
  assert.deepEqual(await Promise.all(counts), [1, 1, 1, 1])
})

test('a part that requires a row for each of its own undoes the unit without it, and says why', async () => {
  const unmet = app.write(async (work) => {
    await insertTag(work, 'unmet')
    work.writeLast(meetsAnother)
  })
  await assert.rejects(unmet, (error) => sqlState(error) === refusals.answeredBefore)
  assert.equal(await countTags('unmet'), 0)
})

test('a unit that asks first is not even begun when it has its answer', async () => {
  const replay = async () => 'made before'
  const begun = async () => assert.fail('the work was begun')
  assert.equal(await app.platform.units.write(operator(), begun, { replay }), 'made before')
})

test('a unit is about whom it says, else whom its first event names, else the first customer that it audits', async () => {
  const countPersons = async (work: (unit: UnitOfWork) => void) => {
    let person: number | undefined
    await app.platform.units.write(operator(), async (unit) => work(unit), {
      remember: (_result, { customerId }) => {
        person = customerId
        return undefined
      },
    })
    return person
  }
  const audit = (unit: UnitOfWork) => unit.audit({ action: 'customer.seen', entityKind: 'customer', entityId: 3 })
  const emit = (unit: UnitOfWork) => {
    unit.audit(change)
    unit.emit(event)
    for (const customerId of [2, 4]) unit.emit({ ...event, customerId })
  }
  assert.equal(await countPersons((unit) => (audit(unit), emit(unit), unit.concern(1))), 1)
  assert.equal(await countPersons((unit) => (audit(unit), emit(unit))), 2)
  assert.equal(await countPersons(audit), 3)
  assert.equal(await countPersons((unit) => unit.audit(change)), undefined)
})
