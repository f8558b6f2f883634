import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { type CamtEntry, returned, toFile, writeCamt } from '../../../test/support/camt.ts'
import { assertLedgerWhole, selectAccount } from '../../../test/support/scenes/accounts.ts'
import { addCharge, addCollected } from '../../../test/support/scenes/collection-scene.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import { listClaims, refundCredit, topUpCredit } from '../../accounts/index.ts'
import { journalEntries } from '../../accounts/tables.ts'
import { ApiError } from '../../platform/errors/errors.ts'
import type { RunUnit } from '../../platform/units/work.ts'
import { formatAmount, readMoney } from '../../platform/values/money.ts'
import { configureReturns } from '../returning/return-settings.ts'
import { bankEntries, bankImports } from '../tables.ts'
import { bookReturns } from './booking.ts'
import { listEntries } from './entry-store.ts'
import { importBankFile } from './import-file.ts'
import { continueImport, readBankFile, stopImport } from './imports.ts'
import { type Settlement, settleEntry } from './settling.ts'

let app: TestApp
before(async () => void (app = await openTestApp()))
after(async () => {
  await assertLedgerWhole(app)
  await app.close()
})

const run: RunUnit = (work) => app.write(work)
const quiet = () => undefined
const take = (content: string, fileName = 'camt.xml') => importBankFile(run, toFile(content, { fileName }), quiet)
const balance = (customerId: number) =>
  app.read(async ({ db }) => formatAmount((await selectAccount(db, customerId)).balance))
const readEntries = (importId: number) =>
  app.read(({ db }) =>
    db.select().from(bankEntries).where(eq(bankEntries.importId, importId)).orderBy(bankEntries.position),
  )
const shown = async (importId: number) =>
  (await readEntries(importId)).map(({ state, unmatchedReason }) => unmatchedReason ?? state)
const booked = async () => (await app.read(({ db }) => db.select().from(journalEntries))).length
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => (error instanceof ApiError ? error.code : error),
  )
const credit: CamtEntry = { amount: '40.00', direction: 'CRDT', family: 'RCDT/ESCT', bankRef: 'C' }

test('returns of a file are booked with reason, cost and fee; the same file again changes nothing', async () => {
  const { studioId } = app.berlin
  await app.write((work) => configureReturns(work, studioId, { fee: '5.00' }))
  const one = await addCollected(app)
  const other = await addCollected(app, { amount: '49.90' })
  const more = { amount: '33.10', instructed: '29.90', charges: '3.20' }
  const file = writeCamt([
    returned(one.endToEndId, 'AM04', more),
    returned(other.endToEndId, 'AC04', { amount: '49.90' }),
  ])
  const { importId, ...first } = await take(file)
  const { state, read, returned: count, waiting, unmatched } = first
  assert.deepEqual([state, read, count, waiting, unmatched], ['COMPLETED', 2, 2, 0, 0])
  assert.deepEqual([await balance(one.customerId), await balance(other.customerId)], ['-34.90', '-54.90'])
  assert.deepEqual(
    (await readEntries(importId)).map(({ paymentId, cost, rejectionReason }) => [paymentId, cost, rejectionReason]),
    [
      [one.paymentId, '3.2000', 'INSUFFICIENT_COVERING'],
      [other.paymentId, null, 'CLOSED_BANKACCOUNT'],
    ],
  )
  const entries = await booked()
  assert.deepEqual(await take(file), { importId, ...first })
  assert.equal(await booked(), entries)
  await app.write((work) => configureReturns(work, studioId, { fee: '0' }))
})

test('what stands in a notification and in a statement is booked once, and so is what comes with another reference', async () => {
  const { customerId, endToEndId } = await addCollected(app)
  const first = await take(writeCamt([returned(endToEndId), credit, credit]))
  assert.deepEqual(await shown(first.importId), ['RETURNED', 'INCOMING', 'INCOMING'])
  const again = [returned(endToEndId, 'AM04', { text: 'Statement' }), credit, credit, credit]
  const second = await take(writeCamt(again, { message: 'BkToCstmrStmt' }))
  assert.deepEqual(await shown(second.importId), ['DUPLICATE', 'DUPLICATE', 'DUPLICATE', 'INCOMING'])
  const third = await take(writeCamt([returned(endToEndId, 'MD06', { bankRef: 'Other' }), returned(endToEndId)]))
  assert.deepEqual(await shown(third.importId), ['ALREADY_RETURNED', 'DUPLICATE'])
  assert.equal(await balance(customerId), '-29.90')
})

test('entries that belong to nothing known are kept with the reason', async () => {
  const { endToEndId } = await addCollected(app)
  const refunded = await addCollected(app, { claimIds: [] })
  const refund = { customerId: refunded.customerId, studioId: app.berlin.studioId, method: 'CASH' } as const
  const amount = readMoney('9.90', 'EUR', 'amount')
  await app.write((work) => refundCredit(work, { ...refund, amount, description: 'Refund', journalKey: 'refund' }))
  const { importId, unmatched } = await take(
    writeCamt([
      returned('P999999999'),
      returned('RF18-2026'),
      returned(endToEndId, 'AM04', { amount: '12.00' }),
      returned(refunded.endToEndId),
      { ...credit, bankRef: 'C2' },
      { amount: '800.00', family: 'ICDT/ESCT', transactions: [{ text: 'Rent' }] },
      { ...returned(endToEndId), status: 'PDNG' },
      { ...credit, bankRef: 'C3', amount: '29.90', transactions: [{ endToEndId }] },
    ]),
  )
  assert.equal(unmatched, 7)
  assert.deepEqual(await shown(importId), [
    'UNKNOWN_COLLECTION',
    'UNKNOWN_COLLECTION',
    'AMOUNT_DIFFERS',
    'TAKEN_BACK_BEFORE',
    'INCOMING',
    'OUTGOING',
    'ANNOUNCED',
    'COLLECTED',
  ])
  const open = await app.read(({ db }) => listEntries(db, { importId, state: 'UNMATCHED', after: 0, limit: 3 }))
  assert.deepEqual(
    open.map(({ position }) => position),
    [1, 2, 3],
  )
})

test('a return that comes before its payment is booked waits for it', async () => {
  const collected = await addCollected(app, { isUnderWay: true })
  const { importId, unmatched } = await take(writeCamt([returned(collected.endToEndId)]))
  assert.deepEqual([unmatched, ...(await shown(importId))], [1, 'NOT_COLLECTED_YET'])
  await app.app.scheduler.runDue(app.berlin.tenantId)
  assert.deepEqual(await shown(importId), ['RETURNED'])
  assert.equal(await balance(collected.customerId), '-29.90')
})

test('staff settle an entry by the payment that it returns, the customer who has paid, or a note, once', async () => {
  const customerId = await addCustomer(app)
  const claimId = await addCharge(app, customerId, '40.00')
  const { paymentId, customerId: debtor } = await addCollected(app)
  const { importId } = await take(
    writeCamt([returned('P1'), { ...credit, bankRef: 'S1' }, { ...credit, bankRef: 'S2', amount: '1.00' }]),
  )
  const [back, paid, other] = (await readEntries(importId)).map(({ id }) => id)
  const settle = (entryId = 0, settlement: Settlement) => app.write((work) => settleEntry(work, entryId, settlement))
  assert.equal(await refusal(settle(back, {})), 'errormessage.validation.required')
  assert.equal(await refusal(settle(back, { customerId })), 'errormessage.bankEntry.wrongDirection')
  assert.equal(await refusal(settle(paid, { paymentId })), 'errormessage.bankEntry.wrongDirection')
  assert.equal(await refusal(settle(1, { note: 'x' })), 'errormessage.bankEntry.notFound')
  assert.deepEqual(await settle(back, { paymentId, cost: '3.20', fee: '2.00' }), { paymentId })
  assert.equal(await balance(debtor), '-31.90')
  assert.ok((await settle(paid, { customerId, claimIds: [claimId] })).paymentId)
  assert.equal(await balance(customerId), '0.00')
  await settle(other, { note: 'Interest of the bank' })
  assert.deepEqual(await shown(importId), ['SETTLED', 'SETTLED', 'SETTLED'])
  assert.equal(await refusal(settle(back, { paymentId })), 'errormessage.bankEntry.notOpen')
})

test('staff settle an entry by the top-up that it returns: the customer owes it, and the credit stays', async () => {
  const customerId = await addCustomer(app)
  const amount = readMoney('20.00', 'EUR', 'amount')
  const move = {
    customerId,
    studioId: app.berlin.studioId,
    amount,
    method: 'DIRECT_DEBIT',
    description: 'Credit',
  } as const
  const topUpEntryId = await app.write((work) => topUpCredit(work, { ...move, journalKey: 'settled-top-up' }))
  const { paymentId } = await addCollected(app)
  const { importId } = await take(writeCamt([returned('TOP-UP', 'AM04'), { ...credit, bankRef: 'S3' }]))
  const [back = 0, paid = 0] = (await readEntries(importId)).map(({ id }) => id)
  const settle = (entryId: number, settlement: Settlement) =>
    app.write((work) => settleEntry(work, entryId, settlement))
  assert.equal(await refusal(settle(back, { topUpEntryId, paymentId })), 'errormessage.validation.format')
  assert.equal(await refusal(settle(back, { topUpEntryId, customerId })), 'errormessage.validation.format')
  assert.equal(await refusal(settle(paid, { topUpEntryId })), 'errormessage.bankEntry.wrongDirection')
  assert.equal(await refusal(settle(back, { topUpEntryId: 1 })), 'errormessage.journalEntry.notFound')
  const { claimId } = await settle(back, { topUpEntryId, cost: '3.20', fee: '2.00' })
  const { balance: owed, credit: prepaid } = await app.read(({ db }) => selectAccount(db, customerId))
  assert.deepEqual([formatAmount(owed), formatAmount(prepaid)], ['-22.00', '20.00'])
  const claims = await app.read(({ db }) => listClaims(db, [claimId ?? 0]))
  assert.deepEqual(
    claims.map((claim) => [claim.openAmount, claim.latestRejectionReason]),
    [[2000n, 'INSUFFICIENT_COVERING']],
  )
  const [settled] = await readEntries(importId)
  assert.deepEqual(
    [settled?.state, settled?.topUpEntryId, settled?.paymentId, settled?.rejectionReason],
    ['SETTLED', topUpEntryId, null, 'INSUFFICIENT_COVERING'],
  )
})

test('a wrong or broken file is refused as a whole, and a whole one may follow', async () => {
  const { customerId, endToEndId } = await addCollected(app)
  const many = Array.from({ length: 3000 }, (_, at) => ({ ...credit, bankRef: `W${at}` }))
  const whole = writeCamt([returned(endToEndId), ...many])
  assert.equal(await refusal(take('a;b\n')), 'errormessage.bankFile.notSupported')
  assert.equal(await refusal(take(whole.slice(0, -60))), 'errormessage.bankFile.invalid')
  assert.equal(await balance(customerId), '0.00')
  const failed = await app.read(({ db }) => db.select().from(bankImports).where(eq(bankImports.state, 'FAILED')))
  assert.deepEqual(
    failed.map(({ error, readTo }) => [error, readTo]),
    [
      ['errormessage.bankFile.notSupported', 0],
      ['errormessage.bankFile.invalid', 0],
    ],
  )
  assert.deepEqual(await readEntries(failed[1]?.id ?? 0), [])
  const { read, returned: count, unmatched } = await take(whole)
  assert.deepEqual([read, count, unmatched], [3001, 1, 3000])
})

test('an import that is broken off goes on where it was, in reading and in booking', async () => {
  const collected = [await addCollected(app), await addCollected(app), await addCollected(app)]
  const many = Array.from({ length: 2500 }, (_, at) => ({ ...credit, bankRef: `R${at}` }))
  const content = writeCamt([...many, ...collected.map(({ endToEndId }) => returned(endToEndId))])
  const file = toFile(content, { pieces: 9999 })
  const dies = (entries: number) => {
    if (entries === 2500) throw new Error('The process has died.')
  }
  await assert.rejects(readBankFile(run, file, dies), /died/)
  const find = () => app.read(({ db }) => db.select().from(bankImports).where(eq(bankImports.sha256, file.sha256)))
  const [broken] = await find()
  assert.deepEqual([broken?.state, broken?.readTo, broken?.isRead], ['READING', 2500, false])
  const importId = broken?.id ?? 0
  await app.write((work) => stopImport(work, importId))
  assert.equal(await refusal(app.write((work) => continueImport(work, importId))), 'errormessage.bankImport.notRead')
  const further: number[] = []
  assert.equal(await readBankFile(run, file, (entries) => void further.push(entries)), importId)
  assert.deepEqual(further, [2503])
  assert.equal((await readEntries(importId)).length, 2503)
  let units = 0
  await bookReturns(run, importId, () => ++units < 2)
  await app.write((work) => stopImport(work, importId))
  await bookReturns(run, importId, () => true)
  assert.deepEqual((await shown(importId)).slice(-3), ['RETURNED', 'MATCHED', 'MATCHED'])
  await app.write((work) => continueImport(work, importId))
  await app.app.scheduler.runDue(app.berlin.tenantId)
  assert.deepEqual((await shown(importId)).slice(-3), ['RETURNED', 'RETURNED', 'RETURNED'])
  for (const { customerId } of collected) assert.equal(await balance(customerId), '-29.90')
})

test('reading ends when staff stop the import', async () => {
  const many = Array.from({ length: 5100 }, (_, at) => ({ ...credit, bankRef: `T${at}` }))
  const file = toFile(writeCamt(many), { pieces: 9999 })
  let reading = 0
  const stopping: RunUnit = async (work) => {
    const outcome = await run(work)
    reading += 1
    if (reading === 2) {
      const [found] = await app.read(({ db }) =>
        db.select().from(bankImports).where(eq(bankImports.sha256, file.sha256)),
      )
      await app.write((unit) => stopImport(unit, found?.id ?? 0))
    }
    return outcome
  }
  const importId = await readBankFile(stopping, file, quiet)
  assert.equal((await readEntries(importId)).length, 2500)
})
