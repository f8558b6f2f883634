import type { Module } from '../platform/module.ts'
import { employeeRoutes } from './routes.ts'

export type { Instructor } from './api.ts'
export { assignEmployee, createEmployee, deleteEmployee, type EmployeeInput } from './employees.ts'
export { setEmployeeImage } from './images.ts'
export { findEmployee } from './store.ts'

export const employeesModule: Module = { name: 'employees', routes: employeeRoutes }
