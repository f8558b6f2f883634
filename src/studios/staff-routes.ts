import type { StaffOperations } from '../platform/staff/staff-operations.ts'
import { listJobs, runJob } from './jobs-by-staff.ts'
import * as api from './staff-api.ts'
import { updateStudio } from './studios.ts'
import { updateTenant } from './tenants.ts'

/** Binds what staff set of a studio and of the whole gym company. */
export function studioStaff(operations: StaffOperations) {
  operations.write(api.changeStudioSettings, async (work, { params: { studioId }, body }) => {
    await updateStudio(work, studioId, body)
    return { studioId }
  })
  operations.write(api.changeTenantSettings, async (work, { body }) => {
    await updateTenant(work, body)
    return { tenantId: work.caller.tenantId }
  })
  operations.read(api.listJobs, async (view, { body: { studioId } }) => ({ jobs: await listJobs(view, studioId) }))
  operations.write(api.runJob, async (work, { body }) => {
    await runJob(work, body)
    return body
  })
}
