import { eq, sql } from 'drizzle-orm'
import type { LedgerPort, Movement } from '../../../src/accounts/index.ts'
import { customerAccounts } from '../../../src/accounts/tables.ts'
import type { Queryable, Tx } from '../../../src/platform/database/database.ts'
import { formatAmount, type Money, readMoney } from '../../../src/platform/values/money.ts'
import type { TestApp } from '../app.ts'

/**
 * Moves the cached balances of the accounts under their row lock, without a ledger behind them: enough to hold the
 * devices to their side of the bargain.
 */
export const tableLedger: LedgerPort = {
  balance: async (db, customerId) => (await selectAccount(db, customerId)).credit,
  lockFunds: async ({ tx }, customerId) => {
    await tx.select({ id: customerAccounts.customerId }).from(customerAccounts).where(of(customerId)).for('update')
    const { credit } = await selectAccount(tx, customerId)
    return { credit, overdraft: { minor: 0n, currency: credit.currency } }
  },
  spend: ({ tx }, movement) => move(tx, movement, 'consumptionCredit', -1),
  credit: ({ tx }, movement) => move(tx, movement, 'consumptionCredit', 1),
  charge: ({ tx }, movement) => move(tx, movement, 'balance', -1),
  reverse: () => Promise.reject(new Error('Devices reverse nothing.')),
}

const of = (customerId: number) => eq(customerAccounts.customerId, customerId)

export async function selectAccount(db: Queryable, customerId: number): Promise<{ credit: Money; balance: Money }> {
  const [row] = await db.select().from(customerAccounts).where(of(customerId))
  if (!row) throw new Error('The customer has no account.')
  const read = (amount: string) => readMoney(amount, row.currency, 'amount')
  return { credit: read(row.consumptionCredit), balance: read(row.balance) }
}

async function move(tx: Tx, { customerId, amount }: Movement, cache: 'balance' | 'consumptionCredit', sign: 1 | -1) {
  const column = customerAccounts[cache]
  const by = formatAmount({ minor: BigInt(sign) * amount.minor, currency: amount.currency })
  await tx
    .update(customerAccounts)
    .set({ [cache]: sql`${column} + ${by}` })
    .where(of(customerId))
  return 1
}

let entity = 0

/** Gives a customer an account with so much credit. */
export function openAccount(app: TestApp, customerId: number, credit: string, currency = 'EUR') {
  const debtorId = `D${++entity}`
  return app.write(({ tx, now }) =>
    tx.insert(customerAccounts).values({
      customerId,
      entityId: 1,
      debtorId,
      consumptionCredit: credit,
      currency,
      createdAt: now,
      updatedAt: now,
    }),
  )
}
