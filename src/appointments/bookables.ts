import { type BookingRuleInput, insertBookingRule, updateBookingRule } from '../bookings/index.ts'
import { diffValues } from '../platform/units/audit-values.ts'
import { conflict, notFound, refuseFields, type Violation, violation } from '../platform/errors/errors.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import {
  deletePoolMembers,
  deleteRequirements,
  findBookable,
  insertBookable,
  insertPoolMembers,
  insertRequirement,
  listResourceKinds,
  lockBookable,
  type NewBookable,
  updateBookableRow,
} from './bookable-store.ts'

/** "`count` of these": resources of one kind; a smaller priority is chosen first. */
export interface LineInput {
  readonly kind: 'EMPLOYEE' | 'ROOM' | 'DEVICE'
  readonly count: number
  readonly pool: readonly { readonly resourceId: number; readonly priority?: number }[]
}

export interface BookableInput extends Omit<NewBookable, 'ruleId'> {
  readonly rule: BookingRuleInput
  /** What an appointment needs; nothing when empty. */
  readonly lines: readonly LineInput[]
}

/** What staff change of a bookable. `lines` are replaced as a whole; what is left out stays as it is. */
export interface BookableChanges extends Partial<Omit<NewBookable, 'ruleId' | 'studioId'>> {
  readonly rule?: Partial<BookingRuleInput>
  readonly lines?: readonly LineInput[]
}

/** Adds a service that customers book at a time of their choice. Returns its id. */
export async function createBookable(work: UnitOfWork, { rule, lines, ...input }: BookableInput): Promise<number> {
  const { tx, now } = work
  const { studioId } = input
  refuseGrid(input)
  await refuseLines(work, studioId, lines)
  const ruleId = await insertBookingRule(tx, studioId, rule, now)
  const bookableId = await insertBookable(tx, { ...input, ruleId }, now)
  await insertLines(work, { studioId, bookableId }, lines)
  auditBookable(work, { studioId, bookableId }, 'created', diffValues<object>({}, { ...input, rule, lines }))
  return bookableId
}

/**
 * Changes a bookable, its rule and its lines; appointments that exist keep their time and resources. With `version`,
 * refuses when another writer has changed it since.
 */
export async function updateBookable(
  work: UnitOfWork,
  {
    studioId,
    bookableId,
    version,
  }: { readonly studioId: number; readonly bookableId: number; readonly version?: number },
  { rule, lines, ...changes }: BookableChanges,
) {
  const { tx, now } = work
  const locked = await lockBookable(tx, studioId, bookableId)
  const before = locked && (await findBookable(tx, studioId, bookableId))
  if (!before) throw notFound('bookableAppointment', bookableId)
  if (version !== undefined && version !== before.version) throw conflict('errormessage.concurrentModification')
  refuseGrid({ ...before, ...changes })
  await updateBookableRow(tx, bookableId, changes, now)
  if (rule) await updateBookingRule(tx, before.ruleId, rule, now)
  if (lines) {
    await refuseLines(work, studioId, lines)
    await deletePoolMembers(tx, bookableId)
    await deleteRequirements(tx, bookableId)
    await insertLines(work, { studioId, bookableId }, lines)
  }
  const diff = { ...diffValues<object>(before, changes), ...diffValues<object>(before.rule, rule ?? {}) }
  auditBookable(work, { studioId, bookableId }, 'changed', { ...diff, ...(lines ? { lines: [null, lines] } : {}) })
}

interface Owner {
  readonly studioId: number
  readonly bookableId: number
}

async function insertLines({ tx, now }: UnitOfWork, owner: Owner, lines: readonly LineInput[]) {
  for (const { kind, count, pool } of lines) {
    const requirementId = await insertRequirement(tx, { ...owner, kind, count }, now)
    const members = pool.map(({ resourceId, priority = 0 }) => ({ ...owner, requirementId, resourceId, priority }))
    await insertPoolMembers(tx, members, now)
  }
}

function auditBookable(
  work: UnitOfWork,
  { studioId, bookableId }: Owner,
  action: string,
  diff: Readonly<Record<string, readonly [unknown, unknown]>>,
) {
  const entity = { entityKind: 'bookableAppointment', entityId: bookableId, studioId }
  work.audit({ action: `bookableAppointment.${action}`, ...entity, diff })
}

const minutesOfDay = 24 * 60

/** The raster repeats every day, so that its step must divide the day. */
function refuseGrid({ gridMin = 15, gridOffsetMin = 0 }: Pick<NewBookable, 'gridMin' | 'gridOffsetMin'>) {
  const violations: Violation[] = []
  if (gridMin < 1 || minutesOfDay % gridMin !== 0) violations.push(violation('gridMin', 'pattern'))
  if (gridOffsetMin < 0 || gridOffsetMin >= gridMin) {
    violations.push(violation('gridOffsetMin', 'max', { type: 'DECIMAL', value: gridMin - 1 }))
  }
  refuse(violations)
}

/** Every resource belongs to the studio, is of its line's kind and stands in one line only: so choosing them is exact. */
async function refuseLines({ tx }: UnitOfWork, studioId: number, lines: readonly LineInput[]) {
  const ids = lines.flatMap(({ pool }) => pool.map(({ resourceId }) => resourceId))
  const kinds = new Map((await listResourceKinds(tx, studioId, ids)).map(({ id, kind }) => [id, kind]))
  const seen = new Set<number>()
  const violations = lines.flatMap(({ kind, pool }, line) =>
    pool.flatMap(({ resourceId }, member) => {
      const reference = `lines[${line}].pool[${member}].resourceId`
      if (seen.has(resourceId)) return [violation(reference, 'uniqueItems')]
      seen.add(resourceId)
      return kinds.get(resourceId) === kind ? [] : [violation(reference, 'enum', { type: 'ENUM', value: kind })]
    }),
  )
  refuse(violations)
}

function refuse([first, ...rest]: readonly Violation[]) {
  if (first) throw refuseFields([first, ...rest])
}
