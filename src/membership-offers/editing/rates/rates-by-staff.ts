import { asc, eq } from 'drizzle-orm'
import type { Queryable } from '../../../platform/database/database.ts'
import { notFound } from '../../../platform/errors/errors.ts'
import type { UnitOfWork } from '../../../platform/units/work.ts'
import { idlePolicies, rateCheckinStudios, rateCodes, rates, rateServices } from '../../tables.ts'
import { auditDocument } from '../audit.ts'
import { toColumns, toDocument } from '../documents.ts'
import { serviceFaults, studioFaults, taxCodeFaults } from '../reference-store.ts'
import { refuseFaults } from '../refusals.ts'
import { insertRow, lockCatalogue, lockRow, type Reference, referenceFaults, replaceRows, saveRow } from '../rows.ts'
import { codeFaults, listLinkedCodes, replaceCodes } from './code-links.ts'
import { rateFaults } from './rate-rules.ts'
import type { RateDocument } from './rate-schemas.ts'

/** Adds a rate, or makes the one that the document names exactly as it says. Returns its id. */
export async function saveRate(work: UnitOfWork, rate: RateDocument): Promise<number> {
  const { tx } = work
  refuseFaults(rateFaults(rate))
  await lockCatalogue(work)
  const { id } = rate
  if (id !== undefined) await lockRow(tx, rates, { ...rate, id }, 'rate')
  const before = id === undefined ? undefined : await describeRate(tx, id)
  refuseFaults([
    ...(await studioFaults(tx, [
      ['studioId', rate.studioId],
      ...rate.checkinStudioIds.map((each, at): Reference => [`checkinStudioIds[${at}]`, each]),
    ])),
    ...(await referenceFaults(tx, idlePolicies, [['idlePolicyId', rate.idlePolicyId]])),
    ...(await serviceFaults(
      tx,
      rate.services.map(({ serviceId }, at): Reference => [`services[${at}].serviceId`, serviceId]),
    )),
    ...(await codeFaults(tx, rate.rateCodes)),
    ...(await taxCodeFaults(tx, [['taxCode', rate.taxCode]])),
  ])
  const rateId = await writeRate(work, rate)
  auditDocument(work, { kind: 'rate', id: rateId, before, after: await describeRate(tx, rateId) })
  return rateId
}

async function writeRate(work: UnitOfWork, rate: RateDocument): Promise<number> {
  const { tx, now } = work
  const rateId = await saveRow(work, rates, rate.id, toColumns(rates, rate))
  const grants = rate.services.map((grant) => toColumns(rateServices, grant, { rateId }))
  await replaceRows(tx, rateServices, { column: rateServices.rateId, ownerId: rateId }, { rows: grants, now })
  const doors = rate.checkinEverywhere
    ? [{ rateId, studioId: null }]
    : rate.checkinStudioIds.map((studioId) => ({ rateId, studioId }))
  const doorOwner = { column: rateCheckinStudios.rateId, ownerId: rateId }
  await replaceRows(tx, rateCheckinStudios, doorOwner, { rows: doors, now })
  await replaceCodes(tx, { ownerKind: 'RATE', ownerId: rateId }, rate.rateCodes)
  return rateId
}

/** A rate as a document has it; what `import` reads is what this shows. */
export async function describeRate(db: Queryable, rateId: number): Promise<RateDocument> {
  const [row] = await db.select().from(rates).where(eq(rates.id, rateId))
  if (!row) throw notFound('rate', rateId)
  const [codes, grants, doors] = await Promise.all([
    listLinkedCodes(db, { ownerKind: 'RATE', ownerId: rateId }),
    db.select().from(rateServices).where(eq(rateServices.rateId, rateId)).orderBy(asc(rateServices.serviceId)),
    db
      .select()
      .from(rateCheckinStudios)
      .where(eq(rateCheckinStudios.rateId, rateId))
      .orderBy(asc(rateCheckinStudios.studioId)),
  ])
  return {
    id: rateId,
    version: row.version,
    ...toDocument(rates, row),
    rateCodes: codes,
    services: grants.map((grant) => toDocument(rateServices, grant, ['rateId'])),
    checkinEverywhere: doors.some(({ studioId }) => studioId === null),
    checkinStudioIds: doors.flatMap(({ studioId }) => studioId ?? []),
  } as unknown as RateDocument
}

/** All rates, by name. */
export async function listRates(db: Queryable) {
  const rows = await db.select().from(rates).orderBy(asc(rates.name), asc(rates.id))
  return rows.map((row) => ({ id: row.id, ...toDocument(rates, row) }))
}

/** Adds a rate code, or gives the one with this identifier another name. */
export async function saveRateCode(work: UnitOfWork, { identifier, name }: { identifier: string; name: string }) {
  const { tx, now } = work
  await lockCatalogue(work)
  const [known] = await tx.select().from(rateCodes).where(eq(rateCodes.identifier, identifier)).for('update')
  if (known) await tx.update(rateCodes).set({ name }).where(eq(rateCodes.id, known.id))
  const id = known?.id ?? (await insertRow(tx, rateCodes, { identifier, name }, now))
  const before = known && { identifier, name: known.name }
  auditDocument(work, { kind: 'rateCode', id, before, after: { identifier, name } })
  return id
}

/** All rate codes, by identifier. */
export function listRateCodes(db: Queryable) {
  const { id, identifier, name } = rateCodes
  return db.select({ id, identifier, name }).from(rateCodes).orderBy(asc(identifier))
}
