import assert from 'node:assert/strict'
import { eq } from 'drizzle-orm'
import { checkLedger, listContractClaims, settleAccount, topUpCredit } from '../../../src/accounts/index.ts'
import { lockAccount } from '../../../src/accounts/account-lock.ts'
import { postClaims } from '../../../src/accounts/charge.ts'
import { insertClaim } from '../../../src/accounts/claim-store.ts'
import { openChart, openTax } from '../../../src/accounts/legal-entities/books.ts'
import { listTaxCodes } from '../../../src/accounts/legal-entities/legal-entity-store.ts'
import { splitTax } from '../../../src/accounts/legal-entities/tax-rules.ts'
import { customerAccounts, legalEntities } from '../../../src/accounts/tables.ts'
import type { Queryable } from '../../../src/platform/database/database.ts'
import { formatAmount, type Money, readMoney } from '../../../src/platform/values/money.ts'
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

/** Books what waits of a contract and is due by a day, as a billing run does. */
export function bookDueClaims(app: TestApp, { customerId, contractId, until }: DueClaims): Promise<void> {
  return app.write(async (work) => {
    const account = await lockAccount(work, customerId)
    const claims = await listContractClaims(work.tx, contractId)
    const due = claims.filter(({ state, dueDate }) => state === 'SCHEDULED' && dueDate.toString() <= until)
    await postClaims(work, account, due)
    await settleAccount(work, account)
  })
}

interface DueClaims {
  readonly customerId: number
  readonly contractId: number
  /** ISO. */
  readonly until: string
}

export interface WaitingClaim {
  readonly customerId: number
  /** Gross decimal text in euros. */
  readonly amount: string
  /** ISO. */
  readonly due: string
  readonly studioId?: number
  readonly taxCode?: 'STANDARD' | 'REDUCED'
}

/** A charge that waits for its day, as contracts store it. */
export function addWaitingClaim(app: TestApp, waiting: WaitingClaim): Promise<number> {
  const { customerId, studioId = app.berlin.studioId, taxCode = 'STANDARD' } = waiting
  const dueDate = Temporal.PlainDate.from(waiting.due)
  return app.write(async (work) => {
    const { entityId, currency } = await lockAccount(work, customerId)
    await openChart(work, entityId)
    const code = (await listTaxCodes(work.tx, entityId)).find(({ name }) => name === taxCode)
    const { taxCodeId, rate } = await openTax(work, entityId, code?.id, dueDate)
    const { minor: amount } = readMoney(waiting.amount, currency, 'amount')
    const { net, tax } = splitTax(amount, rate)
    const shown = { kind: 'DEBT_CLAIM', chargeType: amount < 0n ? 'CREDIT' : 'MEMBERSHIP_CHARGE' } as const
    const store = (minor: bigint) => formatAmount({ minor, currency })
    const row = { entityId, studioId, customerId, currency, dueDate, taxCodeId, description: 'Membership fee' }
    return insertClaim(work.tx, { ...row, ...shown, amount: store(amount), net: store(net), tax: store(tax) }, work.now)
  })
}
