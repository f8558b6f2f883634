import { and, eq, isNull, sql, type SQLWrapper } from 'drizzle-orm'
import { constant } from '../../platform/database/columns.ts'
import { prepared, preparedWrite, type Queryable, type Tx } from '../../platform/database/database.ts'
import { studios, tenants } from '../../studios/tables.ts'
import type { MediumType } from './medium-rules.ts'
import { accessCodeUses } from './access-code-tables.ts'
import { accessMediums } from '../tables.ts'
import { customers } from '../customer-table.ts'

const wanted = sql.placeholder('wanted')
const isPerson = and(isNull(customers.erasedAt), eq(customers.system, false))

/** PINs are compared by their hashes under all keys of the installation, barcodes in each of their forms. */
const hasForms = (type: MediumType) => type === 'PIN' || type === 'BARCODE'

/** The medium that is looked for, and when, as parts of a statement; of kinds with forms a list of texts. */
interface Shown {
  readonly wanted: SQLWrapper
  readonly now: SQLWrapper
}

/** The type in SQL of what is looked for. */
export const wantedType = (type: MediumType) => (hasForms(type) ? 'text[]' : 'text')

/** Where two forms are stored, the one that was read counts. */
const closest = (type: MediumType, { wanted }: Shown) =>
  hasForms(type) ? [sql`array_position(${wanted}::text[], ${accessMediums.valueNorm})`] : []

const holds = (type: MediumType, { wanted, now }: Shown) =>
  and(
    sql`${accessMediums.type} = ${constant(type)}`,
    hasForms(type)
      ? sql`${accessMediums.valueNorm} = any(${wanted}::text[])`
      : sql`${accessMediums.valueNorm} = ${wanted}`,
    isNull(accessMediums.removedAt),
    sql`(${accessMediums.validUntil} is null or ${accessMediums.validUntil} > ${now}::timestamptz)`,
  )

/** Who holds the medium `shown`, erased people included, to be joined as `holder`. */
export const selectHolder = (db: Queryable, type: MediumType, shown: Shown) =>
  db
    .select({ customerId: accessMediums.customerId })
    .from(accessMediums)
    .where(holds(type, shown))
    .orderBy(...closest(type, shown))
    .limit(1)
    .as('holder')

const shown: Shown = { wanted, now: sql.placeholder('now') }

const findHolder = (type: MediumType) =>
  prepared((db) =>
    db
      .select({ customerId: accessMediums.customerId, accessMediumId: accessMediums.id })
      .from(accessMediums)
      .innerJoin(
        customers,
        and(eq(customers.tenantId, accessMediums.tenantId), eq(customers.id, accessMediums.customerId), isPerson),
      )
      .where(holds(type, shown))
      .orderBy(...closest(type, shown))
      .limit(1)
      .prepare(`customers_identify_${type.toLowerCase()}`),
  )

const holders = {
  CARD_NUMBER: findHolder('CARD_NUMBER'),
  PIN: findHolder('PIN'),
  BARCODE: findHolder('BARCODE'),
  WALLET_PASS: findHolder('WALLET_PASS'),
} as const

/** A medium in the form in which it is looked up. */
export interface WantedMedium {
  readonly type: MediumType
  readonly wanted: string | readonly string[]
}

/** Who holds a medium now, in the whole tenant. */
export async function findMediumHolder(db: Queryable, { type, wanted }: WantedMedium, now: Temporal.Instant) {
  const [found] = await holders[type](db).execute({ wanted, now: now.toString() })
  return found
}

const studioHere = eq(studios.id, sql.placeholder('studioId'))

const personal = prepared((db) =>
  db
    .select({ customerId: customers.id })
    .from(customers)
    .innerJoin(studios, and(eq(studios.tenantId, customers.tenantId), studioHere))
    .innerJoin(tenants, eq(tenants.tenantId, customers.tenantId))
    .where(
      and(
        eq(customers.uuid, wanted),
        isPerson,
        sql`${studios.accessCodeMode} <> 'DYNAMIC_ONLY'`,
        sql`coalesce(${customers.numberFold} = lower(${sql.placeholder('customerNumber')}::text), true)`,
        sql`coalesce(${tenants.slug} = ${sql.placeholder('slug')}::text, true)`,
      ),
    )
    .prepare('customers_identify_personal'),
)

/** The person of a personal code, where the studio accepts lasting codes and everything else that it says is true. */
export async function findPersonalHolder(
  db: Queryable,
  {
    uuid,
    customerNumber = null,
    slug = null,
  }: { readonly uuid: string; readonly customerNumber?: string | null; readonly slug?: string | null },
  studioId: number,
) {
  const [found] = await personal(db).execute({ wanted: uuid, customerNumber, slug, studioId })
  return found
}

const byNumber = prepared((db) =>
  db
    .select({ customerId: customers.id })
    .from(customers)
    .innerJoin(studios, and(eq(studios.tenantId, customers.tenantId), studioHere))
    .where(and(eq(customers.staticAccessNumber, wanted), isPerson, sql`${studios.accessCodeMode} <> 'DYNAMIC_ONLY'`))
    .prepare('customers_identify_number'),
)

/** The person of a static access number, where the studio accepts lasting codes. */
export async function findNumberHolder(db: Queryable, number: string, studioId: number) {
  const [found] = await byNumber(db).execute({ wanted: number, studioId })
  return found
}

const codeFacts = prepared((db) =>
  db
    .select({
      customerId: customers.id,
      uuid: customers.uuid,
      version: customers.accessCodeVersion,
      secret: tenants.accessSecretEnc,
      previousSecret: tenants.previousAccessSecretEnc,
      rotatedAt: tenants.accessSecretRotatedAt,
      isSingleUse: studios.accessCodeSingleUse,
      usedSteps: sql<number[]>`array(select ${accessCodeUses.step} from ${accessCodeUses}
        where ${accessCodeUses.step} >= ${sql.placeholder('firstStep')} and ${accessCodeUses.customerId} = ${wanted}
          and ${accessCodeUses.deviceId} = ${sql.placeholder('deviceId')})`,
    })
    .from(customers)
    .innerJoin(studios, and(eq(studios.tenantId, customers.tenantId), studioHere))
    .innerJoin(tenants, eq(tenants.tenantId, customers.tenantId))
    .where(and(eq(customers.id, wanted), isPerson, sql`${studios.accessCodeMode} <> 'STATIC_ONLY'`))
    .prepare('customers_identify_code'),
)

/**
 * What a dynamic code of a person is checked against, where the studio accepts such codes. `usedSteps` are those that
 * the device has taken since `firstStep`.
 */
export async function findCodeFacts(
  db: Queryable,
  customerId: number,
  at: { readonly studioId: number; readonly deviceId: number; readonly firstStep: number },
) {
  const [found] = await codeFacts(db).execute({ wanted: customerId, ...at })
  return found
}

const use = preparedWrite((tx) =>
  tx
    .insert(accessCodeUses)
    .values({
      customerId: sql.placeholder('customerId'),
      step: sql.placeholder('step'),
      deviceId: sql.placeholder('deviceId'),
      usedAt: sql`${sql.placeholder('now')}::timestamptz`,
    })
    .onConflictDoNothing()
    .returning({ step: accessCodeUses.step })
    .prepare('customers_use_access_code'),
)

/** Notes that a device has taken a code; false when it had taken it before. */
export async function insertCodeUse(
  tx: Tx,
  taken: { readonly customerId: number; readonly step: number; readonly deviceId: number },
  now: Temporal.Instant,
): Promise<boolean> {
  return (await use(tx).execute({ ...taken, now: now.toString() })).length > 0
}

/** Forgets uses of codes of before `step`; answers how many of at most `limit`. */
export async function deleteCodeUses(tx: Tx, tenantId: number, step: number, limit: number): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    delete from ${accessCodeUses} where ctid = any(array(
      select ctid from ${accessCodeUses} where tenant_id = ${tenantId} and step < ${step}
      limit ${limit} for update skip locked))`)
  return rowCount ?? 0
}
