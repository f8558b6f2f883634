import { Type } from 'typebox'
import { choice, date, flag, id, int32, list, text } from '../../platform/api/schema.ts'
import { staffOperation } from '../../platform/staff/staff-operation.ts'
import { rejectionReasons } from '../../accounts/index.ts'
import { entryStates, importStates, unmatchedReasons } from './bank-file-tables.ts'

const tag = 'Money'
const optional = Type.Optional
const params = Type.Object({ importId: id('The import.') })
const importAnswer = Type.Object({ importId: id('The import.') })

export const listBankImports = staffOperation({
  operationId: 'adminListBankImports',
  method: 'GET',
  path: '/admin/v1/bank-imports',
  tag,
  summary: 'list the imported bank statements, the latest 100 first, with what became of their entries',
  permissions: ['money.read'],
  answer: Type.Object({
    imports: list(
      Type.Object({
        importId: id('The import.'),
        fileName: text('The file.'),
        state: choice(importStates, 'How far it is.'),
        read: int32('Entries that were read.'),
        waiting: int32('Returns that have still to be booked.'),
        returned: int32('Payments that were returned.'),
        alreadyReturned: int32('Returns of payments that were returned before.'),
        collected: int32('Arrivals of what payment runs have collected.'),
        duplicates: int32('Entries that an earlier file had already.'),
        unmatched: int32('Entries that wait for staff.'),
        settled: int32('Entries that staff have dealt with.'),
        error: optional(text('Why the file could not be read.')),
      }),
      'The imports.',
    ),
  }),
  cli: { name: 'bank-file list' },
})

export const listBankEntries = staffOperation({
  operationId: 'adminListBankEntries',
  method: 'GET',
  path: '/admin/v1/bank-entries',
  tag,
  summary: 'list entries of bank statements, those that wait for staff unless another state is named',
  permissions: ['money.read'],
  body: Type.Object({
    state: choice(entryStates, 'what has become of them', { default: 'UNMATCHED' }),
    importId: optional(id('the import that they came with; left out: any')),
    after: id('the entry behind which to go on', { default: 0 }),
    most: int32('how many at most, 1 to 1000', { default: 100, minimum: 1, maximum: 1000 }),
  }),
  answer: Type.Object({
    entries: list(
      Type.Object({
        entryId: id('The entry.'),
        importId: id('The import.'),
        direction: choice(['CREDIT', 'DEBIT'], 'CREDIT has arrived, DEBIT has left.'),
        amount: text('Decimal.'),
        currency: text('Of the amount.'),
        bookedOn: optional(date('The booking day of the bank.')),
        unmatchedReason: optional(choice(unmatchedReasons, 'Why it belongs to nothing known.')),
        error: optional(text('Why it could not be booked.')),
        endToEndId: optional(text('The reference of who began the payment.')),
        bankRef: optional(text('The reference of the bank.')),
        reasonCode: optional(text('Why it came back, as the bank says it.')),
        rejectionReason: optional(choice(rejectionReasons, 'The same in the words of the API.')),
        cost: optional(text('What the bank has charged for it.')),
        name: optional(text('Who is on the other side.')),
        account: optional(text('The account of the other side, in part.')),
        text: optional(text('What the payer or the bank has written.')),
        paymentId: optional(id('The payment that it has returned, or was booked as.')),
        topUpEntryId: optional(id('The entry of the top-up that it has returned.')),
        note: optional(text('What staff have written.')),
      }),
      'The entries.',
    ),
  }),
  cli: { name: 'bank-file entries', options: { importId: '--import <id>', after: '--after <id>' } },
})

export const stopBankImport = staffOperation({
  operationId: 'adminStopBankImport',
  method: 'POST',
  path: '/admin/v1/bank-imports/{importId}/stop',
  tag,
  summary: 'stop an import that is under way; what is booked stays',
  permissions: ['money.post'],
  params,
  answer: importAnswer,
  cli: { name: 'bank-file stop' },
})

export const continueBankImport = staffOperation({
  operationId: 'adminContinueBankImport',
  method: 'POST',
  path: '/admin/v1/bank-imports/{importId}/continue',
  tag,
  summary: 'let an import go on that was stopped; a running server books the rest',
  permissions: ['money.post'],
  params,
  answer: importAnswer,
  cli: { name: 'bank-file continue' },
})

export const settleBankEntry = staffOperation({
  operationId: 'adminSettleBankEntry',
  method: 'POST',
  path: '/admin/v1/bank-entries/{entryId}/settle',
  tag,
  summary:
    'deal with an entry that waits: name the payment or the top-up that it returns, the customer who has paid, or write what became of it',
  permissions: ['money.post'],
  params: Type.Object({ entryId: id('The entry.') }),
  body: Type.Object({
    paymentId: optional(id('the payment that was returned')),
    topUpEntryId: optional(id('the entry of the top-up that was returned')),
    reason: optional(choice(rejectionReasons, 'why it was returned; left out: what the bank says')),
    cost: optional(text('what the bank charges the studio for the return, for instance 3.20')),
    fee: optional(text('what the customer pays for the return; left out: what the studio has set')),
    customerId: optional(id('the customer who has paid')),
    claimIds: optional(list(id('A claim.'), 'what the payment settles first')),
    note: optional(text('what has become of it')),
  }),
  answer: Type.Object({
    paymentId: optional(id('The payment that was returned, or booked.')),
    claimId: optional(id('What the customer owes for the top-up.')),
    isSettled: flag('Always true.'),
  }),
  cli: {
    name: 'bank-file settle',
    options: {
      paymentId: '--payment <id>',
      topUpEntryId: '--top-up <id>',
      customerId: '--customer <id>',
      claimIds: '--claims <ids>',
    },
  },
})
