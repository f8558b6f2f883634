import { isValidTraceId } from '@opentelemetry/api'
import { type IdGenerator, RandomIdGenerator } from '@opentelemetry/sdk-trace'

/** A span without a parent takes the trace id that its work has already, because answers and audit lines name that one. */
export class TraceIds implements IdGenerator {
  readonly #random = new RandomIdGenerator()
  #given: string | undefined

  /** Starts a span; if it is the first of its trace, that gets this id. */
  giving<S>(traceId: string | undefined, start: () => S): S {
    this.#given = traceId !== undefined && isValidTraceId(traceId) ? traceId : undefined
    try {
      return start()
    } finally {
      this.#given = undefined
    }
  }

  generateTraceId(): string {
    return this.#given ?? this.#random.generateTraceId()
  }

  generateSpanId(): string {
    return this.#random.generateSpanId()
  }
}
