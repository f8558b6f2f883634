import { createHash } from 'node:crypto'
import type { BankFile } from '../../src/payments/index.ts'

/** A transaction as a bank writes it; what is left out the bank leaves out. */
export interface CamtTransaction {
  readonly endToEndId?: string
  readonly bankRef?: string
  readonly amount?: string
  readonly instructed?: string
  readonly charges?: string
  readonly reason?: string
  readonly debtor?: string
  readonly iban?: string
  readonly text?: string
}

export interface CamtEntry {
  readonly amount: string
  readonly currency?: string
  readonly direction?: 'CRDT' | 'DBIT'
  readonly status?: string
  readonly bookedOn?: string
  readonly bankRef?: string
  readonly family?: string
  readonly transactions?: readonly CamtTransaction[]
}

export interface CamtShape {
  readonly message?: 'BkToCstmrDbtCdtNtfctn' | 'BkToCstmrStmt' | 'BkToCstmrAcctRpt'
  /** Of the message: 2 to 12. */
  readonly version?: number
  /** In front of every name, with its colon. */
  readonly prefix?: string
}

/** A file of a bank in the shape of a version of camt.053 or camt.054. */
export function writeCamt(entries: readonly CamtEntry[], shape: CamtShape = {}): string {
  const { message = 'BkToCstmrDbtCdtNtfctn', version = 8, prefix = '' } = shape
  const kind = message === 'BkToCstmrStmt' ? '053' : message === 'BkToCstmrAcctRpt' ? '052' : '054'
  const body = message === 'BkToCstmrStmt' ? 'Stmt' : message === 'BkToCstmrAcctRpt' ? 'Rpt' : 'Ntfctn'
  const space = `urn:iso:std:iso:20022:tech:xsd:camt.${kind}.001.${String(version).padStart(2, '0')}`
  const name = prefix === '' ? 'xmlns' : `xmlns:${prefix.slice(0, -1)}`
  const head = '<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-06-04T06:00:00</CreDtTm></GrpHdr>'
  const account = '<Id>S1</Id><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id></Acct>'
  const written = entries.map((entry) => writeEntry(entry, version)).join('\n')
  const xml = `<Document ${name}="${space}"><${message}>${head}<${body}>${account}\n${written}\n</${body}></${message}></Document>`
  const prefixed = prefix === '' ? xml : xml.replaceAll(/<(\/?)([A-Za-z])/g, `<$1${prefix}$2`)
  return `<?xml version="1.0" encoding="UTF-8"?>\n${prefixed}`
}

const tag = (name: string, value: string | undefined) => (value === undefined ? '' : `<${name}>${value}</${name}>`)
const money = (name: string, amount: string | undefined, currency: string) =>
  amount === undefined ? '' : `<${name} Ccy="${currency}">${amount}</${name}>`

function writeEntry(entry: CamtEntry, version: number): string {
  const { amount, currency = 'EUR', direction = 'DBIT', status = 'BOOK', bookedOn = '2026-06-04' } = entry
  const { bankRef, family = 'IDDT/UPDD', transactions = [] } = entry
  const [main = '', sub = ''] = family.split('/')
  const fmly = `<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>${main}</Cd><SubFmlyCd>${sub}</SubFmlyCd></Fmly></Domn></BkTxCd>`
  const details = transactions.map((each) => writeTransaction(each, currency, version)).join('')
  return [
    `<Ntry>${money('Amt', amount, currency)}${tag('CdtDbtInd', direction)}`,
    version < 5 ? tag('Sts', status) : tag('Sts', tag('Cd', status)),
    tag('BookgDt', tag('Dt', bookedOn)),
    tag('AcctSvcrRef', bankRef),
    fmly,
    details === '' ? '' : tag('NtryDtls', details),
    '</Ntry>',
  ].join('')
}

function writeTransaction(transaction: CamtTransaction, currency: string, version: number): string {
  const { endToEndId, bankRef, amount, instructed, charges, reason, debtor, iban, text } = transaction
  const named = instructed === undefined ? '' : tag('InstdAmt', money('Amt', instructed, currency))
  const inside = amount !== undefined && version < 3 ? tag('TxAmt', money('Amt', amount, currency)) : ''
  const charged =
    version < 4
      ? charges === undefined
        ? ''
        : tag('Chrgs', `${money('Amt', charges, currency)}<CdtDbtInd>DBIT</CdtDbtInd>`)
      : charges === undefined
        ? ''
        : tag('Chrgs', tag('Rcrd', `${money('Amt', charges, currency)}<CdtDbtInd>DBIT</CdtDbtInd>`))
  const party = version < 8 ? tag('Nm', debtor) : debtor === undefined ? '' : tag('Pty', tag('Nm', debtor))
  const parties = `${party === '' ? '' : tag('Dbtr', party)}${iban === undefined ? '' : tag('DbtrAcct', tag('Id', tag('IBAN', iban)))}`
  return tag(
    'TxDtls',
    [
      tag('Refs', `${tag('AcctSvcrRef', bankRef)}${tag('EndToEndId', endToEndId)}`),
      version < 3 ? '' : money('Amt', amount, currency),
      named + inside === '' ? '' : tag('AmtDtls', named + inside),
      charged,
      parties === '' ? '' : tag('RltdPties', parties),
      text === undefined ? '' : tag('RmtInf', tag('Ustrd', text)),
      reason === undefined ? '' : tag('RtrInf', tag('Rsn', tag('Cd', reason))),
    ].join(''),
  )
}

/** A returned direct debit: bank reference, collection, reason. */
export function returned(endToEndId: string, reason = 'AM04', more: Partial<CamtTransaction> = {}): CamtEntry {
  const amount = more.amount ?? '29.90'
  return { amount, transactions: [{ endToEndId, reason, bankRef: `B-${endToEndId}`, amount, ...more }] }
}

/** The file as a command finds it on the disk, in pieces of so many bytes. */
export function toFile(content: string | Buffer, { fileName = 'camt.xml', pieces = 1000 } = {}): BankFile {
  const bytes = Buffer.from(content as string)
  async function* open() {
    for (let at = 0; at < bytes.length; at += pieces) yield bytes.subarray(at, at + pieces)
  }
  return { fileName, sha256: createHash('sha256').update(bytes).digest(), open }
}
