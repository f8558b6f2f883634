import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import { constant } from '../platform/database/columns.ts'
import { prepared, type Queryable, type Tx } from '../platform/database/database.ts'
import { amendmentConfigs, customerAmendments } from './tables.ts'
import { customers } from '../customers/customer-table.ts'
import { isVisible, type Sight } from '../customers/index.ts'
import { returnedId } from '../platform/database/returned-id.ts'

export type Amendment = typeof customerAmendments.$inferSelect
export type NewAmendment = Omit<
  typeof customerAmendments.$inferInsert,
  'id' | 'tenantId' | 'createdAt' | 'updatedAt' | 'version'
>
export type AmendmentConfig = Omit<typeof amendmentConfigs.$inferSelect, 'tenantId'>
type Group = Amendment['kind']

/** The columns of the three groups, and what is computed from them. */
const dataColumns = {
  id: customers.id,
  studioId: customers.studioId,
  email: customers.email,
  phonePrivate: customers.phonePrivate,
  phonePrivateMobile: customers.phonePrivateMobile,
  phoneBusiness: customers.phoneBusiness,
  phoneBusinessMobile: customers.phoneBusinessMobile,
  street: customers.street,
  houseNumber: customers.houseNumber,
  zipCode: customers.zipCode,
  city: customers.city,
  countryCode: customers.countryCode,
  province: customers.province,
  provinceCode: customers.provinceCode,
  secondStreet: customers.secondStreet,
  cityPart: customers.cityPart,
  district: customers.district,
  streetType: customers.streetType,
  streetBlock: customers.streetBlock,
  portal: customers.portal,
  stairway: customers.stairway,
  door: customers.door,
  additionalAddressInformation: customers.additionalAddressInformation,
  floor: customers.floor,
  buildingName: customers.buildingName,
  title: customers.title,
  firstName: customers.firstName,
  secondFirstName: customers.secondFirstName,
  lastName: customers.lastName,
  secondLastName: customers.secondLastName,
  gender: customers.gender,
  dateOfBirth: customers.dateOfBirth,
  countryOfBirth: customers.countryOfBirth,
} as const
const pendingColumns = {
  id: customerAmendments.id,
  base: customerAmendments.base,
  proposed: customerAmendments.proposed,
  proposedEnc: customerAmendments.proposedEnc,
  changedFields: customerAmendments.changedFields,
}

const visibleData = prepared((db) =>
  db
    .select({
      customer: dataColumns,
      mode: sql<AmendmentConfig['mode']>`coalesce(${amendmentConfigs.mode}, 'READ')`,
      requireSignature: sql<boolean>`coalesce(${amendmentConfigs.requireSignature}, false)`,
      pending: pendingColumns,
    })
    .from(customers)
    .leftJoin(
      amendmentConfigs,
      and(
        eq(amendmentConfigs.tenantId, customers.tenantId),
        eq(amendmentConfigs.studioId, customers.studioId),
        eq(amendmentConfigs.kind, sql.placeholder('kind')),
      ),
    )
    .leftJoin(
      customerAmendments,
      and(
        eq(customerAmendments.tenantId, customers.tenantId),
        eq(customerAmendments.customerId, customers.id),
        eq(customerAmendments.kind, sql.placeholder('kind')),
        eq(customerAmendments.status, constant('PENDING')),
      ),
    )
    .where(and(eq(customers.id, sql.placeholder('customerId')), isVisible))
    .prepare('customers_find_data_group'),
)

/** A visible customer's data with what the home studio lets change of the group, and the wish that waits for staff. */
export async function findDataGroup(db: Queryable, sight: Sight, customerId: number, kind: Group) {
  const [row] = await visibleData(db).execute({ ...sight, customerId, kind })
  return row
}

export type DataRow = NonNullable<Awaited<ReturnType<typeof findDataGroup>>>['customer']

/** The same data for staff, no matter who may see the customer. */
export async function findData(db: Queryable, customerId: number): Promise<DataRow | undefined> {
  const [row] = await db.select(dataColumns).from(customers).where(eq(customers.id, customerId))
  return row
}

export async function findAmendment(db: Queryable, amendmentId: number): Promise<Amendment | undefined> {
  const [row] = await db.select().from(customerAmendments).where(eq(customerAmendments.id, amendmentId))
  return row
}

/** Another unit that settles a wish waits until this one ends. */
export async function lockAmendment(tx: Tx, amendmentId: number): Promise<Amendment | undefined> {
  const [row] = await tx.select().from(customerAmendments).where(eq(customerAmendments.id, amendmentId)).for('update')
  return row
}

export async function lockPendingAmendment(tx: Tx, customerId: number, kind: Group): Promise<Amendment | undefined> {
  const [row] = await tx
    .select()
    .from(customerAmendments)
    .where(
      and(
        eq(customerAmendments.customerId, customerId),
        eq(customerAmendments.kind, kind),
        eq(customerAmendments.status, constant('PENDING')),
      ),
    )
    .for('update')
  return row
}

export async function insertAmendment(tx: Tx, amendment: NewAmendment, now: Temporal.Instant): Promise<number> {
  const rows = await tx
    .insert(customerAmendments)
    .values({ ...amendment, createdAt: now, updatedAt: now })
    .returning({ id: customerAmendments.id })
  return returnedId(rows)
}

export interface Settlement {
  readonly status: Exclude<Amendment['status'], 'PENDING' | 'APPLIED'>
  readonly decidedBy: string
  readonly reason?: string
}

export async function updateAmendment(tx: Tx, amendmentId: number, settlement: Settlement, now: Temporal.Instant) {
  await tx
    .update(customerAmendments)
    .set({ ...settlement, decidedAt: now, updatedAt: now, version: sql`${customerAmendments.version} + 1` })
    .where(eq(customerAmendments.id, amendmentId))
}

/** Wishes of a customer in the order of their ids. */
export function listCustomerAmendments(
  db: Queryable,
  customerId: number,
  { after, limit }: { readonly after: number; readonly limit: number },
) {
  return db
    .select()
    .from(customerAmendments)
    .where(and(eq(customerAmendments.customerId, customerId), gt(customerAmendments.id, after)))
    .orderBy(asc(customerAmendments.id))
    .limit(limit)
}

/** The inbox of a studio, longest waiting first. */
export function listAmendmentsAt(
  db: Queryable,
  studioId: number,
  { statuses, limit }: { readonly statuses: readonly Amendment['status'][]; readonly limit: number },
) {
  return db
    .select()
    .from(customerAmendments)
    .where(and(eq(customerAmendments.studioId, studioId), inArray(customerAmendments.status, [...statuses])))
    .orderBy(asc(customerAmendments.requestedAt), asc(customerAmendments.id))
    .limit(limit)
}

/** What a studio has configured; kinds without a row are READ. */
export function listAmendmentConfigs(db: Queryable, studioId: number): Promise<AmendmentConfig[]> {
  return db
    .select({
      studioId: amendmentConfigs.studioId,
      kind: amendmentConfigs.kind,
      mode: amendmentConfigs.mode,
      requireSignature: amendmentConfigs.requireSignature,
    })
    .from(amendmentConfigs)
    .where(eq(amendmentConfigs.studioId, studioId))
}

export async function saveAmendmentConfig(tx: Tx, config: AmendmentConfig) {
  const { mode, requireSignature } = config
  await tx
    .insert(amendmentConfigs)
    .values(config)
    .onConflictDoUpdate({
      target: [amendmentConfigs.tenantId, amendmentConfigs.studioId, amendmentConfigs.kind],
      set: { mode, requireSignature },
    })
}

/** Pending wishes follow their customer to another studio, whose staff decide them from now on. */
export async function moveAmendments(tx: Tx, customerId: number, studioId: number, now: Temporal.Instant) {
  await tx
    .update(customerAmendments)
    .set({ studioId, updatedAt: now, version: sql`${customerAmendments.version} + 1` })
    .where(and(eq(customerAmendments.customerId, customerId), eq(customerAmendments.status, constant('PENDING'))))
}

/** Takes what was wished, and what was before, from every wish of a customer who is erased; open ones end. */
export async function eraseAmendments(tx: Tx, customerId: number, decidedBy: string, now: Temporal.Instant) {
  const isPending = sql`${customerAmendments.status} = 'PENDING'`
  await tx
    .update(customerAmendments)
    .set({
      base: null,
      proposed: null,
      baseEnc: null,
      proposedEnc: null,
      signatureFileId: null,
      reason: sql`case when ${customerAmendments.status} = 'REJECTED' then '#' end`,
      status: sql`case when ${isPending} then 'CANCELLED' else ${customerAmendments.status} end`,
      decidedAt: sql`case when ${isPending} then ${now.toString()}::timestamptz else ${customerAmendments.decidedAt} end`,
      decidedBy: sql`case when ${isPending} then ${decidedBy} else ${customerAmendments.decidedBy} end`,
      updatedAt: now,
      version: sql`${customerAmendments.version} + 1`,
    })
    .where(eq(customerAmendments.customerId, customerId))
}

export async function updateData(
  tx: Tx,
  customerId: number,
  columns: Partial<typeof customers.$inferInsert>,
  now: Temporal.Instant,
) {
  await tx
    .update(customers)
    .set({ ...columns, updatedAt: now, version: sql`${customers.version} + 1` })
    .where(eq(customers.id, customerId))
}

export async function deleteCustomerAmendments(tx: Tx, customerId: number) {
  await tx.delete(customerAmendments).where(eq(customerAmendments.customerId, customerId))
}
