import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eq } from 'drizzle-orm'
import pg from 'pg'
import { debtClaims, journalEntries } from '../../src/accounts/tables.ts'
import { importBankFile } from '../../src/payments/index.ts'
import { openTestApp, type TestApp } from '../support/app.ts'
import { returned, toFile, writeCamt } from '../support/camt.ts'
import { assertBooksWhole } from '../support/scenes/money-whole.ts'
import { addCollected } from '../support/scenes/collection-scene.ts'

// An import of a bank statement loses its connection at any of its statements, and is begun again: the books are those of
// an import that nothing has disturbed.

type Query = (this: pg.Client, ...args: unknown[]) => unknown
/** Cuts a connection behind a certain statement: the database has carried it out, and nobody reads the answer. */
class Scissors {
  readonly #query: Query
  /** Statements until the cut; undefined: none is planned. */
  #left: number | undefined

  /** Connections are opened afterwards. */
  constructor() {
    const prototype = pg.Client.prototype as unknown as { query: Query }
    const query = prototype.query
    this.#query = query
    const judge = () => this.#isCut()
    prototype.query = function (this: pg.Client, ...args: unknown[]) {
      if (!judge()) return query.apply(this, args)
      return Promise.resolve(query.apply(this, args)).then(() => cut(this))
    }
  }

  #isCut(): boolean {
    if (this.#left === undefined) return false
    this.#left -= 1
    return this.#left === 0
  }

  /** Lets work die at its `nth` statement. Answers whether it came to that. */
  async cutAt(nth: number, work: () => Promise<unknown>): Promise<boolean> {
    this.#left = nth
    await work().catch(() => undefined)
    const wasCut = this.#left <= 0
    this.#left = undefined
    return wasCut
  }

  putAway() {
    ;(pg.Client.prototype as unknown as { query: Query }).query = this.#query
  }
}

function cut(client: pg.Client): Promise<never> {
  ;(client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy()
  return Promise.reject(Object.assign(new Error('Connection terminated unexpectedly'), { code: 'ECONNRESET' }))
}

/** The database may hold what the dead connection has locked a moment longer: an import leaves out what another one holds. */
async function repeatUntilDone<T extends { readonly state: string }>(importIt: () => Promise<T>): Promise<T> {
  const outcome = await importIt()
  return outcome.state === 'BOOKING' ? repeatUntilDone(importIt) : outcome
}

async function findClaim(app: TestApp, claimId = 0) {
  const [claim] = await app.read(({ db }) => db.select().from(debtClaims).where(eq(debtClaims.id, claimId)))
  return [claim?.openAmount, claim?.latestRejectionReason]
}

test('an import that dies behind any of its statements ends with the same books', async () => {
  const scissors = new Scissors()
  await using app = await openTestApp()
  let expected = 0
  for (let nth = 1; ; nth += 1) {
    const { endToEndId, claimIds } = await addCollected(app)
    const file = toFile(writeCamt([returned(endToEndId, 'AM04', { charges: '3.20' })]))
    const importIt = () =>
      importBankFile(
        (work) => app.write(work),
        file,
        () => undefined,
      )
    const wasCut = await scissors.cutAt(nth, importIt)
    const outcome = await repeatUntilDone(importIt)
    assert.deepEqual([outcome.state, outcome.returned], ['COMPLETED', 1], `statement ${nth}`)
    assert.deepEqual(await findClaim(app, claimIds[0]), ['29.9000', 'INSUFFICIENT_COVERING'])
    expected += 1
    const booked = await app.read(({ db }) => db.select({ kind: journalEntries.kind }).from(journalEntries))
    for (const kind of ['RETURN', 'BANK_COST']) {
      assert.equal(booked.filter((entry) => entry.kind === kind).length, expected, `${kind}, statement ${nth}`)
    }
    if (!wasCut) break
  }
  assert.ok(expected > 20, `an import has ${expected} statements`)
  await assertBooksWhole(app)
  scissors.putAway()
})
