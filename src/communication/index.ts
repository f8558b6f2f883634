import type { Module } from '../module.ts'
import * as events from './events.ts'
import { communicationRoutes } from './routes.ts'
import * as api from './api.ts'
import { communicationOfPerson } from './person-part.ts'

export { writeToCustomer } from './messages.ts'
export type { ChannelConfig } from './preference-rules.ts'
export { findChannelConfig, startPreferences } from './preferences.ts'
export { configureChannel, setPreferences } from './staff.ts'
export { listConsentLines as listConsent } from './store.ts'
export { getThreadForStaff, recordReply } from './threads.ts'

export const communicationModule: Module = {
  name: 'communication',
  api: [api],
  events: [events],
  personPart: communicationOfPerson,
  routes: communicationRoutes,
}
