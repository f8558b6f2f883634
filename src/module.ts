import type { FastifyInstance } from 'fastify'
import type { AdmitVisitor } from './platform/entrance/gate.ts'
import type { PersonPart } from './customers/person-parts.ts'
import type { Operations } from './platform/http/operations.ts'
import type { Job } from './platform/jobs/job.ts'
import type { Worker } from './platform/jobs/worker.ts'
import type { ModuleDeps } from './platform/module-deps.ts'
import type { Platform } from './platform/platform.ts'
import type { StaffOperations } from './platform/staff/staff-operations.ts'
import type { DeviceCaller } from './platform/units/caller.ts'

/** What pages outside the API may use: links that carry their own secret, and what only the demo serves. */
export interface PageDeps extends Platform {
  /** Gives a place of work; throws where none can be had in time, and while the process does not serve. */
  readonly admitVisitor: AdmitVisitor
  /** Base of absolute links, without a slash at its end; to be read for each link, as the port may not be bound before. */
  readonly publicUrl: string
}

/** What a module brings to the application. `src/modules.ts` lists all of them in dependency order. */
export interface Module {
  /** Its folder under `src/`. */
  readonly name: string
  /** The files that declare what integrations call; each declared operation is bound once, by `routes`. */
  readonly api?: readonly object[]
  /** The files that declare the events that partners receive. */
  readonly events?: readonly object[]
  readonly routes?: (operations: Operations, deps: ModuleDeps) => void
  /** The same for what devices call with their own token. */
  readonly deviceApi?: readonly object[]
  readonly deviceRoutes?: (operations: Operations<DeviceCaller>, deps: ModuleDeps) => void
  /** Binds each operation of the module's `staff-api.ts`, once. */
  readonly staff?: (operations: StaffOperations) => void
  /** Routes that are no operations of the API. */
  readonly pages?: (server: FastifyInstance, deps: PageDeps) => void
  readonly openWorker?: (platform: Platform) => Worker
  /** What runs by itself: its `jobs.ts`. */
  readonly jobs?: readonly Job[]
  /** Registers the module's own figures. */
  readonly gauges?: (platform: Platform) => void
  /** What the module keeps about people, for erasing one of them. */
  readonly personPart?: PersonPart
}
