import type { Chore } from './process/chore.ts'
import type { Job } from './jobs/job.ts'
import type { DeviceCaller } from './units/caller.ts'
import type { Operations } from './http/operations.ts'
import type { RealTime } from './time/clock.ts'
import type { FileStorage } from './files/storage.ts'
import type { Extension } from './uploads/type-rules.ts'
import type { Platform } from './platform.ts'
import type { StaffOperations } from './staff/staff-operations.ts'
import type { Secrets } from './secrets.ts'
import type { TenantTexts } from './texts/tenant-texts.ts'
import type { Units } from './units/units.ts'

/** What a module may use besides its unit of work. */
export interface ModuleDeps {
  readonly secrets: Secrets
  /** Base of absolute links, without a slash at its end; to be read for each link, as the port may not be bound before. */
  readonly publicUrl: string
  readonly testClock: boolean
  /** Requests per minute and operation, where neither integration nor operation has a limit of its own. */
  readonly rateLimitDefault: number
  readonly real: RealTime
  readonly files: FileStorage
  /** File extensions that documents of customers may have. */
  readonly documentTypes: readonly Extension[]
  /** For what a module writes beside the requests; requests are handed their unit. */
  readonly units: Units
  readonly texts: TenantTexts
  /** Runs `last` when the process has answered its last request. */
  onClose(last: () => Promise<void>): void
}

/** What a module brings to the application. */
export interface Module {
  readonly name: string
  /** Binds each operation of the module's `api.ts`, once. */
  readonly routes?: (operations: Operations, deps: ModuleDeps) => void
  /** The same for operations that devices call. */
  readonly deviceRoutes?: (operations: Operations<DeviceCaller>, deps: ModuleDeps) => void
  /** Binds each operation of the module's `staff-api.ts`, once. */
  readonly staff?: (operations: StaffOperations) => void
  readonly jobs?: readonly Job[]
  /** What is tidied up in real time, on one node. */
  readonly chores?: readonly Chore[]
  /** Registers the module's own figures. */
  readonly gauges?: (platform: Platform) => void
}
