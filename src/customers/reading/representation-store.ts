import { and, eq, type SQL, sql } from 'drizzle-orm'
import { prepared, type Queryable } from '../../platform/database/database.ts'
import type { CustomerRow, MediumPart } from '../customer-row.ts'
import { customerHooks } from '../hooks.ts'
import { accessMediums, customerViews } from '../tables.ts'
import { customers } from '../customer-table.ts'
import type { Sight } from './sight.ts'
import { isViewVisible } from './sight-store.ts'

/** Whole customers, one row each. */
function wholeCustomers(db: Queryable, name: string, where: SQL) {
  return db.select({ row: customerViews.whole }).from(customerViews).where(and(isViewVisible, where)).prepare(name)
}

const byId = prepared((db) =>
  wholeCustomers(db, 'customers_find', eq(customerViews.customerId, sql.placeholder('customerId'))),
)

/** One visible customer. Unknown, foreign, blocked and erased ones cost the same and look the same. */
export async function findCustomer(db: Queryable, sight: Sight, customerId: number): Promise<CustomerRow | undefined> {
  const [found] = await byId(db).execute({ ...sight, customerId })
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
  const rows = await byIds(db).execute({ ...sight, customerIds })
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
  barcode: prepared((db) =>
    wholeCustomers(db, 'customers_find_by_barcode', mediumHolder('BARCODE', sql`= any(${wanted}::text[])`)),
  ),
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

export interface CustomerLookup {
  readonly kind: LookupKind
  /** In the form in which it is stored. */
  readonly value: string | readonly string[]
  /** Mediums that have expired by then are carried by nobody. */
  readonly now: Temporal.Instant
}

/** The one visible customer of a card, code or number. */
export async function findCustomerBy(
  db: Queryable,
  sight: Sight,
  { kind, value, now }: CustomerLookup,
): Promise<CustomerRow | undefined> {
  const [found] = await lookups[kind](db).execute({ ...sight, wanted: value, now: now.toString() })
  return found?.row
}
