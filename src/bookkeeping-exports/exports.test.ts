import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import iconv from 'iconv-lite'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { listAudit, listEvents } from '../../test/support/records.ts'
import { addWaitingClaim, assertLedgerWhole, topUp } from '../../test/support/scenes/accounts.ts'
import { addCustomer } from '../../test/support/scenes/customers.ts'
import { unzip } from '../../test/support/unzip.ts'
import { accountsModule, bookPayment, listJournal, writeOffClaim } from '../accounts/index.ts'
import { updateLegalEntity } from '../accounts/staff-api.ts'
import { listLegalEntities } from '../accounts/legal-entities/legal-entity-store.ts'
import { StaffOperations } from '../platform/staff/staff-operations.ts'
import type { StaffOperation } from '../platform/staff/staff-operation.ts'
import { readMoney } from '../platform/values/money.ts'
import { takeExport } from './export-store.ts'
import { bookkeepingExportsModule, takeExportFile } from './index.ts'
import * as staffApi from './staff-api.ts'

let app: TestApp
before(async () => {
  app = await openTestApp({ now: '2026-03-02T12:00:00+01:00' })
  await bookMarch()
})
after(async () => {
  await assertLedgerWhole(app)
  await app.close()
})

const path = '/v1/taxadvisor/exports'
const march = { fromDate: '2026-03-01', toDate: '2026-03-31', exportFormat: 'SINGLE', exportFileFormat: 'JSON' }
const operations = new StaffOperations()
accountsModule.staff?.(operations)
bookkeepingExportsModule.staff?.(operations)
async function run(operation: StaffOperation, params: Record<string, unknown>, body: object): Promise<any> {
  const actor = { kind: 'STAFF', id: 7 } as const
  const caller = { actor, tenantId: app.berlin.tenantId, traceId: '1'.repeat(32), permissions: 'ALL' } as const
  return (await operations.run(app.platform.units, caller, operation, { params, body, dryRun: false })).answer
}
const readCode = ({ status, body }: { status: number; body: any }) => `${status} ${body.errorCode.split('.').at(-1)}`

/** Two charges at 19 %, one at 7 %, and a credit note at 19 %; the month is closed on 1 April at half past three. */
async function bookMarch() {
  const customerId = await addCustomer(app)
  for (const amount of ['29.90', '29.90', '-17.61'])
    await addWaitingClaim(app, { customerId, amount, due: '2026-03-10' })
  await addWaitingClaim(app, { customerId, amount: '10.00', due: '2026-03-11', taxCode: 'REDUCED' })
  await app.travelTo('2026-04-01T02:00:00+02:00')
}

async function fetchFile(exportId: number): Promise<Buffer> {
  const { body, status } = await app.get(`${path}/${exportId}`)
  assert.equal(status, 200, JSON.stringify(body))
  const { pathname, search } = new URL(body.downloadUrl)
  return (await app.app.server.inject({ method: 'GET', url: pathname + search })).rawPayload
}

async function write(wish: object): Promise<Buffer> {
  const created = await app.post(`${path}/create`, { ...march, ...wish })
  assert.equal(created.status, 200, created.text)
  await app.app.scheduler.runDue(app.berlin.tenantId)
  return fetchFile(created.body.exportId)
}

test('an export of days that are not closed yet is accepted and waits for the close', async () => {
  const known = (await listEvents(app)).length
  const { status, body } = await app.post(`${path}/create`, march)
  assert.equal(status, 200)
  await app.app.scheduler.runDue(app.berlin.tenantId)
  assert.equal(readCode(await app.get(`${path}/${body.exportId}`)), '404 notReady')
  assert.equal((await app.get(`${path}/${body.exportId}`, { as: app.hamburg })).status, 404)
  await app.travelTo('2026-04-01T03:31:00+02:00')
  const ready = (await app.get(`${path}/${body.exportId}`)).body
  const { downloadUrl, ...echo } = ready
  assert.deepEqual(echo, march)
  assert.match(downloadUrl, /\/files\/\d+\?exp=/)
  const announced = (await listEvents(app)).slice(known).filter(({ type }) => type === 'TAX_ADVISOR_EXPORT_CREATED')
  assert.deepEqual(
    announced.map(({ entityId }) => entityId),
    [body.exportId],
  )
  const { meta, rows } = JSON.parse(String(await fetchFile(body.exportId)))
  assert.deepEqual([meta.fromDate, meta.currency, rows.length], ['2026-03-01', 'EUR', 4])
  const [first] = rows
  const { documentNumber, customerNumber, ...booked } = first
  assert.ok(Number(documentNumber) > 0 && customerNumber !== '')
  assert.deepEqual(booked, {
    bookingDate: '2026-03-10',
    account: '10000',
    contraAccount: '8400',
    side: 'S',
    amount: 29.9,
    currency: 'EUR',
    taxKey: '',
    taxRate: 19,
    net: 25.13,
    tax: 4.77,
    text: 'Membership fee',
    serviceFrom: null,
    serviceTo: null,
  })
})

test('sums add up bookings by month, accounts, tax and side', async () => {
  const { rows } = JSON.parse(String(await write({ exportFormat: 'AGGREGATED' })))
  assert.deepEqual(
    rows.map(({ account, contraAccount, side, amount, net, tax }: any) => [
      account,
      contraAccount,
      side,
      amount,
      net,
      tax,
    ]),
    [
      ['1400', '8300', 'S', 10, 9.35, 0.65],
      ['1400', '8400', 'H', 17.61, 14.8, 2.81],
      ['1400', '8400', 'S', 59.8, 50.26, 9.54],
    ],
  )
})

test('a table is written as the studio speaks, or as it was asked for', async () => {
  const german = String(await write({ exportFileFormat: 'CSV' }))
  assert.ok(german.startsWith('\ufeffBuchungsdatum;Belegnummer;Konto;'))
  assert.match(german, /\r\n10\.03\.2026;\d+;10000;8400;S;29,90;EUR;;19;25,13;4,77;Membership fee;/)
  const english = String(await write({ exportFileFormat: 'CSV', exportLocale: 'ENGLISH' }))
  assert.match(english, /\r\n2026-03-10,\d+,10000,8400,S,29.90,EUR,,19,25.13,4.77,/)
})

test('the same closed days give the same bytes, in every format', async () => {
  for (const exportFileFormat of ['JSON', 'CSV', 'XLSX']) {
    for (const exportFormat of ['SINGLE', 'AGGREGATED']) {
      const [one, two] = [
        await write({ exportFileFormat, exportFormat }),
        await write({ exportFileFormat, exportFormat }),
      ]
      assert.ok(one.length > 100 && one.equals(two), exportFileFormat)
    }
  }
})

test('a workbook has the rows as text, numbers and days, and a sheet of totals', async () => {
  const parts = unzip(await write({ exportFileFormat: 'XLSX' }))
  const sheet = String(parts.get('xl/worksheets/sheet1.xml'))
  assert.equal(sheet.match(/<row /g)?.length, 5)
  assert.match(sheet, /<row r="2"><c r="A2" s="2"><v>46091<\/v><\/c>.*?<c r="F2" s="1"><v>29\.90<\/v><\/c>/)
  const totals = String(parts.get('xl/worksheets/sheet2.xml'))
  assert.match(totals, /8400<\/t>.*?>S<\/t>.*?<v>59\.80<\/v>.*?<v>50\.26<\/v>.*?<v>9\.54<\/v>/)
})

test('the days of an export are in order, over, and at most 90 apart', async () => {
  const ask = async (fromDate: string, toDate: string) => {
    const answer = await app.post(`${path}/create`, { ...march, fromDate, toDate })
    return answer.status === 200 ? '200' : readCode(answer)
  }
  assert.equal(await ask('2026-03-02', '2026-03-01'), '400 dateOrder')
  assert.equal(await ask('2026-03-02', '2026-04-01'), '400 mustBePast')
  assert.equal(await ask('2025-07-01', '2025-09-30'), '400 dateRangeTooLong')
  assert.equal(await ask('2025-03-31', '2025-06-29'), '200')
})

test('a DATEV batch needs its numbers, and read back it is the journal', async () => {
  const { studioId } = app.berlin
  await run(staffApi.setCsvProfile, { studioId }, { csvProfile: 'DATEV_EXTF' })
  const wish = { ...march, exportFileFormat: 'CSV' }
  assert.equal(readCode(await app.post(`${path}/create`, wish)), '400 accountingNotConfigured')
  const [books] = await app.read(({ db }) => listLegalEntities(db))
  const numbers = { datevConsultant: '29098', datevClient: '55003' }
  await run(updateLegalEntity, { legalEntityId: books?.id }, numbers)
  const batch = await write(wish)
  const [header = '', , ...lines] = iconv.decode(batch, 'win1252').trimEnd().split('\r\n')
  assert.match(
    header,
    /^"EXTF";700;21;"Buchungsstapel";13;20260401000000000;;"RE";"";"";29098;55003;20260101;4;20260301;20260331;/,
  )
  assert.match(lines[0] ?? '', /^29,90;"S";"EUR";;;"";10000;8400;"";1003;"\d+";"";;"Membership fee"$/)
  const from = Temporal.PlainDate.from('2026-03-01')
  const entries = await app.read(({ db }) =>
    listJournal(db, { studioId, from, to: from.add({ days: 30 }), limit: 100 }),
  )
  const booked = entries.map(({ id, lines: all }) => `${id} ${all.find(({ role }) => role === 'RECEIVABLE')?.amount}`)
  const read = lines.map((line) => {
    const cells = line.replaceAll('"', '').split(';')
    return `${cells[10]} ${cells[1] === 'H' ? '-' : ''}${cells[0]?.replace(',', '')}`
  })
  assert.deepEqual(read, booked)
  const years = await write({ ...wish, fromDate: '2025-12-01', toDate: '2026-01-31' })
  assert.equal(years.subarray(0, 2).toString(), 'PK')
  await run(staffApi.setCsvProfile, { studioId }, { csvProfile: 'PLAIN' })
})

test('money that moves is booked against its account, and debt that is given up with the tax in it', async () => {
  await app.travelTo('2026-04-02T12:00:00+02:00')
  const customerId = await addCustomer(app)
  await topUp(app, customerId, '5.00')
  const claimId = await addWaitingClaim(app, { customerId, amount: '10.00', due: '2026-04-03' })
  await app.travelTo('2026-04-03T12:00:00+02:00')
  const amount = readMoney('4.00', 'EUR', 'amount')
  const payment = { customerId, studioId: app.berlin.studioId, method: 'CASH', description: 'Paid' } as const
  await app.write((work) => bookPayment(work, { ...payment, amount, journalKey: 'april' }))
  await app.write((work) => writeOffClaim(work, { claimId, journalKey: 'april' }))
  await app.travelTo('2026-04-04T12:00:00+02:00')
  const { rows } = JSON.parse(String(await write({ fromDate: '2026-04-02', toDate: '2026-04-03' })))
  const mine = rows.map(({ account, contraAccount, side, amount: gross, net, tax }: any) => [
    ...[account, contraAccount, side, gross, net, tax],
  ])
  assert.deepEqual(mine, [
    ['1000', '1710', 'S', 5, 5, 0],
    ['10001', '8400', 'S', 10, 8.4, 1.6],
    ['1000', '10001', 'S', 4, 4, 0],
    ['10001', '2400', 'H', 6, 5.04, 0.96],
  ])
})

test('an export whose process has died is written by the next one, from the beginning', async () => {
  const { body } = await app.post(`${path}/create`, march)
  const realNow = app.platform.real.now()
  const take = (until: Temporal.Instant) =>
    app.write(({ tx }) => takeExport(tx, body.exportId, { token: crypto.randomUUID(), now: until, until }))
  assert.equal(await take(realNow.add({ hours: 1 })), true)
  await app.app.scheduler.runDue(app.berlin.tenantId)
  assert.equal(readCode(await app.get(`${path}/${body.exportId}`)), '404 notReady')
  const takeFile = () => app.write((work) => takeExportFile(work, body.exportId))
  await assert.rejects(takeFile(), { code: 'errormessage.taxExport.notReady' })
  assert.equal(await take(realNow.add({ hours: 2 })), true, 'as if the lease had ended')
  await app.write(({ tx }) =>
    takeExport(tx, body.exportId, { token: crypto.randomUUID(), now: realNow.add({ hours: 3 }), until: realNow }),
  )
  await app.app.scheduler.runDue(app.berlin.tenantId)
  assert.equal(JSON.parse(String(await fetchFile(body.exportId))).rows.length, 4)
  const { exports } = await run(staffApi.listTaxExports, {}, { studioId: app.berlin.studioId })
  assert.equal(exports[0].state, 'READY')
  assert.equal(await takeFile(), exports[0].fileId)
  const taken = (await listAudit(app)).findLast(({ action }) => action === 'taxExport.fileTaken')
  assert.equal(taken?.entityId, body.exportId)
})
