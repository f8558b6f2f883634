import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eq, sql } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { assertLedgerWhole } from '../../../test/support/scenes/accounts.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import { brokenConstraint, sqlState } from '../../platform/database/database.ts'
import { currencyDigits, readMoney } from '../../platform/values/money.ts'
import { chargeCustomer, closeDays } from '../index.ts'
import { dayCloses, journalEntries, postings } from '../tables.ts'

let app: TestApp
before(async () => void (app = await openTestApp()))
after(async () => {
  await assertLedgerWhole(app)
  await app.close()
})

let keys = 0
async function charge(): Promise<number> {
  const customerId = await addCustomer(app)
  const sale = { kind: 'SALE', chargeType: 'SALE', description: 'Shake', journalKey: `k${++keys}` } as const
  const amount = readMoney('29.90', 'EUR', 'amount')
  return app.write((work) => chargeCustomer(work, { ...sale, customerId, studioId: app.berlin.studioId, amount }))
}
const lastEntry = async () => {
  const [row] = await app.read(({ db }) => db.select().from(journalEntries).orderBy(sql`id desc`).limit(1))
  if (!row) throw new Error('There is no entry.')
  return row
}

test('a charge is booked gross, net and tax, and adds up to zero', async () => {
  await charge()
  const { id } = await lastEntry()
  const lines = await app.read(({ db }) =>
    db.select().from(postings).where(eq(postings.entryId, id)).orderBy(postings.lineNo),
  )
  assert.deepEqual(
    lines.map(({ amount }) => Number(amount)),
    [29.9, -25.13, -4.77],
  )
})

test('an entry that does not add up is refused at the commit', async () => {
  await charge()
  const { id, ...entry } = await lastEntry()
  const [line] = await app.read(({ db }) => db.select().from(postings).where(eq(postings.entryId, id)))
  if (!line) throw new Error('There is no line.')
  const broken = { ...entry, idempotencyKey: 'alone' }
  const add = (lines: number) =>
    app.write(async ({ tx, now }) => {
      const [added] = await tx
        .insert(journalEntries)
        .values({ ...broken, createdAt: now })
        .returning()
      for (let lineNo = 1; lineNo <= lines; lineNo += 1) {
        await tx.insert(postings).values({ ...line, entryId: added?.id ?? 0, lineNo })
      }
    })
  const refused = (error: unknown) => brokenConstraint(error) === 'journal_entries_balanced'
  await assert.rejects(add(0), refused)
  await assert.rejects(add(2), refused)
  await assert.rejects(
    app.write(({ tx }) => tx.insert(postings).values({ ...line, lineNo: 9 })),
    refused,
  )
})

test('what is booked is neither changed nor deleted', async () => {
  await charge()
  const { id } = await lastEntry()
  const appendOnly = (error: unknown) => sqlState(error) === '23001'
  await assert.rejects(
    app.write(({ tx }) => tx.update(postings).set({ amount: '0' }).where(eq(postings.entryId, id))),
    appendOnly,
  )
  await assert.rejects(
    app.write(({ tx }) => tx.delete(journalEntries).where(eq(journalEntries.id, id))),
    appendOnly,
  )
})

test('a closed day takes no entry: what comes later stands on the first open day', async () => {
  await app.travelTo('2026-06-16T03:00+02:00')
  assert.deepEqual(await app.read(({ db }) => db.select().from(dayCloses)), [])
  await app.travelTo('2026-06-16T03:31+02:00')
  const berlin = (rows: (typeof dayCloses.$inferSelect)[]) =>
    rows.filter(({ studioId }) => studioId === app.berlin.studioId)
  const [first] = berlin(await app.read(({ db }) => db.select().from(dayCloses)))
  assert.equal(first?.day.toString(), '2026-06-15')
  assert.ok((first?.entryCount ?? 0) > 0)
  const { entityId, studioId, bookingDate, kind, description, actor } = await lastEntry()
  const late = { entityId, studioId, bookingDate, kind, description, actor, idempotencyKey: 'late' }
  await assert.rejects(
    app.write(({ tx, now }) => tx.insert(journalEntries).values({ ...late, createdAt: now })),
    (error) => brokenConstraint(error) === 'journal_entries_day_open',
  )
  await charge()
  assert.equal((await lastEntry()).bookingDate.toString(), '2026-06-16')
})

test('staff close days that are over, and closing again changes nothing', async () => {
  await app.travelTo('2026-06-20T02:00+02:00')
  const close = (day: string) => app.write((work) => closeDays(work, app.berlin.studioId, Temporal.PlainDate.from(day)))
  await assert.rejects(close('2026-06-20'), { status: 400, code: 'errormessage.validation.mustBePast' })
  assert.equal(await close('2026-06-19'), 1)
  assert.equal(await close('2026-06-19'), 0)
})

test('the database knows as many decimals of a currency as the code', async () => {
  const known = Intl.supportedValuesOf('currency')
  const rows = await app.read(({ db }) =>
    db
      .select({ digits: sql<number>`palestra_currency_digits(c)` })
      .from(sql`unnest(${sql.param(known)}::text[]) with ordinality as u(c, n) order by n`),
  )
  assert.deepEqual(
    rows.map(({ digits }) => digits),
    known.map((currency) => currencyDigits(currency)),
  )
})
