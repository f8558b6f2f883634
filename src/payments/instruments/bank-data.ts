import { lockCustomers } from '../../customers/index.ts'
import { notFound, refuseFields, violation } from '../../platform/errors/errors.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import type { Queryable } from '../../platform/database/database.ts'
import { parseBic, parseIban } from '../../platform/values/bank-numbers.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { findAccountPart, sealAccount } from './bank-accounts.ts'
import { findHomeStudio, findRunDefault, insertDraft } from './instrument-store.ts'
import { installInstrument } from './instruments.ts'
import { isAfter } from '../../platform/time/order.ts'

/** A bank account as its holder writes it down. */
export interface BankData {
  readonly accountHolder: string | null
  readonly bankName: string | null
  /** Without spaces. */
  readonly iban: string | null
  readonly bic: string | null
}

const nothing: BankData = { accountHolder: null, bankName: null, iban: null, bic: null }
const withIban: readonly string[] = ['SEPA', 'CH_DD', 'LSV']

/** The account that a customer is debited from; nothing for one who pays otherwise. */
export async function findBankData(db: Queryable, secrets: Secrets, customerId: number): Promise<BankData> {
  const row = await findRunDefault(db, customerId)
  if (!row || !withIban.includes(row.type)) return nothing
  const iban = row.accountEnc ? secrets.open('field', row.accountEnc) : null
  return { accountHolder: row.holder, bankName: row.bank, iban, bic: row.bic }
}

export interface BankDataChange extends BankData {
  readonly customerId: number
  readonly iban: string
  /** Of the home studio. */
  readonly currency: string
  readonly signedOn: Temporal.PlainDate
  readonly signatureFileId: number | null
  /** The mandate allows one collection alone. */
  readonly isOneOff?: boolean
}

/** From now on the customer is debited from this account, with a mandate of that day. The IBAN has been judged. */
export async function installBankData(work: UnitOfWork, secrets: Secrets, change: BankDataChange): Promise<number> {
  const { customerId, iban, accountHolder, bankName, bic, signedOn, signatureFileId, currency } = change
  const { isOneOff = false } = change
  const country = parseIban(iban)?.countryCode
  const type = currency === 'CHF' && (country === 'CH' || country === 'LI') ? 'CH_DD' : 'SEPA'
  const sealed = sealAccount(secrets, iban, findAccountPart(iban))
  const written = {
    identity: null,
    type,
    holder: accountHolder,
    bic,
    bank: bankName,
    signedOn,
    signatureFileId,
    isOneOff,
  } as const
  const instrumentId = await insertDraft(work.tx, { ...written, ...sealed }, work.now)
  await installInstrument(work, { customerId, method: type, instrumentId })
  return instrumentId
}

/** A mandate that was signed on paper, as staff type it. */
export interface PaperMandate {
  readonly customerId: number
  readonly iban: string
  readonly holder: string
  readonly bank?: string | undefined
  readonly bic?: string | undefined
  /** ISO date; left out: today in the home studio. */
  readonly signed?: string | undefined
  /** It allows one collection and ends with it. */
  readonly isOneOff?: boolean | undefined
}

/** Enters a mandate from paper and answers the instrument. Refuses (400) what is no account, and a day to come. */
export async function enterMandate(work: UnitOfWork, secrets: Secrets, paper: PaperMandate): Promise<number> {
  const { customerId, iban, holder: accountHolder, bank: bankName = null } = paper
  await lockCustomers(work.tx, [customerId])
  const home = await findHomeStudio(work.tx, customerId)
  if (!home) throw notFound('customer', customerId)
  const account = parseIban(iban)
  if (!account) throw refuseFields([violation('iban', 'format', { type: 'STRING', value: 'IBAN' })])
  const bic = paper.bic === undefined ? null : parseBic(paper.bic)
  if (bic === undefined) throw refuseFields([violation('bic', 'format', { type: 'STRING', value: 'BIC' })])
  const today = dateIn(work.now, home.timeZone)
  const signedOn = paper.signed === undefined ? today : readDay(paper.signed, today)
  const { currency } = home
  const change = {
    customerId,
    iban: account.iban,
    accountHolder,
    bankName,
    bic,
    currency,
    signedOn,
    signatureFileId: null,
    isOneOff: paper.isOneOff ?? false,
  }
  return installBankData(work, secrets, change)
}

function readDay(text: string, latest: Temporal.PlainDate): Temporal.PlainDate {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Temporal.PlainDate.from(text) : undefined
  if (day && !isAfter(day, latest)) return day
  throw refuseFields([violation('signed', 'format', { type: 'STRING', value: 'date' })])
}
