import { formatAmount, type Money } from '../../platform/values/money.ts'
import type { SequenceType } from './mandate-use-rules.ts'
import { cutSepaText } from './sepa-text-rules.ts'

/** Who collects. */
export interface Creditor {
  readonly name: string
  readonly iban: string
  readonly bic: string | null
  /** The creditor identifier, as the bank knows it. */
  readonly creditorId: string
}

/** What all collections of one sequence type come to. */
export interface BatchTotal {
  readonly sequenceType: SequenceType
  readonly count: number
  readonly sum: Money
}

/** One collection from one mandate. */
export interface DirectDebit {
  readonly endToEndId: string
  readonly amount: Money
  readonly mandateRef: string
  readonly signedOn: Temporal.PlainDate
  readonly holder: string
  readonly iban: string
  readonly bic: string | null
  /** What payers read on their statement. */
  readonly text: string
}

export interface DirectDebitFile {
  readonly version: 'pain.008.001.08' | 'pain.008.001.02'
  /** At most 30 characters: the batches have names with it. */
  readonly messageId: string
  readonly createdAt: Temporal.Instant
  readonly collectionDate: Temporal.PlainDate
  readonly creditor: Creditor
  /** Of each sequence type that occurs; euros. */
  readonly batches: readonly BatchTotal[]
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const tag = (name: string, content: string) => `<${name}>${content}</${name}>`
const name = (text: string) => tag('Nm', escape(cutSepaText(text, 70)))
const account = (iban: string) => tag('Id', tag('IBAN', escape(iban)))

/**
 * A file of direct debits as banks take it (ISO 20022, SEPA core scheme). `read` answers the collections of a sequence type,
 * some at a time, as many as the totals say. The same facts give the same bytes.
 */
export async function* writePain008(
  file: DirectDebitFile,
  read: (sequenceType: SequenceType) => AsyncIterable<readonly DirectDebit[]>,
): AsyncGenerator<Uint8Array> {
  const { batches, version } = file
  yield Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:${version}">` +
      `<CstmrDrctDbtInitn>${groupHeader(file)}\n`,
  )
  for (const batch of batches) {
    yield Buffer.from(`<PmtInf>${batchHeader(file, batch)}\n`)
    for await (const debits of read(batch.sequenceType)) {
      if (debits.length > 0) yield Buffer.from(debits.map((debit) => `${transaction(file, debit)}\n`).join(''))
    }
    yield Buffer.from('</PmtInf>\n')
  }
  yield Buffer.from('</CstmrDrctDbtInitn></Document>\n')
}

function groupHeader({ messageId, createdAt, creditor, batches }: DirectDebitFile): string {
  const count = batches.reduce((all, batch) => all + batch.count, 0)
  const sum = batches.reduce((all, batch) => all + batch.sum.minor, 0n)
  return tag(
    'GrpHdr',
    tag('MsgId', escape(messageId)) +
      tag('CreDtTm', createdAt.round({ smallestUnit: 'second', roundingMode: 'floor' }).toString()) +
      tag('NbOfTxs', String(count)) +
      tag('CtrlSum', formatAmount({ minor: sum, currency: 'EUR' })) +
      tag('InitgPty', name(creditor.name)),
  )
}

function batchHeader(file: DirectDebitFile, { sequenceType, count, sum }: BatchTotal): string {
  const { creditor, collectionDate, messageId } = file
  const scheme = tag('Othr', tag('Id', escape(creditor.creditorId)) + tag('SchmeNm', tag('Prtry', 'SEPA')))
  return (
    tag('PmtInfId', `${escape(messageId)}-${sequenceType}`) +
    tag('PmtMtd', 'DD') +
    tag('BtchBookg', 'true') +
    tag('NbOfTxs', String(count)) +
    tag('CtrlSum', formatAmount(sum)) +
    tag(
      'PmtTpInf',
      tag('SvcLvl', tag('Cd', 'SEPA')) + tag('LclInstrm', tag('Cd', 'CORE')) + tag('SeqTp', sequenceType),
    ) +
    tag('ReqdColltnDt', collectionDate.toString()) +
    tag('Cdtr', name(creditor.name)) +
    tag('CdtrAcct', account(creditor.iban)) +
    tag('CdtrAgt', agent(file, creditor.bic)) +
    tag('ChrgBr', 'SLEV') +
    tag('CdtrSchmeId', tag('Id', tag('PrvtId', scheme)))
  )
}

/** The bank of an account; where it is unknown, banks find it by the IBAN. */
function agent({ version }: DirectDebitFile, bic: string | null): string {
  const named = version === 'pain.008.001.08' ? 'BICFI' : 'BIC'
  return tag('FinInstnId', bic ? tag(named, escape(bic)) : tag('Othr', tag('Id', 'NOTPROVIDED')))
}

function transaction(file: DirectDebitFile, debit: DirectDebit): string {
  const mandate = tag('MndtId', escape(cutSepaText(debit.mandateRef, 35))) + tag('DtOfSgntr', debit.signedOn.toString())
  return tag(
    'DrctDbtTxInf',
    tag('PmtId', tag('EndToEndId', escape(debit.endToEndId))) +
      `<InstdAmt Ccy="EUR">${formatAmount(debit.amount)}</InstdAmt>` +
      tag('DrctDbtTx', tag('MndtRltdInf', mandate)) +
      tag('DbtrAgt', agent(file, debit.bic)) +
      tag('Dbtr', name(debit.holder)) +
      tag('DbtrAcct', account(debit.iban)) +
      tag('RmtInf', tag('Ustrd', escape(cutSepaText(debit.text, 140)))),
  )
}
