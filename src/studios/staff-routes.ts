import type { StaffOperations } from '../platform/staff/staff-operations.ts'
import * as api from './staff-api.ts'
import { updateStudio } from './studios.ts'

/** Binds what staff set of a studio. */
export function studioStaff(operations: StaffOperations) {
  operations.write(api.changeStudioSettings, async (work, { params: { studioId }, body }) => {
    await updateStudio(work, studioId, body)
    return { studioId }
  })
}
