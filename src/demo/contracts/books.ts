import { openTaxes } from '../../accounts/legal-entities/books.ts'
import { splitTax } from '../../accounts/legal-entities/tax-rules.ts'
import { listOpenClaims } from '../../accounts/claim-store.ts'
import { type Claim, payDues, plantHistory, type PlannedClaim, storeMinor } from '../../accounts/index.ts'
import { customerAccounts, debtClaims, debtorCounters } from '../../accounts/tables.ts'
import { listWantedClaims } from '../../contracts/changing/contract-claims.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { isBefore } from '../../platform/time/order.ts'
import { legalEntity } from '../house/chain.ts'
import { type Planting, plant } from '../planting.ts'
import { memberContracts } from '../people/members.ts'
import type { ContractPlan } from './contract-plans.ts'
import type { DrawnContract } from './draw-up.ts'
import { storyContracts } from './story-contracts.ts'
import { payingBy } from './ways-of-paying.ts'

const CURRENCY = 'EUR'
/** So many days ago the chain began to keep its books with Palestra. What was paid for before is in older books. */
const BOOKS_DAYS = 125
const FIRST_DEBTOR = 10_000
/** Debtor ids that the older books have given. */
const olderDebtors: Readonly<Record<number, string>> = { 1001: '2334545', 1003: '2334547', 1013: '2334546' }

/** The accounts of all members, what their contracts charge until the end that is committed, and what they have paid. */
export async function plantBooks(planting: Planting, drawn: readonly DrawnContract[]) {
  const { work, today } = planting
  const from = today.subtract({ days: BOOKS_DAYS })
  await plantAccounts(planting, drawn)
  const taxOn = await openTaxes(work, legalEntity)
  const rows = drawn.flatMap((each) =>
    listClaims(each, from, today).map((claim) => {
      const { taxCodeId, rate } = taxOn(claim.serviceTo)
      const { net, tax } = splitTax(claim.amount, rate)
      return { ...toRow(claim, each), net: storeMinor(net, CURRENCY), tax: storeMinor(tax, CURRENCY), taxCodeId }
    }),
  )
  await plant(planting, debtClaims, rows)
  const payers = drawn.map(({ plan }) => toPayer(plan))
  const studioIds = [...new Set(drawn.map(({ plan }) => plan.studioId))]
  await plantHistory(work, { studioIds, from, today, payers })
}

const toPayer = ({ customerId, unpaidDays = 0 }: ContractPlan) => ({
  customerId,
  unpaidDays,
  ...payingBy(customerId).payment,
})

/** Days that charges stay open, so that a payment run finds something to collect. */
const OPEN_DAYS = 3

/** Members go on paying, however far the clock goes; those who are late today pay nothing any more. */
export async function payAsUsual(work: UnitOfWork, today: Temporal.PlainDate) {
  const plans = [...storyContracts(today), ...memberContracts].filter(({ unpaidDays }) => unpaidDays === undefined)
  const payers = plans.map((plan) => toPayer({ ...plan, unpaidDays: OPEN_DAYS }))
  await payDues(work, { from: today, today, payers })
}

/** All that has to be paid for days since the books began. */
function listClaims({ contract }: DrawnContract, from: Temporal.PlainDate, today: Temporal.PlainDate): PlannedClaim[] {
  return listWantedClaims(contract, today).filter(
    ({ amount, serviceTo }) => amount !== 0n && !isBefore(serviceTo, from),
  )
}

function toRow({ amount, ...claim }: PlannedClaim, { contract: { row } }: DrawnContract) {
  const stored = storeMinor(amount, CURRENCY)
  return {
    ...claim,
    entityId: legalEntity,
    studioId: row.studioId,
    customerId: row.customerId,
    contractId: row.id,
    seq: 0,
    state: 'SCHEDULED' as const,
    amount: stored,
    openAmount: stored,
    currency: CURRENCY,
  }
}

async function plantAccounts(planting: Planting, drawn: readonly DrawnContract[]) {
  const accounts = drawn.map(({ plan: { customerId } }, n) => ({
    customerId,
    debtorId: olderDebtors[customerId] ?? String(FIRST_DEBTOR + n),
    paymentChoice: payingBy(customerId).choice,
    entityId: legalEntity,
    currency: CURRENCY,
  }))
  await plant(planting, customerAccounts, accounts)
  await planting.work.tx.insert(debtorCounters).values({ lastNumber: FIRST_DEBTOR + drawn.length })
}

/** What is open of the booked charges of a customer, oldest first. */
export function listOpen({ work }: Planting, customerId: number): Promise<Claim[]> {
  return listOpenClaims(work.tx, { customerId, entityId: legalEntity })
}
