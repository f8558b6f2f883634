import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { prepared, type Queryable } from '../../platform/database/database.ts'
import type { CustomerRow, MediumPart } from '../customer-row.ts'
import { customerHooks } from '../hooks.ts'
import { accessMediums, customerIntegrationBlocks, customerViews } from '../tables.ts'
import { customers } from '../customer-table.ts'

/** Who looks, and when: the same for every statement that reads whole customers. */
export interface Sight {
  /** Customers with another home studio do not exist for this caller. */
  readonly studioIds: readonly number[]
  readonly integrationId: number
  readonly now: Temporal.Instant
}

/** The sight as the parameters of a statement; `now` stands in plain SQL, which no column turns into text. */
export function paramsOf({ studioIds, integrationId, now }: Sight) {
  return { studioIds, integrationId, now: now.toString() }
}

/** Living customers of the sight's studios that the integration may see. */
export const isVisible = and(
  isNull(customers.erasedAt),
  eq(customers.system, false),
  sql`${customers.studioId} = any(${sql.placeholder('studioIds')}::bigint[])`,
  sql`not exists (select from ${customerIntegrationBlocks}
    where ${customerIntegrationBlocks.customerId} = ${customers.id}
      and ${customerIntegrationBlocks.integrationId} = ${sql.placeholder('integrationId')})`,
)

/** The same for what is read from the views alone: people who are erased or no people have none. */
const isViewVisible = and(
  sql`${customerViews.studioId} = any(${sql.placeholder('studioIds')}::bigint[])`,
  sql`not ${sql.placeholder('integrationId')}::bigint = any(${customerViews.blockedIntegrationIds})`,
)

/** Whole customers, one row each. */
function wholeCustomers(db: Queryable, name: string, where: SQL) {
  return db.select({ row: customerViews.whole }).from(customerViews).where(and(isViewVisible, where)).prepare(name)
}

const byId = prepared((db) =>
  wholeCustomers(db, 'customers_find', eq(customerViews.customerId, sql.placeholder('customerId'))),
)

/** One visible customer. Unknown, foreign, blocked and erased ones cost the same and look the same. */
export async function findCustomer(db: Queryable, sight: Sight, customerId: number): Promise<CustomerRow | undefined> {
  const [found] = await byId(db).execute({ ...paramsOf(sight), customerId })
  return found?.row
}

const byIds = prepared((db) =>
  wholeCustomers(
    db,
    'customers_list_by_ids',
    sql`${customerViews.customerId} = any(${sql.placeholder('customerIds')}::bigint[])`,
  ),
)

/** The visible ones among these customers, in the order of `customerIds`. */
export async function listCustomersById(
  db: Queryable,
  sight: Sight,
  customerIds: readonly number[],
): Promise<CustomerRow[]> {
  if (customerIds.length === 0) return []
  const rows = await byIds(db).execute({ ...paramsOf(sight), customerIds })
  const found = new Map(rows.map(({ row }) => [row.id, row]))
  return customerIds.flatMap((id) => found.get(id) ?? [])
}

/** The customer who carries a medium now. PINs are compared by the hashes under all keys of the installation. */
const mediumHolder = (type: MediumPart['type'], value: SQL) =>
  sql`${customerViews.customerId} = (select ${accessMediums.customerId} from ${accessMediums}
    where ${accessMediums.type} = ${type} and ${accessMediums.valueNorm} ${value}
      and ${accessMediums.removedAt} is null
      and (${accessMediums.validUntil} is null or ${accessMediums.validUntil} > ${sql.placeholder('now')}::timestamptz)
    limit 1)`

const selectPerson = (where: SQL) =>
  sql`${customerViews.customerId} = (select ${customers.id} from ${customers} where ${where})`

const wanted = sql.placeholder('wanted')

const lookups = {
  cardNumber: prepared((db) =>
    wholeCustomers(db, 'customers_find_by_card', mediumHolder('CARD_NUMBER', sql`= ${wanted}`)),
  ),
  barcode: prepared((db) => wholeCustomers(db, 'customers_find_by_barcode', mediumHolder('BARCODE', sql`= ${wanted}`))),
  pin: prepared((db) =>
    wholeCustomers(db, 'customers_find_by_pin', mediumHolder('PIN', sql`= any(${wanted}::text[])`)),
  ),
  qrCodeUuid: prepared((db) =>
    wholeCustomers(db, 'customers_find_by_uuid', selectPerson(sql`${customers.uuid} = ${wanted}`)),
  ),
  customerNumber: prepared((db) =>
    wholeCustomers(db, 'customers_find_by_number', selectPerson(sql`${customers.numberFold} = lower(${wanted})`)),
  ),
  debtorId: prepared((db) =>
    wholeCustomers(
      db,
      'customers_find_by_debtor',
      sql`${customerViews.customerId} = ${customerHooks().customerIdOfDebtor(wanted)}`,
    ),
  ),
} as const

export type LookupKind = keyof typeof lookups

/** The one visible customer of a card, code or number, in the form in which it is stored. */
export async function findCustomerBy(
  db: Queryable,
  sight: Sight,
  { kind, value }: { readonly kind: LookupKind; readonly value: string | readonly string[] },
): Promise<CustomerRow | undefined> {
  const [found] = await lookups[kind](db).execute({ ...paramsOf(sight), wanted: value })
  return found?.row
}
