import type { Module } from '../module.ts'

export {
  deactivateAllocations,
  deleteAllocations,
  findResourceFacts,
  insertAllocations,
  listInstructorResources,
  lockResources,
  type NewAllocation,
  type StoredResourceFacts,
} from './resource-store.ts'
export {
  addAbsence,
  blockResource,
  createResource,
  lockEmployeeResources,
  type PlanOptions,
  setShifts,
  updateResource,
} from './resources.ts'
export { maxSimultaneous } from './timeline-rules.ts'

export const resourcesModule: Module = { name: 'resources' }
