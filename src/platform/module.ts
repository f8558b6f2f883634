import type { Job } from './jobs/job.ts'
import type { Operations } from './http/operations.ts'
import type { Secrets } from './secrets.ts'

/** What a module may use besides its unit of work. */
export interface ModuleDeps {
  readonly secrets: Secrets
  /** Base of absolute links, without a slash at its end. */
  readonly publicUrl: string
  readonly testClock: boolean
}

/** What a module brings to the application. */
export interface Module {
  readonly name: string
  /** Binds each operation of the module's `api.ts`, once. */
  readonly routes?: (operations: Operations, deps: ModuleDeps) => void
  readonly jobs?: readonly Job[]
}
