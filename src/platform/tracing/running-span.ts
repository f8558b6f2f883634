import type { AsyncLocalStorage } from 'node:async_hooks'
import { type Context, ROOT_CONTEXT, type Span, SpanStatusCode, trace } from '@opentelemetry/api'
import type { OpenSpan, SpanEnd } from './tracing.ts'

/** A span that has begun, and what runs inside of it. */
export class RunningSpan implements OpenSpan {
  /** What its children are started with. */
  readonly context: Context
  readonly #span: Span
  readonly #running: AsyncLocalStorage<RunningSpan | undefined>
  #isOpen = true

  constructor(span: Span, running: AsyncLocalStorage<RunningSpan | undefined>) {
    this.#span = span
    this.#running = running
    this.context = trace.setSpan(ROOT_CONTEXT, span)
  }

  get traceId() {
    return this.#span.spanContext().traceId
  }

  get traceparent() {
    const { traceId, spanId, traceFlags } = this.#span.spanContext()
    return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`
  }

  get isOpen() {
    return this.#isOpen
  }

  /** Open, and chosen by the sampler. */
  get isRecording() {
    return this.#isOpen && this.#span.isRecording()
  }

  enter<T>(work: () => T): T {
    return this.#running.run(this, work)
  }

  end({ name, attributes = {}, error }: SpanEnd) {
    this.#isOpen = false
    if (name !== undefined) this.#span.updateName(name)
    for (const [key, value] of Object.entries(attributes)) if (value !== undefined) this.#span.setAttribute(key, value)
    if (error !== undefined) {
      // Without a description: the SDK's own way to record an exception would carry its message.
      this.#span.setAttribute('error.type', error)
      this.#span.setStatus({ code: SpanStatusCode.ERROR })
    }
    this.#span.end()
  }
}
