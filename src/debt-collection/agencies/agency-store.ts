import { and, desc, eq, getTableColumns, inArray, isNull, or, sql } from 'drizzle-orm'
import { legalEntities } from '../../accounts/tables.ts'
import { integrations } from '../../integrations/tables.ts'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { returnedId } from '../../platform/database/returned-id.ts'
import { studios } from '../../studios/tables.ts'
import { agencyCases, agencyContracts, agencyRequests } from '../tables.ts'

export type AgencyContract = typeof agencyContracts.$inferSelect
type Fill = 'id' | 'tenantId' | 'createdAt' | 'updatedAt' | 'version'
export type NewAgencyContract = Omit<typeof agencyContracts.$inferInsert, Fill>
export type AgencyContractChanges = Partial<Omit<NewAgencyContract, 'studioId' | 'integrationId' | 'type'>>

export interface AgencyKey {
  readonly studioId: number
  readonly integrationId: number
}

/** An agency that reports to a studio. */
export interface Agency extends AgencyKey {
  /** IANA name, of the studio. */
  readonly zone: string
}

const isOfAgency = ({ studioId, integrationId }: AgencyKey) =>
  and(
    eq(agencyContracts.studioId, studioId),
    eq(agencyContracts.integrationId, integrationId),
    inArray(agencyContracts.state, ['ACTIVE', 'ENDED']),
  )

/** What a studio has agreed with an agency and what still counts: the active contract, else the latest that ended. */
export async function findAgencyContract(db: Queryable, key: AgencyKey): Promise<AgencyContract | undefined> {
  const [row] = await db
    .select()
    .from(agencyContracts)
    .where(isOfAgency(key))
    .orderBy(sql`${agencyContracts.state} = 'ACTIVE' desc`, desc(agencyContracts.id))
    .limit(1)
  return row
}

/** The same, held until the unit ends: nobody ends or terminates it meanwhile. */
export async function holdAgencyContract(tx: Tx, key: AgencyKey): Promise<AgencyContract | undefined> {
  const [row] = await tx
    .select()
    .from(agencyContracts)
    .where(isOfAgency(key))
    .orderBy(sql`${agencyContracts.state} = 'ACTIVE' desc`, desc(agencyContracts.id))
    .limit(1)
    .for('share')
  return row
}

export async function lockAgencyContract(tx: Tx, agencyContractId: number): Promise<AgencyContract | undefined> {
  const [row] = await tx.select().from(agencyContracts).where(eq(agencyContracts.id, agencyContractId)).for('update')
  return row
}

/** The contract under which a studio hands over today, held until the unit ends. */
export async function holdActiveContract(tx: Tx, studioId: number): Promise<AgencyContract | undefined> {
  const [row] = await tx
    .select()
    .from(agencyContracts)
    .where(and(eq(agencyContracts.studioId, studioId), eq(agencyContracts.state, 'ACTIVE')))
    .for('share')
  return row
}

export async function findActiveContract(db: Queryable, studioId: number): Promise<AgencyContract | undefined> {
  const [row] = await db
    .select()
    .from(agencyContracts)
    .where(and(eq(agencyContracts.studioId, studioId), eq(agencyContracts.state, 'ACTIVE')))
  return row
}

/** Adds a contract; undefined where the studio has an active one. */
export async function insertAgencyContract(
  tx: Tx,
  agencyContract: NewAgencyContract,
  now: Temporal.Instant,
): Promise<number | undefined> {
  const [row] = await tx
    .insert(agencyContracts)
    .values({ ...agencyContract, createdAt: now, updatedAt: now })
    .onConflictDoNothing()
    .returning({ id: agencyContracts.id })
  return row?.id
}

export async function updateAgencyContractRow(
  tx: Tx,
  agencyContractId: number,
  changes: AgencyContractChanges,
  now: Temporal.Instant,
) {
  await tx
    .update(agencyContracts)
    .set({ ...changes, updatedAt: now, version: sql`${agencyContracts.version} + 1` })
    .where(eq(agencyContracts.id, agencyContractId))
}

export function listAgencyContracts(db: Queryable) {
  const {
    tenantId: _tenant,
    createdAt: _created,
    updatedAt: _updated,
    version: _version,
    ...columns
  } = getTableColumns(agencyContracts)
  return db
    .select({ ...columns, integrationName: integrations.name, currency: studios.currency })
    .from(agencyContracts)
    .innerJoin(
      integrations,
      and(eq(integrations.tenantId, agencyContracts.tenantId), eq(integrations.id, agencyContracts.integrationId)),
    )
    .innerJoin(studios, and(eq(studios.tenantId, agencyContracts.tenantId), eq(studios.id, agencyContracts.studioId)))
    .orderBy(agencyContracts.studioId, agencyContracts.id)
}

/** A studio with the legal entity that keeps its books, where there is one. */
export async function findClient(db: Queryable, studioId: number) {
  const [row] = await db
    .select({ studio: studios, entity: legalEntities })
    .from(studios)
    .leftJoin(
      legalEntities,
      and(
        eq(legalEntities.tenantId, studios.tenantId),
        or(
          eq(legalEntities.id, studios.legalEntityId),
          and(isNull(studios.legalEntityId), legalEntities.isDefault, eq(legalEntities.currency, studios.currency)),
        ),
      ),
    )
    .where(eq(studios.id, studioId))
  return row
}

export interface AgencyRequest extends AgencyKey {
  readonly requestId: string
  readonly bodySha256: Buffer
}

/** Notes a request before it is carried out; waits for another one with the same id. Answers whether it is new. */
export async function insertAgencyRequest(tx: Tx, request: AgencyRequest, now: Temporal.Instant): Promise<boolean> {
  const rows = await tx
    .insert(agencyRequests)
    .values({ ...request, createdAt: now })
    .onConflictDoNothing()
    .returning({ requestId: agencyRequests.requestId })
  return rows.length > 0
}

/** Whether a request was sent with this body before. */
export async function isSameRequest(
  db: Queryable,
  { studioId, integrationId, requestId, bodySha256 }: AgencyRequest,
): Promise<boolean> {
  const rows = await db
    .select({ requestId: agencyRequests.requestId })
    .from(agencyRequests)
    .where(
      and(
        eq(agencyRequests.studioId, studioId),
        eq(agencyRequests.integrationId, integrationId),
        eq(agencyRequests.requestId, requestId),
        eq(agencyRequests.bodySha256, bodySha256),
      ),
    )
  return rows.length > 0
}

export async function findAgencyCase(db: Queryable, agencyContractId: number, agencyId: string) {
  const [row] = await db
    .select()
    .from(agencyCases)
    .where(and(eq(agencyCases.agencyContractId, agencyContractId), eq(agencyCases.agencyId, agencyId)))
  return row
}

type NewAgencyCase = Pick<typeof agencyCases.$inferInsert, 'agencyContractId' | 'customerId' | 'agencyId' | 'publicId'>

export async function insertAgencyCase(tx: Tx, agencyCase: NewAgencyCase, now: Temporal.Instant): Promise<number> {
  const rows = await tx
    .insert(agencyCases)
    .values({ ...agencyCase, createdAt: now, updatedAt: now })
    .returning({ id: agencyCases.id })
  return returnedId(rows)
}

export async function setPublicId(tx: Tx, agencyCaseId: number, publicId: string, now: Temporal.Instant) {
  await tx
    .update(agencyCases)
    .set({ publicId, updatedAt: now, version: sql`${agencyCases.version} + 1` })
    .where(eq(agencyCases.id, agencyCaseId))
}
