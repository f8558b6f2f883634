import type { Module } from '../platform/module.ts'
import { weighingRoutes } from './routes.ts'

export { weighingsOfPerson } from './person-part.ts'
export { listWeighings } from './store.ts'
export { bodyFields, type BodyValues } from './weighing-rules.ts'
export { enterWeighing, removeWeighing, setHeight } from './weighings.ts'

export const weighingsModule: Module = { name: 'weighings', routes: weighingRoutes }
