import { badRequest, notFound } from '../../platform/errors/errors.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { readMinor } from '../amounts.ts'
import {
  type AccountRole,
  firstNumbers,
  firstRateDay,
  firstRates,
  firstTaxCodes,
  firstTaxedNumbers,
} from './chart-rules.ts'
import {
  findHomeLegalEntity,
  findTaxRate,
  insertChart,
  insertLegalEntity,
  insertTaxCodes,
  listChart,
  listTaxCodes,
  listTaxRates,
  lockLegalEntity,
  saveTaxRates,
} from './legal-entity-store.ts'
import { readRate, type TaxRate } from './tax-rules.ts'
import { isAfter } from '../../platform/time/order.ts'

/** The legal entity that keeps the books of a customer. */
export interface Books {
  readonly entityId: number
  readonly currency: string
  /** Minor units by which consumption credit may go below zero. */
  readonly overdraft: bigint
  readonly homeStudioId: number
}

/** The books of a customer's home legal entity. The default legal entity of a currency comes into being with its first customer. */
export async function openBooks(work: UnitOfWork, customerId: number): Promise<Books> {
  const home = await findHomeLegalEntity(work.tx, customerId)
  if (!home) throw notFound('customer', customerId)
  const { entityId, booksCurrency: currency, overdraftLimit, studioId: homeStudioId } = home
  if (entityId !== null && currency !== null && overdraftLimit !== null) {
    return { entityId, currency, overdraft: readMinor(overdraftLimit, currency), homeStudioId }
  }
  const legalEntity = { name: home.studioName, countryCode: home.countryCode, currency: home.currency, isDefault: true }
  await insertLegalEntity(work.tx, legalEntity, work.now)
  return openBooks(work, customerId)
}

type Chart = Awaited<ReturnType<typeof listChart>>

/** The accounts of a legal entity's books; books that are empty are given their first accounts and tax codes. */
export async function openChart(work: UnitOfWork, entityId: number): Promise<Chart> {
  const chart = await listChart(work.tx, entityId)
  if (chart.length > 0) return chart
  await layOutBooks(work, entityId)
  return listChart(work.tx, entityId)
}

/** Gives books what they begin with. Under the lock of the legal entity, so that two first customers do not do it at once. */
async function layOutBooks({ tx, now }: UnitOfWork, entityId: number) {
  const legalEntity = await lockLegalEntity(tx, entityId)
  if (!legalEntity) throw notFound('legalEntity', entityId)
  await insertTaxCodes(
    tx,
    firstTaxCodes.map((name) => ({ entityId, name, isDefault: name === 'STANDARD' })),
    now,
  )
  const codes = await listTaxCodes(tx, entityId)
  const rates = firstRates(legalEntity.countryCode)
  const taxed = codes.flatMap((code) => {
    const name = firstTaxCodes.find((each) => each === code.name)
    return name ? [{ ...code, name }] : []
  })
  await saveTaxRates(
    tx,
    taxed.map(({ id, name }) => ({ taxCodeId: id, validFrom: firstRateDay, rate: rates[name] })),
  )
  await insertChart(
    tx,
    [
      ...Object.entries(firstNumbers).map(([role, number]) => ({ entityId, role: role as AccountRole, number })),
      ...taxed.flatMap(({ id: taxCodeId, name }) => [
        { entityId, role: 'REVENUE' as const, number: firstTaxedNumbers[name].REVENUE, taxCodeId },
        { entityId, role: 'TAX_OUTPUT' as const, number: firstTaxedNumbers[name].TAX_OUTPUT, taxCodeId },
      ]),
    ],
    now,
  )
}

/** The account of a role, or of a role and tax code. */
export function pickAccount(chart: Chart, role: AccountRole, taxCodeId: number | null): number {
  const wanted = role === 'REVENUE' || role === 'TAX_OUTPUT' ? taxCodeId : null
  const found = chart.find((account) => account.role === role && account.taxCodeId === wanted)
  if (!found) throw new Error(`The books have no account ${role} for the tax code ${wanted}.`)
  return found.id
}

export interface KnownTax {
  readonly taxCodeId: number
  readonly rate: TaxRate
}

/** The tax code that was named, else the usual one, with its rate on a day. */
export async function openTax(
  work: UnitOfWork,
  entityId: number,
  taxCodeId: number | undefined,
  day: Temporal.PlainDate,
): Promise<KnownTax> {
  await openChart(work, entityId)
  const found = await findTaxRate(work.tx, { entityId, taxCodeId }, day)
  if (!found) throw notFound('taxCode', taxCodeId ?? 0)
  if (found.rate !== null) return { taxCodeId: found.taxCodeId, rate: readRate(found.rate) }
  throw badRequest('errormessage.account.taxRateMissing', { args: [{ type: 'DATE', value: day.toString() }] })
}

/** The tax code of a name, the usual one where the books have none of it, with its rate on a day. */
type FindTax = (day: Temporal.PlainDate, name?: string) => KnownTax

/** Finds tax codes with their rates on any day; for many days at once. A day without a rate is refused (400). */
export async function openTaxes(work: UnitOfWork, entityId: number): Promise<FindTax> {
  await openChart(work, entityId)
  const all = await listTaxRates(work.tx, entityId)
  const usual = all.filter(({ isDefault }) => isDefault)
  const byName = Map.groupBy(all, ({ name }) => name)
  return (day, name) => {
    const rates = (name === undefined ? undefined : byName.get(name)) ?? usual
    const found = rates.findLast(({ validFrom }) => !isAfter(validFrom, day))
    if (found) return { taxCodeId: found.taxCodeId, rate: readRate(found.rate) }
    throw badRequest('errormessage.account.taxRateMissing', { args: [{ type: 'DATE', value: day.toString() }] })
  }
}
