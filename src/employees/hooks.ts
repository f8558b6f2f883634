import type { Queryable } from '../platform/database/database.ts'
import type { RunUnit, UnitOfWork } from '../platform/units/work.ts'

/** Something ahead that an employee is planned for. */
export interface EmployeePlan {
  readonly kind: 'CLASS_SLOT' | 'CLASS_SERIES' | 'APPOINTMENT'
  readonly id: number
  readonly studioId: number
  /** Of the class or the bookable appointment. */
  readonly title: string
  /** When it begins; a series has none. */
  readonly start?: Temporal.Instant
}

/** An employee in those studios that he or she leaves or has left. */
export interface Leaving {
  readonly employeeId: number
  readonly studioIds: readonly number[]
}

/** What a module plans employees for. */
export interface PlanningHook {
  /** The plans from `now` on. */
  readonly list: (db: Queryable, leaving: Leaving, now: Temporal.Instant) => Promise<EmployeePlan[]>
  /**
   * Gives a plan to another employee, or cancels it where there is none; called after the commit of the leaving, with units
   * of its own. It may refuse: then the plan stays as it is.
   */
  readonly resolve: (
    run: RunUnit,
    plan: EmployeePlan,
    who: { employeeId: number; standInId: number | null },
  ) => Promise<void>
}

/** What modules above bring to employees. */
export interface EmployeeHooks {
  /** Makes bookings of the employee wait until the unit of the leaving ends. */
  readonly lockBookings: (work: UnitOfWork, leaving: Leaving) => Promise<void>
  /** In the order in which their plans are resolved. */
  readonly planning: readonly PlanningHook[]
}

let filled: EmployeeHooks | undefined

/** Called once, by the table of contents of the application. */
export function fillEmployeeHooks(hooks: EmployeeHooks) {
  if (filled) throw new Error('The hooks of employees are filled already.')
  filled = hooks
}

export function employeeHooks(): EmployeeHooks {
  if (!filled) throw new Error('The hooks of employees are empty: import src/modules.ts first.')
  return filled
}
