import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp } from '../../test/support/app.ts'
import { addDebtor, collect, openAgency } from '../../test/support/scenes/collection.ts'
import { customers } from '../customers/customer-table.ts'
import { customerLiablePersons } from '../customers/tables.ts'
import { eraseCustomer } from '../privacy/index.ts'
import { paymentInstruments } from '../payments/tables.ts'

test('an agency reads what was known at the handover, account numbers in clear, and states as they are now', async () => {
  await using app = await openTestApp()
  await openAgency(app)
  const { customerId } = await addDebtor(app, ['29.90'])
  const { secrets } = app.platform
  await app.write(async ({ tx, now }) => {
    const stamps = { createdAt: now, updatedAt: now }
    const account = { holder: 'Mara Lindner', bank: 'Commerzbank', bic: 'COBADEFFXXX', isRunDefault: true }
    const sealed = { accountEnc: secrets.seal('field', 'DE89370400440532013000') }
    await tx
      .insert(paymentInstruments)
      .values({ customerId, type: 'SEPA', state: 'ACTIVE', ...account, ...sealed, ...stamps })
    const parent = {
      firstName: 'Paula',
      lastName: 'Lindner',
      phone: '+49 30 1',
      taxIdEnc: secrets.seal('field', '123'),
    }
    await tx.insert(customerLiablePersons).values({ customerId, ...parent, ...stamps })
  })
  const { runId } = await collect(app, customerId)
  const read = async () => (await app.get(`/v1/debt-collection/${runId}/debtors`)).body.result[0]
  const first = await read()
  assert.deepEqual(first.paymentDetails, {
    bank: 'Commerzbank',
    iban: 'DE89370400440532013000',
    bic: 'COBADEFFXXX',
    accountHolder: 'Mara Lindner',
    bankCountryCode: 'DE',
  })
  assert.deepEqual(
    [first.addressLine1, first.addressLine2, first.addressLine3, first.city, first.sex],
    ['Lindenallee', '10435 Berlin', 'Deutschland', 'Berlin', 'UNISEX'],
  )
  assert.deepEqual(first.liablePerson.identificationNumber, '123')
  assert.deepEqual(first.contactDetails, [
    { type: 'EMAIL', value: 'mara@mail.example', status: { type: 'NOT_YET_USED' } },
  ])
  const [debt] = first.collectionCases[0].debt
  assert.deepEqual([debt.amount, debt.recurrence, debt.maturityType], [29.9, { period: 'ONCE' }, 'NORMAL'])
  await app.write(({ tx }) =>
    tx.update(customers).set({ lastName: 'Neu', emailStatus: 'BOUNCED' }).where(eq(customers.id, customerId)),
  )
  const later = await read()
  assert.deepEqual([later.lastName, later.contactDetails[0].status.type], ['Lindner', 'INVALID'])
})

test('nobody reads any more who an erased debtor was, and the amounts stay', async () => {
  await using app = await openTestApp()
  await openAgency(app, { restrictAccess: false })
  const { customerId } = await addDebtor(app, ['29.90'])
  const collected = await collect(app, customerId)
  await assert.rejects(
    app.write((work) => eraseCustomer(work, customerId)),
    { code: 'errormessage.customer.erasureBlocked' },
  )
  const { debtorId, caseId, debtIds } = collected
  const debt = { debtId: debtIds[0], originalAmount: 29.9, canceledAmount: 0, paidAmount: 29.9, currency: 'EUR' }
  const closure = { type: 'POSITIVE', date: '2026-06-15', closureReason: 'Mara has paid' }
  const file = { agencyCollectionCaseId: 'file', collectionCaseIds: [caseId], debts: [debt], closure }
  const body = { requestId: 'last', debtors: [{ debtorId, agencyCollectionCases: [file] }] }
  assert.equal((await app.post('/v1/debt-collection/update', body)).status, 200)
  await app.write((work) => eraseCustomer(work, customerId))
  assert.deepEqual((await app.get(`/v1/debt-collection/${collected.runId}/debtors`)).body.result, [])
  const [found] = (await app.get(`/v1/debt-collection/cases?debtorId=${debtorId}`)).body
  const [shown] = found.agencyCollectionCases
  assert.deepEqual([shown.debts[0].paidAmount, shown.closure], [29.9, { type: 'POSITIVE', date: '2026-06-15' }])
})
