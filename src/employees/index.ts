import type { Module } from '../module.ts'
import * as events from './events.ts'
import { employeeRoutes } from './routes.ts'
import { employeeStaff } from './staff-routes.ts'
import * as api from './api.ts'

export type { Instructor } from './api.ts'
export { assignEmployee, createEmployee, deleteEmployee, type EmployeeInput } from './employees.ts'
export { type EmployeePlan, fillEmployeeHooks, type Leaving, type PlanningHook } from './hooks.ts'
export { setEmployeeImage } from './images.ts'
export { findEmployee, listWorking, lockWorking, worksIn } from './store.ts'

export const employeesModule: Module = {
  name: 'employees',
  events: [events],
  api: [api],
  routes: employeeRoutes,
  staff: employeeStaff,
}
