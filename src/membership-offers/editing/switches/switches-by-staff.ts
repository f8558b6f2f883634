import { asc, eq } from 'drizzle-orm'
import type { Queryable } from '../../../platform/database/database.ts'
import { notFound } from '../../../platform/errors/errors.ts'
import type { UnitOfWork } from '../../../platform/units/work.ts'
import {
  membershipOffers,
  membershipSwitchConfigs,
  membershipSwitchDestinations,
  membershipSwitchSources,
  membershipSwitchStudios,
  rates,
} from '../../tables.ts'
import { auditDocument } from '../audit.ts'
import { toColumns, toDocument } from '../documents.ts'
import { studioFaults } from '../reference-store.ts'
import { refuseFaults } from '../refusals.ts'
import { lockRow, type Reference, referenceFaults, replaceRows, saveRow } from '../rows.ts'
import type { SwitchDocument } from './switch-schemas.ts'

/** Adds a switch, or makes the one that the document names exactly as it says. Returns its id. */
export async function saveSwitch(work: UnitOfWork, config: SwitchDocument): Promise<number> {
  const { tx } = work
  const { id } = config
  if (id !== undefined) await lockRow(tx, membershipSwitchConfigs, { ...config, id }, 'membershipSwitchConfig')
  const before = id === undefined ? undefined : await describeSwitch(tx, id)
  const list = (name: string, ids: readonly number[]) => ids.map((each, at): Reference => [`${name}[${at}]`, each])
  refuseFaults([
    ...(await referenceFaults(tx, rates, list('sourceRateIds', config.sourceRateIds))),
    ...(await referenceFaults(tx, membershipOffers, list('destinationOfferIds', config.destinationOfferIds))),
    ...(await studioFaults(tx, list('studioIds', config.studioIds))),
  ])
  const configId = await writeSwitch(work, config)
  const after = await describeSwitch(tx, configId)
  auditDocument(work, { kind: 'membershipSwitchConfig', id: configId, before, after })
  return configId
}

async function writeSwitch(work: UnitOfWork, config: SwitchDocument): Promise<number> {
  const { tx, now } = work
  // The picture has a command of its own.
  const { imageKey: _picture, ...columns } = toColumns(membershipSwitchConfigs, config)
  const configId = await saveRow(work, membershipSwitchConfigs, config.id, columns)
  const sources = config.sourceRateIds.map((rateId) => ({ configId, rateId }))
  const sourceOwner = { column: membershipSwitchSources.configId, ownerId: configId }
  await replaceRows(tx, membershipSwitchSources, sourceOwner, { rows: sources, now })
  const destinations = config.destinationOfferIds.map((offerId, position) => ({ configId, offerId, position }))
  const destinationOwner = { column: membershipSwitchDestinations.configId, ownerId: configId }
  await replaceRows(tx, membershipSwitchDestinations, destinationOwner, { rows: destinations, now })
  const studios = config.studioIds.map((studioId) => ({ configId, studioId }))
  const studioOwner = { column: membershipSwitchStudios.configId, ownerId: configId }
  await replaceRows(tx, membershipSwitchStudios, studioOwner, { rows: studios, now })
  return configId
}

/** A switch as a document has it; what `import` reads is what this shows. */
export async function describeSwitch(db: Queryable, configId: number): Promise<SwitchDocument> {
  const [row] = await db.select().from(membershipSwitchConfigs).where(eq(membershipSwitchConfigs.id, configId))
  if (!row) throw notFound('membershipSwitchConfig', configId)
  const [sources, destinations, studios] = await Promise.all([
    db
      .select()
      .from(membershipSwitchSources)
      .where(eq(membershipSwitchSources.configId, configId))
      .orderBy(asc(membershipSwitchSources.rateId)),
    db
      .select()
      .from(membershipSwitchDestinations)
      .where(eq(membershipSwitchDestinations.configId, configId))
      .orderBy(asc(membershipSwitchDestinations.position)),
    db
      .select()
      .from(membershipSwitchStudios)
      .where(eq(membershipSwitchStudios.configId, configId))
      .orderBy(asc(membershipSwitchStudios.studioId)),
  ])
  return {
    id: configId,
    version: row.version,
    ...toDocument(membershipSwitchConfigs, row, ['imageKey']),
    sourceRateIds: sources.map(({ rateId }) => rateId),
    destinationOfferIds: destinations.map(({ offerId }) => offerId),
    studioIds: studios.map(({ studioId }) => studioId),
  } as unknown as SwitchDocument
}

/** All switches, by name. */
export async function listSwitches(db: Queryable) {
  const rows = await db
    .select()
    .from(membershipSwitchConfigs)
    .orderBy(asc(membershipSwitchConfigs.name), asc(membershipSwitchConfigs.id))
  return rows.map(({ id, name, active, imageKey }) => ({ id, name, active, hasImage: imageKey !== null }))
}
