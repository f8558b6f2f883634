import assert from 'node:assert/strict'
import { eq } from 'drizzle-orm'
import { checkLedger, topUpCredit } from '../../../src/accounts/index.ts'
import { customerAccounts, legalEntities } from '../../../src/accounts/tables.ts'
import type { Queryable } from '../../../src/platform/database/database.ts'
import { type Money, readMoney } from '../../../src/platform/values/money.ts'
import type { TestApp } from '../app.ts'

const nothing = { minor: 0n, currency: 'EUR' }

/** What stands on the account of a customer; nothing where there is none. */
export async function selectAccount(db: Queryable, customerId: number): Promise<{ credit: Money; balance: Money }> {
  const [row] = await db.select().from(customerAccounts).where(eq(customerAccounts.customerId, customerId))
  if (!row) return { credit: nothing, balance: nothing }
  const read = (amount: string) => readMoney(amount, row.currency, 'amount')
  return { credit: read(row.consumptionCredit), balance: read(row.balance) }
}

let topUps = 0

/** Pays so much consumption credit in at the desk of the home studio. */
export async function topUp(app: TestApp, customerId: number, credit: string, studioId = app.berlin.studioId) {
  const amount = readMoney(credit, 'EUR', 'amount')
  if (amount.minor === 0n) return
  const movement = { customerId, studioId, amount, description: 'Credit', method: 'CASH' } as const
  await app.write((work) => topUpCredit(work, { ...movement, journalKey: `test:${++topUps}` }))
}

/** A legal entity with this id, for rows that name one. */
export function addLegalEntity(app: TestApp, id: number) {
  const row = { id, name: 'Gym Ltd', countryCode: 'DE', currency: 'EUR' }
  return app.write(({ tx, now }) => tx.insert(legalEntities).values({ ...row, createdAt: now, updatedAt: now }))
}

/** The journal adds up, and what is stored beside it follows from it. */
export async function assertLedgerWhole(app: TestApp) {
  assert.deepEqual(await app.read(({ db }) => checkLedger(db)), [])
}
