import { asc } from 'drizzle-orm'
import { auditLog, outboxEvents } from '../../src/platform/tables.ts'
import type { TestApp } from './app.ts'
import type { TestStudio } from './scenes/world.ts'

/** The events of a tenant so far, oldest first. */
export function listEvents(app: TestApp, studio?: TestStudio) {
  return app.read(({ db }) => db.select().from(outboxEvents).orderBy(asc(outboxEvents.id)), studio)
}

/** The audit lines of a tenant so far, oldest first. */
export function listAudit(app: TestApp, studio?: TestStudio) {
  return app.read(({ db }) => db.select().from(auditLog).orderBy(asc(auditLog.id)), studio)
}
