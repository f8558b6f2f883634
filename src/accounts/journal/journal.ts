import { notFound } from '../../platform/errors/errors.ts'
import { formatActor } from '../../platform/units/caller.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import type { Account } from '../account-lock.ts'
import { readMinor, storeMinor } from '../amounts.ts'
import { openChart, pickAccount } from '../legal-entities/books.ts'
import { type AccountRole, personalRoles } from '../legal-entities/chart-rules.ts'
import { type BookingDay, type EntryKind, insertEntry, insertPostings, openBookingDay } from './journal-store.ts'
import type { postings } from './journal-tables.ts'

export interface NewEntry {
  readonly kind: EntryKind
  readonly studioId: number
  readonly description: string
  /** Unique among the entries of a legal entity. */
  readonly key: string
  readonly reversesEntryId?: number | null
  /** Left out: today in the studio. A closed day gives way to the first open one. */
  readonly wantedDay?: Temporal.PlainDate
}

export interface BegunEntry extends BookingDay {
  readonly entryId: number
}

/** Begins an entry of the journal. It must be given its lines in the same unit. */
export async function beginEntry(work: UnitOfWork, account: Account, entry: NewEntry): Promise<BegunEntry> {
  const { studioId, kind, description, key, reversesEntryId = null, wantedDay = null } = entry
  const day = await openBookingDay(work.tx, studioId, work.now, wantedDay)
  if (!day) throw notFound('studio', studioId)
  const row = { entityId: account.entityId, studioId, kind, description, idempotencyKey: key, reversesEntryId }
  const actor = formatActor(work.caller.actor)
  const entryId = await insertEntry(work.tx, { ...row, actor, bookingDate: day.bookingDate }, work.now)
  return { entryId, ...day }
}

/** A line of an entry in minor units: debit above zero, credit below. */
export interface Line {
  readonly role: AccountRole
  readonly amount: bigint
  readonly taxCodeId?: number | null
  readonly claimId?: number | null
  readonly creditItemId?: number | null
  /** A company owes it: it is in nobody's balance. */
  readonly isOfCompany?: boolean
}

/** The lines that undo lines of an entry, on the same accounts of the books. */
export async function mirrorLines(
  work: UnitOfWork,
  entityId: number,
  lines: readonly (typeof postings.$inferSelect)[],
): Promise<Line[]> {
  const chart = await openChart(work, entityId)
  return lines.map(({ accountId, amount, currency, taxCodeId }): Line => {
    const role = chart.find(({ id }) => id === accountId)?.role
    if (!role) throw new Error(`The account ${accountId} belongs to other books.`)
    return { role, taxCodeId, amount: -readMinor(amount, currency) }
  })
}

/** Writes the lines of an entry, without those of nothing, and the line of the audit log. */
export async function writeLines(
  work: UnitOfWork,
  account: Account,
  { entryId, entry }: { readonly entryId: number; readonly entry: NewEntry },
  lines: readonly Line[],
) {
  const chart = await openChart(work, account.entityId)
  const booked = lines.filter(({ amount }) => amount !== 0n)
  await insertPostings(
    work.tx,
    booked.map(({ role, amount, taxCodeId = null, claimId = null, creditItemId = null, isOfCompany }, index) => ({
      entryId,
      lineNo: index + 1,
      accountId: pickAccount(chart, role, taxCodeId),
      customerId: personalRoles.has(role) && !isOfCompany ? account.customerId : null,
      claimId,
      creditItemId,
      amount: storeMinor(amount, account.currency),
      currency: account.currency,
      taxCodeId: role === 'REVENUE' || role === 'TAX_OUTPUT' ? taxCodeId : null,
    })),
  )
  const debit = booked.reduce((total, { amount }) => (amount > 0n ? total + amount : total), 0n)
  work.audit({
    action: 'journal.booked',
    entityKind: 'journalEntry',
    entityId: entryId,
    studioId: entry.studioId,
    diff: { kind: [null, entry.kind], amount: [null, storeMinor(debit, account.currency)] },
  })
}
