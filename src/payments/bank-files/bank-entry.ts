/** One movement on the account of the studio, as its bank has written it down. */
export interface BankEntry {
  /** CREDIT arrives, DEBIT leaves. */
  readonly direction: 'CREDIT' | 'DEBIT'
  /** False while the bank has only announced it. */
  readonly isBooked: boolean
  /** Decimal text, above 0. */
  readonly amount: string
  readonly currency: string
  /** What was to be moved, where the bank names it besides; in the same currency. */
  readonly instructed: string | null
  /** What the bank charges for it, where it says so. */
  readonly charges: string | null
  readonly bookedOn: Temporal.PlainDate | null
  /** How the bank refers to it. */
  readonly bankRef: string | null
  /** How the one who began the payment refers to it. */
  readonly endToEndId: string | null
  /** Why it came back, for instance `AM04`. */
  readonly reasonCode: string | null
  /** What kind of movement it is, family and sub-family of ISO 20022, for instance `IDDT/UPDD`. */
  readonly family: string | null
  /** Who is on the other side. */
  readonly name: string | null
  /** The account of the other side; only its beginning and end. */
  readonly account: string | null
  readonly text: string | null
}

/** Why a file cannot be read. */
export type FileFault = 'XML' | 'DOCTYPE' | 'ENCODING' | 'LIMIT' | 'AMOUNT' | 'DATE'

/** A file that is none of the kinds that are read. */
export class UnknownBankFile extends Error {
  override readonly name = 'UnknownBankFile'
}

/** A file of the right kind that is broken, or made to do harm. */
export class BrokenBankFile extends Error {
  override readonly name = 'BrokenBankFile'
  readonly fault: FileFault
  readonly line: number

  constructor(fault: FileFault, line: number) {
    super(`A bank file cannot be read at line ${line}: ${fault}.`)
    this.fault = fault
    this.line = line
  }
}
