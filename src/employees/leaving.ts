import { ApiError, conflict, notFound, refuseFields, refuseUnknown, violation } from '../platform/errors/errors.ts'
import type { RunUnit, UnitOfWork, View } from '../platform/units/work.ts'
import { type EmployeePlan, employeeHooks, type Leaving, type PlanningHook } from './hooks.ts'
import { listAssignments, lockWorking } from './store.ts'

/** What becomes of the plans of an employee who leaves. */
export interface Handover {
  readonly standInId?: number | undefined
  readonly cancelPlanned?: boolean | undefined
  /** They stay for staff to decide later; `listPlans` finds them. */
  readonly leavePlanned?: boolean | undefined
}

/** How many plans a refusal names. */
const NAMED_PLANS = 5

/**
 * Lists what an employee is planned for in studios that he or she is leaving, and does with it what staff said. Refuses
 * (409), with what is planned, where there is something and staff said nothing.
 */
export async function leaveStudios(work: UnitOfWork, leaving: Leaving, handover: Handover) {
  const planned = await handOver(work, leaving, handover)
  const { standInId, cancelPlanned = false, leavePlanned = false } = handover
  if (planned.length === 0 || standInId !== undefined || cancelPlanned || leavePlanned) return planned
  const named = planned
    .slice(0, NAMED_PLANS)
    .map(({ title, start }) => (start ? `${title} ${start.toString()}` : title))
  throw conflict('errormessage.employee.stillPlanned', {
    args: [
      { type: 'INTEGER', value: planned.length },
      { type: 'STRING', value: named.join(', ') },
    ],
  })
}

/**
 * Lists what an employee is still planned for in studios that he or she has just left, and after the commit gives it to
 * the stand-in or cancels it, where staff said so. What cannot be handed over, because the stand-in is busy for instance,
 * stays as it is: `listPlans` finds it.
 */
async function handOver(
  work: UnitOfWork,
  leaving: Leaving,
  { standInId, cancelPlanned = false, leavePlanned = false }: Handover,
) {
  if ([standInId !== undefined, cancelPlanned, leavePlanned].filter(Boolean).length > 1) {
    const both = [{ type: 'STRING', value: 'standInId, cancelPlanned, leavePlanned' }] as const
    throw refuseFields([{ ...violation('standInId', 'exactlyOneOf'), args: both }])
  }
  if (standInId !== undefined) await requireStandIn(work, leaving, standInId)
  const found = await findPlans(work, leaving)
  if (standInId !== undefined || cancelPlanned) {
    const who = { employeeId: leaving.employeeId, standInId: standInId ?? null }
    work.afterCommit((run) => resolveAll(run, found, who))
  }
  return found.map(({ plan }) => plan)
}

async function requireStandIn(work: UnitOfWork, { studioIds }: Leaving, standInId: number) {
  for (const studioId of studioIds)
    if ((await lockWorking(work.tx, studioId, [standInId])).length === 0) throw refuseUnknown('standInId')
}

interface Found {
  readonly plan: EmployeePlan
  readonly resolve: PlanningHook['resolve']
}

async function findPlans({ db, now }: View, leaving: Leaving): Promise<Found[]> {
  if (leaving.studioIds.length === 0) return []
  const found: Found[] = []
  for (const { list, resolve } of employeeHooks().planning)
    found.push(...(await list(db, leaving, now)).map((plan) => ({ plan, resolve })))
  return found
}

async function resolveAll(
  run: RunUnit,
  found: readonly Found[],
  who: { readonly employeeId: number; readonly standInId: number | null },
) {
  for (const { plan, resolve } of found) {
    try {
      await resolve(run, plan, who)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
    }
  }
}

/** What an employee is planned for in studios in which he or she does not work (any more). */
export async function listPlans(view: View, employeeId: number): Promise<EmployeePlan[]> {
  const found = await findPlans(view, await leftStudios(view, employeeId))
  return found.map(({ plan }) => plan)
}

/** Hands over or cancels what `listPlans` finds. */
export async function handOverPlans(work: UnitOfWork, employeeId: number, handover: Handover) {
  return handOver(work, await leftStudios(work, employeeId), handover)
}

async function leftStudios({ db }: View, employeeId: number): Promise<Leaving> {
  const assignments = await listAssignments(db, employeeId)
  if (assignments.length === 0) throw notFound('employee', employeeId)
  const now = new Set(assignments.filter(({ works }) => works).map(({ studioId }) => studioId))
  return {
    employeeId,
    studioIds: [...new Set(assignments.map(({ studioId }) => studioId))].filter((id) => !now.has(id)),
  }
}
