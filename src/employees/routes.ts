import { notFound } from '../platform/errors/errors.ts'
import type { Operations } from '../platform/http/operations.ts'
import type { ModuleDeps } from '../platform/module-deps.ts'
import { parsePosition, positionSlice } from '../platform/api/slices.ts'
import * as api from './api.ts'
import { presentEmployee } from './present.ts'
import { findEmployee, listEmployees } from './store.ts'

export function employeeRoutes({ read }: Operations, deps: ModuleDeps) {
  read(api.getEmployees, async (view, { query: { offset, sliceSize } }) => {
    const skipped = parsePosition(offset)
    const rows = await listEmployees(view.db, view.caller.studio.id, { limit: sliceSize + 1, skipped })
    const slice = positionSlice(rows, sliceSize, skipped)
    return { ...slice, result: slice.result.map((row) => presentEmployee(row, view, deps)) }
  })
  read(api.getEmployee, async (view, { params: { id } }) => {
    const row = await findEmployee(view.db, view.caller.studio.id, id)
    if (!row) throw notFound('employee', id)
    return presentEmployee(row, view, deps)
  })
}
