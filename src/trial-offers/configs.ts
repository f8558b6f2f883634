import { diffValues } from '../platform/units/audit-values.ts'
import { conflict, notFound, refuseFields, type Violation, violation } from '../platform/errors/errors.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import {
  deleteAssignments,
  findOffered,
  insertAssignments,
  insertConfig,
  listOfStudio,
  lockConfig,
  type NewConfig,
  type Offered,
  updateConfigRow,
} from './config-store.ts'

/** Adds a trial offer that offers nothing yet. Returns its id. */
export async function createTrialOfferConfig(work: UnitOfWork, config: NewConfig): Promise<number> {
  refuseImpossible(config)
  const configId = await insertConfig(work.tx, config, work.now)
  auditConfig(work, { configId, studioId: config.studioId }, 'created', diffValues<object>({}, config))
  return configId
}

/**
 * Changes a trial offer for all bookings to come; pending ones keep their deadline. With `version`, refuses when another writer
 * else has changed it since.
 */
export async function updateTrialOfferConfig(
  work: UnitOfWork,
  configId: number,
  changes: Partial<Omit<NewConfig, 'studioId'>>,
  version?: number,
) {
  const before = await lockConfig(work.tx, configId)
  if (!before) throw notFound('trialOfferConfig', configId)
  if (version !== undefined && version !== before.version) throw conflict('errormessage.concurrentModification')
  const diff = diffValues<object>(before, changes)
  if (Object.keys(diff).length === 0) return
  refuseImpossible({ ...before, ...changes })
  await updateConfigRow(work.tx, configId, changes, work.now)
  auditConfig(work, { configId, studioId: before.studioId }, 'updated', diff)
}

/**
 * Sets what a trial offer offers, as a whole. A class or bookable that another one offers moves here, because a booking
 * does not say under which offer it is made.
 */
export async function assignTrialOffers(work: UnitOfWork, configId: number, offered: Offered) {
  const { tx, now } = work
  const config = await lockConfig(tx, configId)
  if (!config) throw notFound('trialOfferConfig', configId)
  const { studioId } = config
  const wanted = { classIds: ordered(offered.classIds), bookableIds: ordered(offered.bookableIds) }
  await refuseStrange(work, studioId, wanted)
  const before = await findOffered(tx, configId)
  const diff = diffValues<Offered>(before, wanted)
  if (Object.keys(diff).length === 0) return
  const losses = await deleteAssignments(tx, configId, wanted)
  const rows = [
    ...wanted.classIds.map((classId) => ({ studioId, configId, classId, bookableId: null })),
    ...wanted.bookableIds.map((bookableId) => ({ studioId, configId, classId: null, bookableId })),
  ]
  if ((await insertAssignments(tx, rows, now)) < rows.length) throw conflict('errormessage.concurrentModification')
  auditConfig(work, { configId, studioId }, 'assigned', diff)
  for (const { configId: loser, ...lost } of losses) {
    const gone = diffValues<Offered>(lost, { classIds: [], bookableIds: [] })
    auditConfig(work, { configId: loser, studioId }, 'assigned', gone)
  }
}

function ordered(ids: readonly number[]): number[] {
  return [...new Set(ids)].sort((a, b) => a - b)
}

async function refuseStrange({ tx }: UnitOfWork, studioId: number, wanted: Offered) {
  const known = await listOfStudio(tx, studioId, wanted)
  const gymClass = wanted.classIds.find((id) => !known.classIds.has(id))
  if (gymClass !== undefined) throw notFound('class', gymClass)
  const bookable = wanted.bookableIds.find((id) => !known.bookableIds.has(id))
  if (bookable !== undefined) throw notFound('bookableAppointment', bookable)
}

function refuseImpossible({ name, contingent, ...terms }: Pick<NewConfig, TermField | 'name' | 'contingent'>) {
  const violations: Violation[] = []
  if (name.trim() === '') violations.push(violation('name', 'required'))
  if (contingent < 1) violations.push(violation('contingent', 'min', { type: 'DECIMAL', value: 1 }))
  for (const field of ['preventMultipleTermValue', 'confirmationTermValue'] as const) {
    if ((terms[field] ?? 0) < 0) violations.push(violation(field, 'min', { type: 'DECIMAL', value: 0 }))
  }
  const [first, ...more] = violations
  if (first) throw refuseFields([first, ...more])
}

type TermField = 'preventMultipleTermValue' | 'confirmationTermValue'

function auditConfig(
  work: UnitOfWork,
  { configId, studioId }: { readonly configId: number; readonly studioId: number },
  action: string,
  diff: Readonly<Record<string, readonly [unknown, unknown]>>,
) {
  const entity = { entityKind: 'trialOfferConfig', entityId: configId, studioId }
  work.audit({ action: `trialOfferConfig.${action}`, ...entity, diff })
}
