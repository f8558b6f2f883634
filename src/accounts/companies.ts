import { diffValues } from '../platform/units/audit-values.ts'
import { notFound, refuseFields, violation } from '../platform/errors/errors.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { countryCodes, currencyCodes } from '../platform/validation/iso-codes.ts'
import { readMoney } from '../platform/values/money.ts'
import { findStudio, updateStudio } from '../studios/index.ts'
import { storeMinor } from './amounts.ts'
import { openChart } from './books.ts'
import {
  findTaxCode,
  insertChart,
  insertCompany,
  insertTaxCodes,
  listTaxCodes,
  lockCompany,
  saveTaxRates,
  updateCompanyRow,
  updateNumber,
} from './company-store.ts'

interface CompanyDetails {
  readonly name?: string | undefined
  /** Month, 1 to 12. */
  readonly fiscalYearStart?: number | undefined
  /** Decimal text, 0 or more. */
  readonly overdraftLimit?: string | undefined
}

type NewCompany = CompanyDetails & { readonly name: string; readonly countryCode: string; readonly currency: string }

/** Adds a company with its first accounts and tax codes. */
export async function createCompany(work: UnitOfWork, { countryCode, currency, ...details }: NewCompany) {
  if (!countryCodes.has(countryCode)) throw refuseFields([violation('countryCode', 'format', word('country'))])
  if (!currencyCodes.has(currency)) throw refuseFields([violation('currency', 'format', word('currency'))])
  const row = { ...readDetails(details, currency), name: details.name, countryCode, currency }
  const companyId = await insertCompany(work.tx, row, work.now)
  if (companyId === undefined) throw new Error('A company that is nobody’s default was not added.')
  await openChart(work, companyId)
  note(work, 'company.created', companyId, diffValues({}, row))
  return companyId
}

const word = (value: string) => ({ type: 'STRING', value }) as const

function readDetails({ name, fiscalYearStart, overdraftLimit }: CompanyDetails, currency: string) {
  const overdraft = overdraftLimit === undefined ? undefined : readMoney(overdraftLimit, currency, 'overdraftLimit')
  if (overdraft && overdraft.minor < 0n) {
    throw refuseFields([violation('overdraftLimit', 'min', { type: 'DECIMAL', value: 0 })])
  }
  return {
    ...(name === undefined ? {} : { name }),
    ...(fiscalYearStart === undefined ? {} : { fiscalYearStart }),
    ...(overdraft === undefined ? {} : { overdraftLimit: storeMinor(overdraft.minor, currency) }),
  }
}

export async function updateCompany(work: UnitOfWork, companyId: number, details: CompanyDetails) {
  const company = await lockCompany(work.tx, companyId)
  if (!company) throw notFound('legalEntity', companyId)
  const changes = readDetails(details, company.currency)
  const diff = diffValues(company, changes)
  if (Object.keys(diff).length === 0) return
  await updateCompanyRow(work.tx, companyId, changes, work.now)
  note(work, 'company.updated', companyId, diff)
}

/** Lets a company keep the books of a studio; both need one currency. What is booked already stays where it is. */
export async function assignStudio(work: UnitOfWork, companyId: number, studioId: number) {
  const company = await lockCompany(work.tx, companyId)
  if (!company) throw notFound('legalEntity', companyId)
  const studio = await findStudio(work.db, studioId)
  if (!studio) throw notFound('studio', studioId)
  if (studio.currency !== company.currency) {
    throw refuseFields([violation('companyId', 'format', word(studio.currency))])
  }
  await updateStudio(work, studioId, { legalEntityId: companyId })
}

export interface NewTaxCode {
  readonly name: string
  /** In percent. */
  readonly rate: string
  readonly validFrom: Temporal.PlainDate
  readonly revenueNumber: string
  readonly taxNumber: string
}

export async function createTaxCode(work: UnitOfWork, companyId: number, code: NewTaxCode): Promise<number> {
  const company = await lockCompany(work.tx, companyId)
  if (!company) throw notFound('legalEntity', companyId)
  await openChart(work, companyId)
  await insertTaxCodes(work.tx, [{ entityId: companyId, name: code.name, isDefault: false }], work.now)
  const taxCodeId = (await listTaxCodes(work.tx, companyId)).find(({ name }) => name === code.name)?.id
  if (taxCodeId === undefined) throw new Error('A tax code that was added is not there.')
  await saveTaxRates(work.tx, [{ taxCodeId, validFrom: code.validFrom, rate: readPercent(code.rate) }])
  const accounts = [
    { entityId: companyId, role: 'REVENUE', number: code.revenueNumber, taxCodeId } as const,
    { entityId: companyId, role: 'TAX_OUTPUT', number: code.taxNumber, taxCodeId } as const,
  ]
  await insertChart(work.tx, accounts, work.now)
  note(work, 'taxCode.created', companyId, diffValues({}, code))
  return taxCodeId
}

/** Sets the rate of a tax code from a day on. What is booked keeps the tax that it was booked with. */
export async function setTaxRate(
  work: UnitOfWork,
  taxCodeId: number,
  { rate, validFrom }: { readonly rate: string; readonly validFrom: Temporal.PlainDate },
) {
  const code = await findTaxCode(work.tx, taxCodeId)
  if (!code) throw notFound('taxCode', taxCodeId)
  await lockCompany(work.tx, code.entityId)
  await saveTaxRates(work.tx, [{ taxCodeId, validFrom, rate: readPercent(rate) }])
  const diff = { name: [null, code.name], rate: [null, rate], validFrom: [null, validFrom.toString()] } as const
  note(work, 'taxRate.set', code.entityId, diff)
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

function note(work: UnitOfWork, action: string, entityId: number, diff: ReturnType<typeof diffValues>) {
  work.audit({ action, entityKind: 'legalEntity', entityId, diff })
}
