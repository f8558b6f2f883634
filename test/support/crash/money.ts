import assert from 'node:assert/strict'
import { openTestApp, type TestApp } from '../app.ts'
import { testDatabase } from '../database.ts'
import { manualTime } from '../manual-time.ts'
import { asSuperuser } from '../row-hashes.ts'
import { assertBooksWhole } from '../scenes/money-whole.ts'
import { openSecondApp } from '../second-app.ts'
import { type Cut, Line } from './cut.ts'

/** Work with money that is cut off at any of its statements, and then done to its end by another process. */
export interface MoneyWork<Scene> {
  /** Settings of both processes besides the usual ones. */
  readonly environment?: Readonly<Record<string, string>>
  /** What is there before. */
  prepare(app: TestApp): Promise<Scene>
  /** What the process that dies does, and what its heir repeats. */
  work(app: TestApp, scene: Scene): Promise<unknown>
}

export interface Figures {
  readonly statements: number
  readonly rounds: number
}

/** So much later does the heir start in real time: nobody holds a lease any more. */
const LATER = '2030-01-01T00:00:00Z'

/**
 * Does the work once undisturbed, then `rounds` times with a cut at another statement, spread over all of them, every second
 * time with the statement still sent. Afterwards the books are the same as undisturbed.
 */
export async function runCutRounds<Scene>(money: MoneyWork<Scene>, rounds: number): Promise<Figures> {
  const undisturbed = await runRound(money)
  assert.notDeepEqual(undisturbed.books, undisturbed.before, 'The work changes nothing.')
  for (let round = 0; round < rounds; round++) {
    const at = 1 + Math.floor((round * undisturbed.statements) / rounds)
    const isSent = round % 2 === 1
    const { books } = await runRound(money, { at, isSent })
    assert.deepEqual(books, undisturbed.books, `cut at statement ${at}${isSent ? ', which was sent' : ''}`)
  }
  return { statements: undisturbed.statements, rounds }
}

async function runRound<Scene>({ prepare, work, environment = {} }: MoneyWork<Scene>, cut?: Cut) {
  await using database = await testDatabase()
  using line = new Line()
  await using app = await openTestApp({ database, environment })
  const scene = await prepare(app)
  const before = await readBooks(app)
  const statements = await line.run(() => work(app, scene), cut)
  await using heir = await openSecondApp(app, { environment, real: manualTime(LATER) })
  await work(heir, scene)
  await assertBooksWhole(heir)
  return { before, books: await readBooks(heir), statements }
}

const listings = {
  entries: `select e.kind, e.booking_date::text as day, e.description, a.role, p.amount::text, p.currency
    from postings p join journal_entries e on e.id = p.entry_id join ledger_accounts a on a.id = p.account_id`,
  claims: `select customer_id, kind, state, collection_state, amount::text, open_amount::text, due_date::text as due from debt_claims`,
  credits: `select customer_id, kind, amount::text, reversed::text from credit_items`,
  payments: `select state, attempts from payments`,
  items: `select state, amount::text, sequence_type, rejection_reason from payment_run_items`,
  accounts: `select customer_id, balance::text, consumption_credit::text as credit from customer_accounts`,
  events: `select type, count(*)::float8 as n from outbox_events group by type`,
  exports: `select state, encode(sha256, 'hex') as sha256 from tax_exports`,
}

/** What the books say, without ids that depend on what was tried before. */
async function readBooks(app: TestApp): Promise<Record<string, readonly string[]>> {
  const books: Record<string, readonly string[]> = {}
  await asSuperuser(app.url, async (client) => {
    for (const [name, listing] of Object.entries(listings)) {
      const { rows } = await client.query<Record<string, unknown>>(listing)
      books[name] = rows.map((row) => JSON.stringify(row)).toSorted()
    }
  })
  return books
}
