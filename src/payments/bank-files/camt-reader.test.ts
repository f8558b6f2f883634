import assert from 'node:assert/strict'
import { test } from 'node:test'
import { returned, toFile, writeCamt } from '../../../test/support/camt.ts'
import { type BankEntry, BrokenBankFile, UnknownBankFile } from './bank-entry.ts'
import { readCamt } from './camt-reader.ts'

async function read(content: string | Buffer, pieces = 64): Promise<readonly BankEntry[]> {
  const found: BankEntry[] = []
  for await (const entries of readCamt(toFile(content, { pieces }).open())) found.push(...entries)
  return found
}

const fault = (content: string | Buffer) =>
  read(content).then(
    (entries) => entries.length,
    (error: unknown) => (error instanceof BrokenBankFile ? error.fault : error instanceof UnknownBankFile && 'UNKNOWN'),
  )

const whole = returned('P17', 'AM04', {
  amount: '33.10',
  instructed: '29.90',
  charges: '3.20',
  debtor: 'Mara Lindner',
  iban: 'DE62370400440532013001',
  text: 'Membership fee',
})

test('a returned direct debit reads the same in every version, with and without prefixes, in statements and notifications', async () => {
  const [expected] = await read(writeCamt([whole]))
  assert.deepEqual(
    { ...expected, bookedOn: expected?.bookedOn?.toString() },
    {
      direction: 'DEBIT',
      isBooked: true,
      amount: '33.10',
      currency: 'EUR',
      instructed: '29.90',
      charges: '3.20',
      bookedOn: '2026-06-04',
      bankRef: 'B-P17',
      endToEndId: 'P17',
      reasonCode: 'AM04',
      family: 'IDDT/UPDD',
      name: 'Mara Lindner',
      account: 'DE62…3001',
      text: 'Membership fee',
    },
  )
  for (const version of [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]) {
    for (const message of ['BkToCstmrStmt', 'BkToCstmrDbtCdtNtfctn'] as const) {
      for (const prefix of ['', 'ns2:']) {
        assert.deepEqual(
          await read(writeCamt([whole], { version, message, prefix })),
          [expected],
          `${message} ${version}`,
        )
      }
    }
  }
})

test('a file reads the same in pieces of any size, and in the encoding that it declares', async () => {
  const xml = writeCamt([returned('P1', 'MD06', { debtor: 'Jürgen Größe' }), whole])
  const expected = await read(xml, 1_000_000)
  assert.equal(expected[0]?.name, 'Jürgen Größe')
  for (const pieces of [1, 7, 300]) assert.deepEqual(await read(xml, pieces), expected)
  const latin = Buffer.from(xml.replace('UTF-8', 'ISO-8859-1'), 'latin1')
  assert.deepEqual(await read(latin, 50), expected)
  const wide = Buffer.from(`\ufeff${xml.replace('UTF-8', 'UTF-16')}`, 'utf16le')
  assert.deepEqual(await read(wide, 50), expected)
})

test('a collective entry is its transactions, each with its own amount; one without transactions is itself', async () => {
  const two = [
    { endToEndId: 'P1', amount: '10.00', reason: 'AC04' },
    { endToEndId: 'P2', instructed: '5.00', reason: 'MD01' },
  ]
  const found = await read(
    writeCamt([
      { amount: '15.00', bankRef: 'B1', transactions: two },
      { amount: '700.00', direction: 'CRDT', family: 'RCDT/ESCT', status: 'PDNG', bankRef: 'NOTPROVIDED' },
    ]),
  )
  assert.deepEqual(
    found.map(({ amount, bankRef, endToEndId, isBooked, direction }) => [
      amount,
      bankRef,
      endToEndId,
      isBooked,
      direction,
    ]),
    [
      ['10.00', 'B1', 'P1', true, 'DEBIT'],
      ['5.00', 'B1', 'P2', true, 'DEBIT'],
      ['700.00', null, null, false, 'CREDIT'],
    ],
  )
})

test('account numbers in texts are hidden, and nothing else', async () => {
  const text = 'Fee from DE62 3704 0044 0532 0130 01 for AB12CDEFGHIJKLMNOP in June'
  const [entry] = await read(writeCamt([returned('P1', 'AM04', { text })]))
  assert.equal(entry?.text, 'Fee from DE62…3001 for AB12CDEFGHIJKLMNOP in June')
})

test('a file that is no statement or notification is refused as such', async () => {
  const report = writeCamt([whole], { message: 'BkToCstmrAcctRpt' })
  const html = '<!DOCTYPE html><html><body><p>Not found</p></body></html>'
  for (const content of [
    '',
    'a,b\n1,2\n',
    '{"a": 1}',
    '<a><b/></a>',
    '<Document><Other/></Document>',
    report,
    '%PDF-1.7',
  ]) {
    assert.equal(await fault(content), 'UNKNOWN', content)
  }
  assert.equal(await fault(html), 'DOCTYPE')
})

test('a broken or hostile file is refused, and no entity is resolved', async () => {
  const xml = writeCamt([whole])
  const body = xml.slice(xml.indexOf('<Document'))
  const outside = `<!DOCTYPE Document [<!ENTITY x SYSTEM "file:///etc/passwd">]>${body.replace('Membership fee', '&x;')}`
  const bomb = `<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>${body}`
  assert.equal(await fault(outside), 'DOCTYPE')
  assert.equal(await fault(bomb), 'DOCTYPE')
  assert.equal(await fault(xml.replace('Membership fee', '&x;')), 'XML')
  assert.equal(await fault(xml.slice(0, -40)), 'XML')
  assert.equal(await fault(xml.replace('</Ntry>', '</Entry>')), 'XML')
  assert.equal(await fault(xml.replace('DBIT', 'BOTH')), 'XML')
  assert.equal(await fault(xml.replaceAll('33.10', '-33.10')), 'AMOUNT')
  assert.equal(await fault(xml.replaceAll('33.10', '1e3')), 'AMOUNT')
  assert.equal(await fault(xml.replaceAll('Ccy="EUR"', 'Ccy="??"')), 'AMOUNT')
  assert.equal(await fault(xml.replace('2026-06-04</Dt>', '2026-13-04</Dt>')), 'DATE')
  assert.equal(await fault(xml.replace('Membership fee', 'x'.repeat(1_100_000))), 'LIMIT')
  assert.equal(await fault(xml.replace('Membership fee', '<a>'.repeat(70) + '</a>'.repeat(70))), 'LIMIT')
  assert.equal(await fault(xml.replace('<Ntry>', `<!--${' '.repeat(1_100_000)}--><Ntry>`)), 'LIMIT')
  assert.equal(await fault(Buffer.from(xml.replace('Membership', 'Gebühr'), 'latin1')), 'ENCODING')
  assert.equal(await fault(xml.replace('UTF-8', 'EBCDIC-9')), 'ENCODING')
})
