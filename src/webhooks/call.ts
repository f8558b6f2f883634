import type { Destination, Sender } from './destinations.ts'
import type { SentEvent } from './envelope.ts'

export interface Call {
  readonly destination: Destination
  readonly sender: Sender
  readonly tenantId: number
  readonly activationId: number
  readonly event: SentEvent
  /** 1 for the first. */
  readonly attemptNo: number
  /** 32 hexadecimal digits. */
  readonly traceId: string | null
}

export interface CallOutcome {
  readonly durationMs: number
  readonly httpStatus: number | null
  /** Why there was no answer. */
  readonly error: string | null
  /** Its first KiB. */
  readonly answer: string | null
}
