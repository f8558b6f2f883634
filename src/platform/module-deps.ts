import type { Logger } from 'pino'
import type { RealTime } from './time/clock.ts'
import type { FileStorage } from './files/storage.ts'
import type { Extension } from './uploads/type-rules.ts'
import type { Secrets } from './secrets.ts'
import type { TenantTexts } from './texts/tenant-texts.ts'
import type { Units } from './units/units.ts'

/** What a module may use besides its unit of work. */
export interface ModuleDeps {
  readonly secrets: Secrets
  /** Base of absolute links, without a slash at its end; to be read for each link, as the port may not be bound before. */
  readonly publicUrl: string
  /** The host of payments, where there is one. */
  readonly paymentHost: string | undefined
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
  /** For failures that a request goes on without. */
  readonly log: Logger
  /** Runs `last` when the process has answered its last request. */
  onClose(last: () => Promise<void>): void
}
