import type { Module } from '../module.ts'
import { weighingRoutes } from './routes.ts'
import * as api from './api.ts'
import { weighingsOfPerson } from './person-part.ts'

export { listWeighings } from './store.ts'
export { bodyFields, type BodyValues } from './weighing-rules.ts'
export { enterWeighing, removeWeighing, setHeight } from './weighings.ts'

export const weighingsModule: Module = {
  name: 'weighings',
  api: [api],
  personPart: weighingsOfPerson,
  routes: weighingRoutes,
}
