import { randomUUID } from 'node:crypto'
import { bookPayment, chargeCustomer } from '../../../src/accounts/index.ts'
import {
  paymentInstruments,
  paymentRunItemClaims,
  paymentRunItems,
  paymentRuns,
  payments,
} from '../../../src/payments/tables.ts'
import { returnedId } from '../../../src/platform/database/returned-id.ts'
import { formatAmount, readMoney } from '../../../src/platform/values/money.ts'
import type { UnitOfWork } from '../../../src/platform/units/work.ts'
import type { TestApp } from '../app.ts'
import { addCustomer } from './customers.ts'

/** What a payment run has collected from a bank account; everything else is usual. */
export interface CollectedDebit {
  readonly customerId?: number
  /** Decimal text in euros; one claim of it was due. */
  readonly amount?: string
  /** The claims of the collection; left out: a new one. */
  readonly claimIds?: readonly number[]
  /** The account; left out: a new one. */
  readonly instrumentId?: number
  /** The bank has it, but its day has not come: no payment is booked. */
  readonly isUnderWay?: boolean
}

export interface Collected {
  readonly customerId: number
  readonly claimIds: readonly number[]
  readonly instrumentId: number
  readonly itemId: number
  /** As the bank repeats it. */
  readonly endToEndId: string
  /** 0 while it is under way. */
  readonly paymentId: number
}

let charges = 0

/** A charge of that day. */
export function addCharge(app: TestApp, customerId: number, amount = '29.90', due = '2026-06-01'): Promise<number> {
  const sale = { kind: 'DEBT_CLAIM', chargeType: 'MEMBERSHIP_CHARGE', description: 'Membership fee' } as const
  const what = { customerId, studioId: app.berlin.studioId, amount: readMoney(amount, 'EUR', 'amount') }
  const dueOn = Temporal.PlainDate.from(due)
  return app.write((work) => chargeCustomer(work, { ...what, ...sale, dueOn, journalKey: `collected:${++charges}` }))
}

/** A direct debit that a payment run has collected. */
export async function addCollected(app: TestApp, wanted: CollectedDebit = {}): Promise<Collected> {
  const { amount = '29.90', isUnderWay = false } = wanted
  const customerId = wanted.customerId ?? (await addCustomer(app))
  const claimIds = wanted.claimIds ?? [await addCharge(app, customerId, amount)]
  const instrumentId = wanted.instrumentId ?? (await addAccount(app, customerId))
  return app.write(async (work) => {
    const { tx, now } = work
    const { studioId } = app.berlin
    const at = { createdAt: now, updatedAt: now }
    const day = Temporal.PlainDate.from('2026-06-02')
    const state = isUnderWay ? 'SUBMITTED' : 'BOOKED'
    const run = {
      studioId,
      methodGroup: 'SEPA',
      origin: 'STAFF',
      targetDate: day,
      collectionDate: day,
      currency: 'EUR',
      state,
      exportedAt: now,
      submittedAt: now,
      bookedAt: isUnderWay ? null : now,
    } as const
    const runId = returnedId(
      await tx
        .insert(paymentRuns)
        .values({ ...run, ...at })
        .returning({ id: paymentRuns.id }),
    )
    const item = { runId, customerId, instrumentId, amount, currency: 'EUR', sequenceType: 'RCUR' } as const
    const rows = await tx
      .insert(paymentRunItems)
      .values({ ...item, state: isUnderWay ? 'EXPORTED' : 'BOOKED', ...at })
      .returning({ id: paymentRunItems.id, endToEndId: paymentRunItems.endToEndId })
    const itemId = returnedId(rows)
    for (const claimId of claimIds) {
      await tx.insert(paymentRunItemClaims).values({ itemId, claimId, amount, isLive: isUnderWay })
    }
    const known = { customerId, claimIds, instrumentId, itemId, endToEndId: rows[0]?.endToEndId ?? '' }
    return { ...known, paymentId: isUnderWay ? 0 : await book(work, app, known, amount) }
  })
}

type Booked = Pick<Collected, 'customerId' | 'claimIds' | 'instrumentId' | 'itemId'>

async function book(
  work: UnitOfWork,
  app: TestApp,
  { customerId, claimIds, instrumentId, itemId }: Booked,
  text: string,
) {
  const { tx, now } = work
  const amount = readMoney(text, 'EUR', 'amount')
  const { studioId } = app.berlin
  const booked = { customerId, studioId, amount, method: 'DIRECT_DEBIT', description: 'Collection' } as const
  const id = await bookPayment(work, { ...booked, claimIds, journalKey: `item:${itemId}` })
  const payment = {
    id,
    customerId,
    amount: formatAmount(amount),
    currency: 'EUR',
    state: 'SETTLED',
    instrumentId,
  } as const
  const key = { providerKey: randomUUID(), runItemId: itemId, createdAt: now, updatedAt: now }
  await tx.insert(payments).values({ ...payment, ...key })
  return id
}

/** A bank account with a mandate that payment runs use. */
export function addAccount(app: TestApp, customerId: number): Promise<number> {
  const row = { customerId, type: 'SEPA', state: 'ACTIVE', isRunDefault: true, holder: 'Mara Lindner' } as const
  return app.write(async ({ tx, now }) =>
    returnedId(
      await tx
        .insert(paymentInstruments)
        .values({ ...row, createdAt: now, updatedAt: now })
        .returning({ id: paymentInstruments.id }),
    ),
  )
}
