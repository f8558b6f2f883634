import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertPain008, readPain008 } from '../../../test/support/pain-008.ts'
import type { SequenceType } from './mandate-use-rules.ts'
import { type DirectDebit, type DirectDebitFile, writePain008 } from './pain-008.ts'

const eur = (minor: bigint) => ({ minor, currency: 'EUR' })
const debit = (id: number, minor: bigint, more: Partial<DirectDebit> = {}): DirectDebit => ({
  endToEndId: `P${id}`,
  amount: eur(minor),
  mandateRef: `123-10000-${id}`,
  signedOn: Temporal.PlainDate.from('2026-04-01'),
  holder: 'Jürgen <Müller> & Söhne',
  iban: 'DE89370400440532013000',
  bic: null,
  text: 'Mitgliedsbeitrag; Spind & "Handtuch"',
  ...more,
})
const debits: Partial<Record<SequenceType, DirectDebit[]>> = {
  FRST: [debit(1, 3980n), debit(2, 4990n, { bic: 'COBADEFFXXX', holder: 'x'.repeat(99), text: 'ü'.repeat(200) })],
  RCUR: [debit(3, 10n, { mandateRef: 'Mandat Ä 7' })],
}
const file: DirectDebitFile = {
  version: 'pain.008.001.08',
  messageId: 'R4711',
  createdAt: Temporal.Instant.from('2026-04-29T10:00:00.123Z'),
  collectionDate: Temporal.PlainDate.from('2026-05-04'),
  creditor: {
    name: 'Fitness Öl GmbH',
    iban: 'DE75512108001245126199',
    bic: 'SOGEDEFFXXX',
    creditorId: 'DE98ZZZ09999999999',
  },
  batches: [
    { sequenceType: 'FRST', count: 2, sum: eur(8970n) },
    { sequenceType: 'RCUR', count: 1, sum: eur(10n) },
  ],
}

async function write(changes: Partial<DirectDebitFile> = {}): Promise<string> {
  const chunks: Uint8Array[] = []
  const read = async function* (type: SequenceType) {
    yield* (debits[type] ?? []).map((each) => [each])
  }
  for await (const chunk of writePain008({ ...file, ...changes }, read)) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

for (const version of ['pain.008.001.08', 'pain.008.001.02'] as const) {
  test(`a file of ${version} keeps to the schema of the banks, whatever people are called`, async () => {
    await assertPain008(await write({ version }))
    const { creditor } = file
    await assertPain008(await write({ version, creditor: { ...creditor, bic: null } }))
  })
}

test('control: what breaks the schema is noticed', async () => {
  const xml = await write()
  await assert.rejects(assertPain008(xml.replace('<SeqTp>FRST', '<SeqTp>NEXT')))
  await assert.rejects(assertPain008(xml.replace('<Nm>Juergen', `<Nm>${'x'.repeat(141)}`)))
})

test('header and batches say how many collections there are and what they come to', async () => {
  const read = readPain008(await write())
  assert.deepEqual(read.counts, ['3', '2', '1'])
  assert.deepEqual(read.sums, ['89.80', '89.70', '0.10'])
  assert.deepEqual(read.sequences, ['FRST', 'RCUR'])
  assert.deepEqual(read.amounts, ['39.80', '49.90', '0.10'])
  assert.deepEqual(read.references, ['P1', 'P2', 'P3'])
  assert.deepEqual(read.debtors[0], 'Juergen .Mueller. + Soehne')
  assert.deepEqual([read.debtors[1]?.length, read.texts[1]?.length, read.mandates[2]], [70, 140, 'Mandat Ae 7'])
})

test('the same collections give the same bytes', async () => {
  assert.equal(await write(), await write())
})
