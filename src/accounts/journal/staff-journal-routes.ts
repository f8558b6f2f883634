import { notFound } from '../../platform/errors/errors.ts'
import type { StaffOperations } from '../../platform/staff/staff-operations.ts'
import type { View } from '../../platform/units/work.ts'
import { nonNull } from '../../platform/values/defined.ts'
import { findStudio } from '../../studios/index.ts'
import { readMinor, storeMinor } from '../amounts.ts'
import { type EntryQuestion, listCloses, listEntryPage, listLines } from './journal-page-store.ts'
import { findEntry } from './journal-store.ts'
import * as api from './staff-journal-api.ts'

const SHOWN_DAYS = 366

/** Binds how staff look through the journal. */
export function journalStaff(operations: StaffOperations) {
  operations.read(api.listJournalEntries, async ({ db }, { body }) => ({ entries: await readPage(db, body) }))
  operations.read(api.listClosedDays, async ({ db }, { body: { studioId } }) => {
    const studio = await findStudio(db, studioId)
    if (!studio) throw notFound('studio', studioId)
    return {
      days: (await listCloses(db, studioId, SHOWN_DAYS)).map(({ day, entryCount, debitTotal, sha256, closedAt }) => ({
        day: day.toString(),
        entries: entryCount,
        debit: storeMinor(readMinor(debitTotal, studio.currency), studio.currency),
        sha256: sha256.toString('hex'),
        closedAt: closedAt.toString(),
      })),
    }
  })
}

async function readPage(db: View['db'], asked: EntryQuestion) {
  if (asked.before !== undefined && !(await findEntry(db, asked.before))) throw notFound('journalEntry', asked.before)
  const entries = await listEntryPage(db, asked)
  if (entries.length === 0) return []
  const ids = entries.map(({ id }) => id)
  const lines = Map.groupBy(await listLines(db, ids), ({ entryId }) => entryId)
  return entries.map(({ id, bookingDate, createdAt, actor, reversesEntryId, ...entry }) => ({
    entryId: id,
    studioId: entry.studioId,
    bookingDate: bookingDate.toString(),
    kind: entry.kind,
    description: entry.description,
    bookedBy: actor,
    bookedAt: createdAt.toString(),
    currency: lines.get(id)?.[0]?.currency ?? '',
    ...nonNull({ reversesEntryId }),
    lines: (lines.get(id) ?? []).map(presentLine),
  }))
}

function presentLine(line: Awaited<ReturnType<typeof listLines>>[number]) {
  const { account, role, amount, currency, taxCodeId, customerId, claimId, creditItemId: paymentId } = line
  return {
    account,
    role,
    amount: storeMinor(readMinor(amount, currency), currency),
    ...nonNull({ taxCodeId, customerId, claimId, paymentId }),
  }
}
