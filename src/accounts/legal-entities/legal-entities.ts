import { takeYourTime } from '../../platform/database/database.ts'
import { diffValues } from '../../platform/units/audit-values.ts'
import { notFound, refuseFields, violation } from '../../platform/errors/errors.ts'
import { wakeJobs } from '../../platform/jobs/wake-jobs.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { countryCodes, currencyCodes } from '../../platform/validation/iso-codes.ts'
import { parseBic, parseIban } from '../../platform/values/bank-numbers.ts'
import { defined } from '../../platform/values/defined.ts'
import { readMoney } from '../../platform/values/money.ts'
import { findStudio, updateStudio } from '../../studios/index.ts'
import { lockAccountsIn } from '../account-store.ts'
import { storeMinor } from '../amounts.ts'
import { openChart } from './books.ts'
import {
  findTaxCode,
  insertChart,
  insertLegalEntity,
  insertTaxCodes,
  listTaxCodes,
  lockLegalEntity,
  saveTaxRates,
  updateLegalEntityRow,
  updateNumber,
  updateTaxKey,
} from './legal-entity-store.ts'
import { retaxWaiting } from './retax-store.ts'

interface LegalEntityDetails {
  readonly name?: string | undefined
  /** Month, 1 to 12. */
  readonly fiscalYearStart?: number | undefined
  /** Decimal text, 0 or more. */
  readonly overdraftLimit?: string | undefined
  readonly legalForm?: string | undefined
  readonly vatNumber?: string | undefined
  readonly deductsInputTax?: boolean | undefined
  readonly accountHolder?: string | undefined
  readonly iban?: string | undefined
  readonly bic?: string | undefined
  readonly bankName?: string | undefined
  readonly datevConsultant?: string | undefined
  readonly datevClient?: string | undefined
  readonly datevAccountLength?: number | undefined
}

type NewLegalEntity = LegalEntityDetails & {
  readonly name: string
  readonly countryCode: string
  readonly currency: string
}

/** Adds a legal entity with its first accounts and tax codes. */
export async function createLegalEntity(work: UnitOfWork, { countryCode, currency, ...details }: NewLegalEntity) {
  if (!countryCodes.has(countryCode)) throw refuseFields([violation('countryCode', 'format', word('country'))])
  if (!currencyCodes.has(currency)) throw refuseFields([violation('currency', 'format', word('currency'))])
  const row = { ...readDetails(details, currency), name: details.name, countryCode, currency }
  const legalEntityId = await insertLegalEntity(work.tx, row, work.now)
  if (legalEntityId === undefined) throw new Error('A legal entity that is nobody’s default was not added.')
  await openChart(work, legalEntityId)
  recordChange(work, 'legalEntity.created', legalEntityId, diffValues({}, row))
  return legalEntityId
}

const word = (value: string) => ({ type: 'STRING', value }) as const

function readDetails({ overdraftLimit, iban, bic, ...details }: LegalEntityDetails, currency: string) {
  const overdraft = overdraftLimit === undefined ? undefined : readMoney(overdraftLimit, currency, 'overdraftLimit')
  if (overdraft && overdraft.minor < 0n) {
    throw refuseFields([violation('overdraftLimit', 'min', { type: 'DECIMAL', value: 0 })])
  }
  return {
    ...defined({ ...details, ...readBankNumbers({ iban, bic }) }),
    ...(overdraft === undefined ? {} : { overdraftLimit: storeMinor(overdraft.minor, currency) }),
  }
}

/** In the form in which banks write them. Refuses (400) what is none. */
function readBankNumbers({ iban, bic }: Pick<LegalEntityDetails, 'iban' | 'bic'>) {
  const read = {
    iban: iban === undefined ? undefined : parseIban(iban)?.iban,
    bic: bic === undefined ? undefined : parseBic(bic),
  }
  if (iban !== undefined && read.iban === undefined) throw refuseFields([violation('iban', 'format', word('IBAN'))])
  if (bic !== undefined && read.bic === undefined) throw refuseFields([violation('bic', 'format', word('BIC'))])
  return read
}

export async function updateLegalEntity(work: UnitOfWork, legalEntityId: number, details: LegalEntityDetails) {
  const legalEntity = await lockLegalEntity(work.tx, legalEntityId)
  if (!legalEntity) throw notFound('legalEntity', legalEntityId)
  const changes = readDetails(details, legalEntity.currency)
  const diff = diffValues(legalEntity, changes)
  if (Object.keys(diff).length === 0) return
  await updateLegalEntityRow(work.tx, legalEntityId, changes, work.now)
  recordChange(work, 'legalEntity.updated', legalEntityId, diff)
}

/** Lets a legal entity keep the books of a studio; both need one currency. What is booked already stays where it is. */
export async function assignStudio(work: UnitOfWork, legalEntityId: number, studioId: number) {
  const legalEntity = await lockLegalEntity(work.tx, legalEntityId)
  if (!legalEntity) throw notFound('legalEntity', legalEntityId)
  const studio = await findStudio(work.db, studioId)
  if (!studio) throw notFound('studio', studioId)
  if (studio.currency !== legalEntity.currency) {
    throw refuseFields([violation('legalEntityId', 'format', word(studio.currency))])
  }
  await updateStudio(work, studioId, { legalEntityId: legalEntityId })
}

export interface NewTaxCode {
  readonly name: string
  /** In percent. */
  readonly rate: string
  readonly validFrom: Temporal.PlainDate
  readonly revenueNumber: string
  readonly taxNumber: string
}

export async function createTaxCode(work: UnitOfWork, legalEntityId: number, code: NewTaxCode): Promise<number> {
  const legalEntity = await lockLegalEntity(work.tx, legalEntityId)
  if (!legalEntity) throw notFound('legalEntity', legalEntityId)
  await openChart(work, legalEntityId)
  await insertTaxCodes(work.tx, [{ entityId: legalEntityId, name: code.name, isDefault: false }], work.now)
  const taxCodeId = (await listTaxCodes(work.tx, legalEntityId)).find(({ name }) => name === code.name)?.id
  if (taxCodeId === undefined) throw new Error('A tax code that was added is not there.')
  await saveTaxRates(work.tx, [{ taxCodeId, validFrom: code.validFrom, rate: readPercent(code.rate) }])
  const accounts = [
    { entityId: legalEntityId, role: 'REVENUE', number: code.revenueNumber, taxCodeId } as const,
    { entityId: legalEntityId, role: 'TAX_OUTPUT', number: code.taxNumber, taxCodeId } as const,
  ]
  await insertChart(work.tx, accounts, work.now)
  recordChange(work, 'taxCode.created', legalEntityId, diffValues({}, code))
  return taxCodeId
}

/** Claims that are due within so many days are taxed anew with the rate itself: a job comes to the others long before they are booked. */
const SOON_DAYS = 40

/**
 * Sets the rate of a tax code from a day on, also for claims that wait: for those that are due soon at once, for the others
 * within minutes. What is booked keeps the tax that it was booked with.
 */
export async function setTaxRate(
  work: UnitOfWork,
  taxCodeId: number,
  { rate, validFrom }: { readonly rate: string; readonly validFrom: Temporal.PlainDate },
) {
  const code = await findTaxCode(work.tx, taxCodeId)
  if (!code) throw notFound('taxCode', taxCodeId)
  await takeYourTime(work.tx)
  // Nobody plans or books with the old rate meanwhile. Who does locks the account first.
  await lockAccountsIn(work.tx, code.entityId)
  await lockLegalEntity(work.tx, code.entityId)
  await saveTaxRates(work.tx, [{ taxCodeId, validFrom, rate: readPercent(rate), retaxAfter: 0 }])
  const dueBy = dateIn(work.now, 'UTC').add({ days: SOON_DAYS })
  await retaxWaiting(work.tx, { taxCodeId, validFrom, dueBy }, work.now)
  await wakeJobs(work.tx)
  const diff = { name: [null, code.name], rate: [null, rate], validFrom: [null, validFrom.toString()] } as const
  recordChange(work, 'taxRate.set', code.entityId, diff)
}

const percent = /^\d{1,2}(\.\d{1,4})?$|^100$/

function readPercent(rate: string): string {
  if (percent.test(rate)) return rate
  throw refuseFields([violation('rate', 'format', word('percent'))])
}

export async function setAccountNumber(work: UnitOfWork, accountId: number, number: string) {
  if (!(await updateNumber(work.tx, accountId, number, work.now))) throw notFound('ledgerAccount', accountId)
  const diff = { number: [null, number] } as const
  work.audit({ action: 'ledgerAccount.numbered', entityKind: 'ledgerAccount', entityId: accountId, diff })
}

/** What bookkeeping receives besides the account of a tax code; null: nothing. */
export async function setTaxKey(work: UnitOfWork, taxCodeId: number, taxKey: string | null) {
  if (!(await updateTaxKey(work.tx, taxCodeId, taxKey))) throw notFound('taxCode', taxCodeId)
  const diff = { taxKey: [null, taxKey] } as const
  work.audit({ action: 'taxCode.keyed', entityKind: 'taxCode', entityId: taxCodeId, diff })
}

function recordChange(work: UnitOfWork, action: string, entityId: number, diff: ReturnType<typeof diffValues>) {
  work.audit({ action, entityKind: 'legalEntity', entityId, diff })
}
