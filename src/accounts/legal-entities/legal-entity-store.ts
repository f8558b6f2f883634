import { and, asc, desc, eq, getTableColumns, isNull, lte, or, sql } from 'drizzle-orm'
import { customers } from '../../customers/index.ts'
import { prepared, type Queryable, type Tx } from '../../platform/database/database.ts'
import { studios } from '../../studios/tables.ts'
import { ledgerAccounts, legalEntities, taxCodes, taxRates } from '../tables.ts'
import { firstTaxCodes } from './chart-rules.ts'

/** A studio's legal entity: the one that it names, else the default one of its currency. */
export const isLegalEntityOfStudio = and(
  eq(legalEntities.tenantId, studios.tenantId),
  or(
    eq(legalEntities.id, studios.legalEntityId),
    and(isNull(studios.legalEntityId), legalEntities.isDefault, eq(legalEntities.currency, studios.currency)),
  ),
)

const homeLegalEntity = prepared((db) =>
  db
    .select({
      studioId: studios.id,
      studioName: studios.name,
      countryCode: studios.countryCode,
      currency: studios.currency,
      entityId: legalEntities.id,
      overdraftLimit: legalEntities.overdraftLimit,
      booksCurrency: legalEntities.currency,
    })
    .from(customers)
    .innerJoin(studios, and(eq(studios.tenantId, customers.tenantId), eq(studios.id, customers.studioId)))
    .leftJoin(legalEntities, isLegalEntityOfStudio)
    .where(eq(customers.id, sql.placeholder('customerId')))
    .prepare('accounts_find_home_legal_entity'),
)

/** The legal entity with which a customer's home studio keeps its books; the ids are null where it has none yet. */
export async function findHomeLegalEntity(db: Queryable, customerId: number) {
  const [row] = await homeLegalEntity(db).execute({ customerId })
  return row
}

type NewLegalEntity = Omit<typeof legalEntities.$inferInsert, 'createdAt' | 'updatedAt' | 'tenantId' | 'version'>
export type LegalEntityChanges = Partial<Omit<NewLegalEntity, 'id' | 'countryCode' | 'currency' | 'isDefault'>>

/** Adds a legal entity; undefined when another unit has just added the default one of this currency. */
export async function insertLegalEntity(
  tx: Tx,
  legalEntity: NewLegalEntity,
  now: Temporal.Instant,
): Promise<number | undefined> {
  const [row] = await tx
    .insert(legalEntities)
    .values({ ...legalEntity, createdAt: now, updatedAt: now })
    .onConflictDoNothing()
    .returning({ id: legalEntities.id })
  return row?.id
}

export async function lockLegalEntity(tx: Tx, entityId: number) {
  const [row] = await tx.select().from(legalEntities).where(eq(legalEntities.id, entityId)).for('update')
  return row
}

export async function updateLegalEntityRow(
  tx: Tx,
  entityId: number,
  changes: LegalEntityChanges,
  now: Temporal.Instant,
) {
  await tx
    .update(legalEntities)
    .set({ ...changes, updatedAt: now, version: sql`${legalEntities.version} + 1` })
    .where(eq(legalEntities.id, entityId))
}

export function listLegalEntities(db: Queryable) {
  const {
    tenantId: _tenant,
    createdAt: _created,
    updatedAt: _updated,
    version: _version,
    ...columns
  } = getTableColumns(legalEntities)
  return db.select(columns).from(legalEntities).orderBy(asc(legalEntities.id))
}

const chart = prepared((db) => {
  const { id, role, number, taxCodeId } = ledgerAccounts
  return db
    .select({ id, role, number, taxCodeId })
    .from(ledgerAccounts)
    .where(eq(ledgerAccounts.entityId, sql.placeholder('entityId')))
    .prepare('accounts_list_chart')
})

/** The accounts of a legal entity's books. */
export const listChart = (db: Queryable, entityId: number) => chart(db).execute({ entityId })

type NewAccount = Pick<typeof ledgerAccounts.$inferInsert, 'entityId' | 'role' | 'number' | 'taxCodeId'>

export async function insertChart(tx: Tx, accounts: readonly NewAccount[], now: Temporal.Instant) {
  const rows = accounts.map((account) => ({ ...account, createdAt: now, updatedAt: now }))
  await tx.insert(ledgerAccounts).values(rows).onConflictDoNothing()
}

/** Gives an account of the books another number; answers whether there is such an account. */
export async function updateNumber(tx: Tx, accountId: number, number: string, now: Temporal.Instant) {
  const rows = await tx
    .update(ledgerAccounts)
    .set({ number, updatedAt: now, version: sql`${ledgerAccounts.version} + 1` })
    .where(eq(ledgerAccounts.id, accountId))
    .returning({ id: ledgerAccounts.id })
  return rows.length > 0
}

export function listTaxCodes(db: Queryable, entityId: number) {
  const { id, name, isDefault } = taxCodes
  return db.select({ id, name, isDefault }).from(taxCodes).where(eq(taxCodes.entityId, entityId)).orderBy(id)
}

const taxRateRows = prepared((db) =>
  db
    .select({
      taxCodeId: taxCodes.id,
      name: taxCodes.name,
      isDefault: taxCodes.isDefault,
      taxKey: taxCodes.taxKey,
      validFrom: taxRates.validFrom,
      rate: taxRates.rate,
    })
    .from(taxCodes)
    .innerJoin(taxRates, and(eq(taxRates.tenantId, taxCodes.tenantId), eq(taxRates.taxCodeId, taxCodes.id)))
    .where(eq(taxCodes.entityId, sql.placeholder('entityId')))
    .orderBy(taxCodes.id, taxRates.validFrom)
    .prepare('accounts_list_tax_rates'),
)

/** The tax codes of a legal entity with their rates, those of one code by their first day. */
export const listTaxRates = (db: Queryable, entityId: number) => taxRateRows(db).execute({ entityId })

/** What tax codes are called, in any legal entity of the tenant; each begins with the first ones. */
export async function listTaxCodeNames(db: Queryable): Promise<readonly string[]> {
  const rows = await db.selectDistinct({ name: taxCodes.name }).from(taxCodes).orderBy(taxCodes.name)
  return [...new Set([...firstTaxCodes, ...rows.map(({ name }) => name)])]
}

type NewTaxCode = Pick<typeof taxCodes.$inferInsert, 'entityId' | 'name' | 'isDefault'>

export async function insertTaxCodes(tx: Tx, codes: readonly NewTaxCode[], now: Temporal.Instant) {
  await tx
    .insert(taxCodes)
    .values(codes.map((code) => ({ ...code, createdAt: now })))
    .onConflictDoNothing()
}

export interface RateChange {
  readonly taxCodeId: number
  readonly validFrom: Temporal.PlainDate
  /** In percent, for instance `19`. */
  readonly rate: string
  /** Behind which customer claims that wait are taxed anew; left out: none are. */
  readonly retaxAfter?: number
}

/** Stores rates; a rate from the same day on is replaced. */
export async function saveTaxRates(tx: Tx, rates: readonly RateChange[]) {
  await tx
    .insert(taxRates)
    .values([...rates])
    .onConflictDoUpdate({
      target: [taxRates.tenantId, taxRates.taxCodeId, taxRates.validFrom],
      set: { rate: sql`excluded.rate`, retaxAfter: sql`excluded.retax_after` },
    })
}

/** The legal entity that keeps the books of a studio; undefined where nothing was booked yet. */
export async function findStudioBooks(db: Queryable, studioId: number) {
  const [row] = await db
    .select({
      name: legalEntities.name,
      accountHolder: legalEntities.accountHolder,
      iban: legalEntities.iban,
      bic: legalEntities.bic,
      currency: legalEntities.currency,
      fiscalYearStart: legalEntities.fiscalYearStart,
      datevConsultant: legalEntities.datevConsultant,
      datevClient: legalEntities.datevClient,
      datevAccountLength: legalEntities.datevAccountLength,
    })
    .from(studios)
    .innerJoin(legalEntities, isLegalEntityOfStudio)
    .where(eq(studios.id, studioId))
  return row
}

/** Gives a tax code another key; answers whether there is such a code. */
export async function updateTaxKey(tx: Tx, taxCodeId: number, taxKey: string | null): Promise<boolean> {
  const rows = await tx
    .update(taxCodes)
    .set({ taxKey })
    .where(eq(taxCodes.id, taxCodeId))
    .returning({ id: taxCodes.id })
  return rows.length > 0
}

export async function findTaxCode(db: Queryable, taxCodeId: number) {
  const [row] = await db
    .select({ id: taxCodes.id, entityId: taxCodes.entityId, name: taxCodes.name })
    .from(taxCodes)
    .where(eq(taxCodes.id, taxCodeId))
  return row
}

/** The rate of a tax code of these books on a day; without an id the one of the default code. */
export async function findTaxRate(
  db: Queryable,
  { entityId, taxCodeId }: { readonly entityId: number; readonly taxCodeId: number | undefined },
  day: Temporal.PlainDate,
) {
  const [row] = await db
    .select({ taxCodeId: taxCodes.id, rate: taxRates.rate })
    .from(taxCodes)
    .leftJoin(
      taxRates,
      and(eq(taxRates.tenantId, taxCodes.tenantId), eq(taxRates.taxCodeId, taxCodes.id), lte(taxRates.validFrom, day)),
    )
    .where(
      and(
        eq(taxCodes.entityId, entityId),
        taxCodeId === undefined ? eq(taxCodes.isDefault, true) : eq(taxCodes.id, taxCodeId),
      ),
    )
    .orderBy(desc(taxRates.validFrom))
    .limit(1)
  return row
}
