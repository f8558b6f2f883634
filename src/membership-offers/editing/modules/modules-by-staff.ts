import { asc, eq, inArray } from 'drizzle-orm'
import type { Queryable, Tx } from '../../../platform/database/database.ts'
import { notFound, type Violation } from '../../../platform/errors/errors.ts'
import type { UnitOfWork } from '../../../platform/units/work.ts'
import { loadFrequencies, requireFrequency } from '../../catalogue/frequency-store.ts'
import {
  membershipOfferModules,
  modulePaymentFrequencies,
  moduleRateRestrictions,
  modules,
  moduleServices,
  rates,
} from '../../tables.ts'
import { scaleFaults } from '../amounts-rules.ts'
import { auditDocument } from '../audit.ts'
import { listCurrencies } from '../currency-store.ts'
import { toColumns, toDocument } from '../documents.ts'
import { describeFrequency, dropUnusedFrequencies, saveFrequency } from '../frequency-writing.ts'
import { codeFaults, listLinkedCodes, replaceCodes } from '../rates/code-links.ts'
import { serviceFaults, studioFaults, taxCodeFaults } from '../reference-store.ts'
import { refuseFaults } from '../refusals.ts'
import {
  lockCatalogue,
  lockRow,
  type Reference,
  referenceFaults,
  refuseForeign,
  replaceRows,
  saveRow,
} from '../rows.ts'
import { moduleFaults } from './module-rules.ts'
import type { ModuleDocument } from './module-schemas.ts'
import { offersThatDoNotFit } from './module-use.ts'
import { nonNull } from '../../../platform/values/defined.ts'

/** Adds a module, or makes the one that the document names exactly as it says. Returns its id. */
export async function saveModule(work: UnitOfWork, module: ModuleDocument): Promise<number> {
  const { tx } = work
  refuseFaults(moduleFaults(module))
  await lockCatalogue(work)
  const { id } = module
  if (id !== undefined) await lockRow(tx, modules, { ...module, id }, 'module')
  const before = id === undefined ? undefined : await describeModule(tx, id)
  const known = before?.paymentFrequencies.flatMap((price) => price.id ?? []) ?? []
  refuseForeign(
    module.paymentFrequencies.map((price) => price.id),
    known,
    'paymentFrequencies',
  )
  refuseFaults(await surroundingFaults(tx, module))
  const moduleId = await writeModule(work, module)
  refuseFaults(await offersThatDoNotFit(tx, moduleId))
  await dropUnusedFrequencies(tx, known)
  auditDocument(work, { kind: 'module', id: moduleId, before, after: await describeModule(tx, moduleId) })
  return moduleId
}

/** What is wrong about a module beside everything else. */
async function surroundingFaults(tx: Tx, module: ModuleDocument): Promise<Violation[]> {
  const toReferences = (name: string, ids: readonly number[]) =>
    ids.map((each, at): Reference => [name.replace('#', String(at)), each])
  const serviceIds = module.services.map(({ serviceId }) => serviceId)
  return [
    ...(await studioFaults(tx, [['studioId', module.studioId]])),
    ...(await serviceFaults(tx, toReferences('services[#].serviceId', serviceIds))),
    ...(await referenceFaults(tx, rates, toReferences('rateIds[#]', module.rateIds))),
    ...(await codeFaults(tx, module.rateCodes)),
    ...(await taxCodeFaults(tx, [['taxCode', module.taxCode]])),
    ...scaleFaults('', module, await listCurrencies(tx, module.studioId === undefined ? [] : [module.studioId])),
  ]
}

async function writeModule(work: UnitOfWork, module: ModuleDocument): Promise<number> {
  const { tx, now } = work
  // The picture has a command of its own.
  const { imageKey: _picture, ...columns } = toColumns(modules, module)
  const moduleId = await saveRow(work, modules, module.id, columns)
  const of = { moduleId }
  const prices = []
  for (const [position, { id, paymentFrequency }] of module.paymentFrequencies.entries())
    prices.push({ ...of, position, paymentFrequencyId: await saveFrequency(work, id, paymentFrequency) })
  const priceOwner = { column: modulePaymentFrequencies.moduleId, ownerId: moduleId }
  await replaceRows(tx, modulePaymentFrequencies, priceOwner, { rows: prices, now })
  const grants = module.services.map((grant) => toColumns(moduleServices, grant, of))
  await replaceRows(tx, moduleServices, { column: moduleServices.moduleId, ownerId: moduleId }, { rows: grants, now })
  const restrictions = module.rateIds.map((rateId) => ({ ...of, rateId }))
  const restrictionOwner = { column: moduleRateRestrictions.moduleId, ownerId: moduleId }
  await replaceRows(tx, moduleRateRestrictions, restrictionOwner, { rows: restrictions, now })
  await replaceCodes(tx, { ownerKind: 'MODULE', ownerId: moduleId }, module.rateCodes)
  return moduleId
}

/** A module as a document has it; what `import` reads is what this shows. */
export async function describeModule(db: Queryable, moduleId: number): Promise<ModuleDocument> {
  const [row] = await db.select().from(modules).where(eq(modules.id, moduleId))
  if (!row) throw notFound('module', moduleId)
  const [links, grants, restrictions, rateCodes] = await Promise.all([
    db
      .select()
      .from(modulePaymentFrequencies)
      .where(eq(modulePaymentFrequencies.moduleId, moduleId))
      .orderBy(asc(modulePaymentFrequencies.position)),
    db
      .select()
      .from(moduleServices)
      .where(eq(moduleServices.moduleId, moduleId))
      .orderBy(asc(moduleServices.serviceId)),
    db
      .select()
      .from(moduleRateRestrictions)
      .where(eq(moduleRateRestrictions.moduleId, moduleId))
      .orderBy(asc(moduleRateRestrictions.rateId)),
    listLinkedCodes(db, { ownerKind: 'MODULE', ownerId: moduleId }),
  ])
  const frequencies = await loadFrequencies(
    db,
    links.map(({ paymentFrequencyId }) => paymentFrequencyId),
  )
  return {
    id: moduleId,
    version: row.version,
    ...toDocument(modules, row, ['imageKey']),
    rateCodes,
    services: grants.map((grant) => toDocument(moduleServices, grant, ['moduleId'])),
    paymentFrequencies: links.map(({ paymentFrequencyId: id }) => ({
      id,
      paymentFrequency: describeFrequency(requireFrequency(frequencies, id)),
    })),
    rateIds: restrictions.map(({ rateId }) => rateId),
  } as unknown as ModuleDocument
}

/** All modules of the catalogue, by name. */
export async function listModules(db: Queryable) {
  const rows = await db.select().from(modules).orderBy(asc(modules.name), asc(modules.id))
  const used = await db
    .select({ moduleId: membershipOfferModules.moduleId, offerId: membershipOfferModules.offerId })
    .from(membershipOfferModules)
    .where(inArray(membershipOfferModules.moduleId, [0, ...rows.map(({ id }) => id)]))
  return rows.map(({ id, name, studioId, onlineBookable, active, imageKey }) => ({
    id,
    name,
    ...nonNull({ studioId }),
    onlineBookable,
    active,
    hasImage: imageKey !== null,
    offerIds: [...new Set(used.filter(({ moduleId }) => moduleId === id).map(({ offerId }) => offerId))],
  }))
}
