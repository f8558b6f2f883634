import { conflict, notFound, refuseFields, violation } from '../../platform/errors/errors.ts'
import type { Queryable } from '../../platform/database/database.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { readMoney } from '../../platform/values/money.ts'
import { type Account, lockAccount } from '../account-lock.ts'
import { planAllocations, takeInOrder } from '../allocation/allocation-rules.ts'
import { storeAllocations, undoAllocations } from '../allocation/allocation.ts'
import { storeMinor, sum } from '../amounts.ts'
import type { Claim } from '../claim-store.ts'
import { insertCreditItem, reverseItem } from '../credits/credit-item-store.ts'
import { beginEntry, type Line, mirrorLines, type NewEntry, writeLines } from '../journal/journal.ts'
import { listPostings } from '../journal/journal-store.ts'
import { accountHooks } from '../hooks.ts'
import { clearingRoles } from '../payment-rules.ts'
import { refuseTooMuch } from '../refusals.ts'
import { findEntityOfStudio, listCompanyClaims, listCompanyPayments } from './company-store.ts'

/** Money that a company has paid for the memberships of its people. */
export interface CompanyPayment {
  readonly companyId: number
  /** Where the money arrived: its legal entity is paid. */
  readonly studioId: number
  /** Decimal text above 0, in the currency of the books. */
  readonly amount: string
  readonly method: 'CASH' | 'BANK_TRANSFER'
  readonly description: string
  /** Only these claims; left out: all of the company, by due date. */
  readonly claimIds?: readonly number[] | undefined
  readonly valueDate?: Temporal.PlainDate | undefined
  readonly journalKey: string
}

async function requireCompany(db: Queryable, companyId: number) {
  if (!(await accountHooks().isCompany(db, companyId))) throw notFound('company', companyId)
}

/** What is open of a company, by due date. Refuses (404) an unknown one. */
export async function listOpenOfCompany(db: Queryable, companyId: number): Promise<readonly Claim[]> {
  await requireCompany(db, companyId)
  return listCompanyClaims(db, companyId)
}

/**
 * Books what a company has paid, in one entry, and lets it settle claims of the company. Credit notes settle what they can
 * before. Answers the entry. Refuses (400) more than is open; an unknown company, and claims that are not open ones of it (404).
 */
export async function bookCompanyPayment(work: UnitOfWork, payment: CompanyPayment): Promise<number> {
  await requireCompany(work.tx, payment.companyId)
  const books = await findEntityOfStudio(work.tx, payment.studioId)
  if (!books) throw notFound('studio', payment.studioId)
  const { minor } = readMoney(payment.amount, books.currency, 'amount')
  if (minor <= 0n) throw refuseFields([violation('amount', 'min', { type: 'DECIMAL', value: 0 })])
  const accounts = await lockDebtors(work, payment.companyId, books.entityId)
  const open = await netNotes(work, accounts, payment.companyId)
  const wanted = payment.claimIds === undefined ? open : payment.claimIds.map((id) => requireOpen(open, id))
  const total = sum(wanted.map(({ openAmount }) => openAmount))
  if (minor > total) throw refuseTooMuch(total, books.currency)
  const parts = takeInOrder(
    wanted.map((claim) => ({ claim, left: claim.openAmount })),
    minor,
  )
  return writePayment(
    work,
    accounts,
    payment,
    parts.map(({ source: { claim }, amount }) => ({ claim, amount })),
  )
}

type Accounts = ReadonlyMap<number, Account>

/** The accounts of all customers for whom the company owes something, locked in the order of all locks. */
async function lockDebtors(work: UnitOfWork, companyId: number, entityId: number): Promise<Accounts> {
  const claims = await listCompanyClaims(work.tx, companyId)
  const ids = new Set(claims.filter((claim) => claim.entityId === entityId).map(({ customerId }) => customerId))
  const accounts = new Map<number, Account>()
  for (const id of [...ids].toSorted((a, b) => a - b)) {
    const account = await lockAccount(work, id)
    if (account.entityId === entityId) accounts.set(id, account)
  }
  return accounts
}

/** Lets the credit notes of the company settle its claims for the same customer. Answers what is open then. */
async function netNotes(work: UnitOfWork, accounts: Accounts, companyId: number): Promise<readonly Claim[]> {
  const readOpen = async () =>
    (await listCompanyClaims(work.tx, companyId)).filter(
      ({ customerId, entityId }) => accounts.get(customerId)?.entityId === entityId,
    )
  for (const [customerId, claims] of Map.groupBy(await readOpen(), (claim) => claim.customerId)) {
    const account = accounts.get(customerId)
    const notes = claims
      .filter(({ openAmount }) => openAmount < 0n)
      .map(({ id, openAmount, parentClaimId }) => ({
        kind: 'CLAIM' as const,
        id,
        left: -openAmount,
        ownClaimId: parentClaimId,
      }))
    const owed = claims.filter(isOwed).map(({ id, openAmount }) => ({ claimId: id, open: openAmount }))
    if (account && notes.length > 0) await storeAllocations(work, account, planAllocations(owed, notes))
  }
  return (await readOpen()).filter(isOwed)
}

const isOwed = ({ openAmount }: Claim) => openAmount > 0n

function requireOpen(open: readonly Claim[], claimId: number): Claim {
  const claim = open.find(({ id }) => id === claimId)
  if (!claim) throw notFound('debtClaim', claimId)
  return claim
}

interface Part {
  readonly claim: Claim
  readonly amount: bigint
}

async function writePayment(
  work: UnitOfWork,
  accounts: Accounts,
  { studioId, description, method, valueDate, journalKey }: CompanyPayment,
  parts: readonly Part[],
): Promise<number> {
  const entry: NewEntry = { kind: 'PAYMENT', studioId, description, key: `company:${journalKey}` }
  const [account] = accounts.values()
  if (!account) throw new Error('A company that owes something has a customer.')
  const { entryId, today } = await beginEntry(work, account, entry)
  const lines: Line[] = [{ role: clearingRoles[method], amount: sum(parts.map(({ amount }) => amount)) }]
  for (const { claim, amount } of parts) {
    const { customerId, entityId, currency, id: claimId } = claim
    const item = { customerId, entityId, studioId, currency, entryId, valueDate: valueDate ?? today }
    const stored = { ...item, kind: 'COMPANY_PAYMENT', amount: storeMinor(amount, currency) } as const
    const creditItemId = await insertCreditItem(work.tx, stored, work.now)
    await storeAllocations(work, claim, [{ claimId, credit: { kind: 'ITEM', id: creditItemId }, amount }])
    lines.push({ role: 'RECEIVABLE', amount: -amount, claimId, creditItemId, isOfCompany: true })
  }
  await writeLines(work, account, { entryId, entry }, lines)
  return entryId
}

/** Takes a payment of a company back: what it had settled is open again. A payment is taken back once (409). */
export async function reverseCompanyPayment(work: UnitOfWork, entryId: number, description: string): Promise<number> {
  const items = await listCompanyPayments(work.tx, entryId)
  const [first] = items
  if (!first) throw notFound('journalEntry', entryId)
  const accounts = new Map<number, Account>()
  for (const { customerId } of items) {
    if (!accounts.has(customerId)) accounts.set(customerId, await lockAccount(work, customerId))
  }
  const [before] = await listCompanyPayments(work.tx, entryId)
  const account = accounts.get(first.customerId)
  if (!account || before?.reversed === before?.amount) throw conflict('errormessage.account.alreadyReversed')
  const key = `reversal:company:${entryId}`
  const entry: NewEntry = {
    kind: 'PAYMENT_CORRECTION',
    studioId: first.studioId,
    description,
    key,
    reversesEntryId: entryId,
  }
  const begun = await beginEntry(work, account, entry)
  for (const { id, customerId, amount } of items) {
    await undoAllocations(work, accounts.get(customerId) ?? account, id)
    await reverseItem(work.tx, id, amount, work.now)
  }
  const mirrored = await mirrorLines(work, account.entityId, await listPostings(work.tx, entryId))
  const lines = mirrored.map((line) => ({ ...line, isOfCompany: true }))
  await writeLines(work, account, { entryId: begun.entryId, entry }, lines)
  return begun.entryId
}
