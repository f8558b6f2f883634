/** The fields of an entry that are read. Those of a transaction in it win over those of the entry. */
export type CamtField =
  | 'direction'
  | 'status'
  | 'amount'
  | 'instructed'
  | 'bookedOn'
  | 'bankRef'
  | 'entryRef'
  | 'endToEndId'
  | 'reasonCode'
  | 'family'
  | 'subFamily'
  | 'debtor'
  | 'debtorAccount'
  | 'creditor'
  | 'creditorAccount'
  | 'text'
  | 'chargesTotal'
  | 'charge'
  | 'chargeDirection'

/** Fields that both an entry and a transaction in it have. */
const common: Readonly<Record<string, CamtField>> = {
  Amt: 'amount',
  CdtDbtInd: 'direction',
  'AmtDtls/InstdAmt/Amt': 'instructed',
  'BkTxCd/Domn/Fmly/Cd': 'family',
  'BkTxCd/Domn/Fmly/SubFmlyCd': 'subFamily',
  'Chrgs/TtlChrgsAndTaxAmt': 'chargesTotal',
  'Chrgs/Amt': 'charge',
  'Chrgs/CdtDbtInd': 'chargeDirection',
  'Chrgs/Rcrd/Amt': 'charge',
  'Chrgs/Rcrd/CdtDbtInd': 'chargeDirection',
}

/** Paths below `Ntry`. The status is a text up to version 04 and an element with a code afterwards. */
const entry: Readonly<Record<string, CamtField>> = {
  ...common,
  NtryRef: 'entryRef',
  Sts: 'status',
  'Sts/Cd': 'status',
  'BookgDt/Dt': 'bookedOn',
  'BookgDt/DtTm': 'bookedOn',
  AcctSvcrRef: 'bankRef',
  AddtlNtryInf: 'text',
}

/** Paths below `TxDtls`. From version 08 on parties are wrapped in `Pty`. */
const transaction: Readonly<Record<string, CamtField>> = {
  ...common,
  'Refs/AcctSvcrRef': 'bankRef',
  'Refs/EndToEndId': 'endToEndId',
  'AmtDtls/TxAmt/Amt': 'amount',
  'RltdPties/Dbtr/Nm': 'debtor',
  'RltdPties/Dbtr/Pty/Nm': 'debtor',
  'RltdPties/DbtrAcct/Id/IBAN': 'debtorAccount',
  'RltdPties/Cdtr/Nm': 'creditor',
  'RltdPties/Cdtr/Pty/Nm': 'creditor',
  'RltdPties/CdtrAcct/Id/IBAN': 'creditorAccount',
  'RtrInf/Rsn/Cd': 'reasonCode',
  'RtrInf/Rsn/Prtry': 'reasonCode',
  'RtrInf/RtrRsn/Cd': 'reasonCode',
  'RtrInf/RtrRsn/Prtry': 'reasonCode',
  'RmtInf/Ustrd': 'text',
  AddtlTxInf: 'text',
}

/** A step of a path, with what is read there. */
export interface PathNode {
  readonly field: CamtField | undefined
  readonly next: ReadonlyMap<string, PathNode>
}

function buildPaths(fields: Readonly<Record<string, CamtField>>): PathNode {
  const level = (prefix: string): PathNode => {
    const below = Object.keys(fields).filter((path) => path.startsWith(prefix) && path !== prefix)
    const names = new Set(below.map((path) => path.slice(prefix.length).split('/')[0] ?? ''))
    const next = new Map([...names].map((name) => [name, named(`${prefix}${name}`)]))
    return { field: undefined, next }
  }
  const named = (path: string): PathNode => ({ ...level(`${path}/`), field: fields[path] })
  return level('')
}

export const entryPaths = buildPaths(entry)
export const transactionPaths = buildPaths(transaction)
