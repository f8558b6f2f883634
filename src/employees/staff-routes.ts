import type { StaffOperations } from '../platform/staff/staff-operations.ts'
import { defined } from '../platform/values/defined.ts'
import { assignEmployee, deleteEmployee } from './employees.ts'
import type { EmployeePlan } from './hooks.ts'
import { handOverPlans, listPlans } from './leaving.ts'
import * as api from './staff-api.ts'

const present = (plans: readonly EmployeePlan[]) =>
  plans.map(({ start, ...plan }) => ({ ...plan, ...defined({ start: start?.toString() }) }))

/** Binds what staff do with employees. */
export function employeeStaff(operations: StaffOperations) {
  operations.write(api.setEmployeeStudios, async (work, { params: { employeeId }, body }) => {
    const { studioIds, ...handover } = body
    return { employeeId, studioIds, planned: present(await assignEmployee(work, employeeId, studioIds, handover)) }
  })
  operations.write(api.removeEmployee, async (work, { params: { employeeId }, body }) => ({
    employeeId,
    planned: present(await deleteEmployee(work, employeeId, body)),
  }))
  operations.read(api.listEmployeePlans, async (view, { params: { employeeId } }) =>
    present(await listPlans(view, employeeId)),
  )
  operations.write(api.handOverEmployeePlans, async (work, { params: { employeeId }, body }) => ({
    employeeId,
    planned: present(await handOverPlans(work, employeeId, body)),
  }))
}
