import type { StaffOperations } from '../../platform/staff/staff-operations.ts'
import { nonNull } from '../../platform/values/defined.ts'
import { readMoney, formatAmount } from '../../platform/values/money.ts'
import { type EntryRow, listEntries } from './entry-store.ts'
import { listImports } from './import-store.ts'
import { continueImport, stopImport } from './imports.ts'
import { settleEntry } from './settling.ts'
import * as api from './staff-bank-file-api.ts'

const SHOWN = 100

/** Binds what staff do about bank statements. */
export function bankFileStaff(operations: StaffOperations) {
  operations.read(api.listBankImports, async ({ db }) => ({
    imports: (await listImports(db, { limit: SHOWN })).map(presentImport),
  }))
  operations.read(api.listBankEntries, async ({ db }, { body: { most: limit, ...question } }) => ({
    entries: (await listEntries(db, { ...question, limit })).map(presentEntry),
  }))
  operations.write(api.stopBankImport, async (work, { params: { importId } }) => {
    await stopImport(work, importId)
    return { importId }
  })
  operations.write(api.continueBankImport, async (work, { params: { importId } }) => {
    await continueImport(work, importId)
    return { importId }
  })
  operations.write(api.settleBankEntry, async (work, { params: { entryId }, body }) => {
    return { isSettled: true, ...(await settleEntry(work, entryId, body)) }
  })
}

type ListedImport = Awaited<ReturnType<typeof listImports>>[number]

/** An import with what has become of its entries. */
export function presentImport({ id: importId, fileName, state, readTo: read, error, counts }: ListedImport) {
  const tally = (state: EntryRow['state']) => counts.get(state) ?? 0
  return {
    importId,
    fileName,
    state,
    read,
    waiting: tally('MATCHED'),
    returned: tally('RETURNED'),
    alreadyReturned: tally('ALREADY_RETURNED'),
    collected: tally('COLLECTED'),
    duplicates: tally('DUPLICATE'),
    unmatched: tally('UNMATCHED'),
    settled: tally('SETTLED'),
    ...nonNull({ error }),
  }
}

function presentEntry(entry: EntryRow) {
  const { id: entryId, importId, direction, currency, bookedOn, cost, endToEndId, bankRef, reasonCode } = entry
  const { unmatchedReason, error, rejectionReason, name, account, text, paymentId, topUpEntryId, note } = entry
  const show = (amount: string) => formatAmount(readMoney(amount, currency, 'amount'))
  return {
    entryId,
    importId,
    direction,
    amount: show(entry.amount),
    currency,
    ...nonNull({ bookedOn: bookedOn?.toString() ?? null, cost: cost === null ? null : show(cost) }),
    ...nonNull({ unmatchedReason, error, endToEndId, bankRef, reasonCode, rejectionReason }),
    ...nonNull({ name, account, text, paymentId, topUpEntryId, note }),
  }
}
