import { Type } from 'typebox'
import { choice, date, dateTime, id, int32, list, text } from '../../platform/api/schema.ts'
import { staffOperation } from '../../platform/staff/staff-operation.ts'
import { entryKinds } from './journal-tables.ts'

const tag = 'Money'
const read = ['accounting.read'] as const
const optional = Type.Optional
const studioOption = { studioId: '--studio <id>' }

const line = Type.Object({
  account: text('Number of the account in the books.'),
  role: text('What the account is for.'),
  amount: text('Debit above zero, credit below.'),
  taxCodeId: optional(id('The tax code, of revenue and tax.')),
  customerId: optional(id('Whose account it moves.')),
  claimId: optional(id('The charge that it is about.')),
  paymentId: optional(id('The payment or other credit that it is about.')),
})

export const listJournalEntries = staffOperation({
  operationId: 'adminListJournalEntries',
  method: 'GET',
  path: '/admin/v1/journal',
  tag,
  summary: 'list entries of the journal of a studio or about a customer, the latest first',
  permissions: read,
  body: Type.Object({
    studioId: optional(id('the studio where it happened; left out: any')),
    customerId: optional(id('the customer whose money it is; left out: any')),
    from: optional(date('first booking day')),
    to: optional(date('last booking day')),
    kind: optional(choice(entryKinds, 'what has happened')),
    before: optional(id('only entries that stand behind this one in the list: for the next page')),
    most: int32('how many at most, 1 to 1000', { default: 100, minimum: 1, maximum: 1000 }),
  }),
  answer: Type.Object({
    entries: list(
      Type.Object({
        entryId: id('The entry.'),
        studioId: id('Where it happened.'),
        bookingDate: date('The day on which it stands.'),
        kind: choice(entryKinds, 'What has happened.'),
        description: text('In words.'),
        bookedBy: text('Who did it, as the audit log names it.'),
        bookedAt: dateTime('When it was written.'),
        currency: text('Of its amounts.'),
        reversesEntryId: optional(id('The entry that it undoes.')),
        lines: list(line, 'They add up to zero.'),
      }),
      'The entries.',
    ),
  }),
  cli: {
    name: 'ledger entries',
    options: { ...studioOption, customerId: '--customer <id>', before: '--before <id>', most: '--most <n>' },
  },
})

export const listClosedDays = staffOperation({
  operationId: 'adminListClosedDays',
  method: 'GET',
  path: '/admin/v1/closed-days',
  tag,
  summary: 'list the booking days of a studio that are closed, the latest 366 first',
  permissions: read,
  body: Type.Object({ studioId: id('the studio') }),
  answer: Type.Object({
    days: list(
      Type.Object({
        day: date('The day.'),
        entries: int32('Entries that stand on it.'),
        debit: text('What they come to on the debit side.'),
        sha256: text('Over its entries and lines, in hexadecimal digits.'),
        closedAt: dateTime('When it was closed.'),
      }),
      'The days.',
    ),
  }),
  cli: { name: 'ledger closed-days', options: studioOption },
})
