/** What a span may hold: ids, codes and names of ours, never a value that a caller sent. */
export type SpanAttributes = Readonly<Record<string, string | number | undefined>>

/** The span of the caller that a request belongs to, as its `traceparent` says. */
export interface RemoteSpan {
  /** 16 hexadecimal digits. */
  readonly spanId: string
  readonly isSampled: boolean
}

export interface SpanPlan {
  /** Whether we are called, call, or do something by ourselves. */
  readonly kind: 'SERVER' | 'CLIENT' | 'INTERNAL'
  readonly name: string
  /** The trace that answers, events and audit lines name; without one it is that of the running span, or a new one. */
  readonly traceId?: string | undefined
  readonly parent?: RemoteSpan | undefined
  readonly attributes?: SpanAttributes
}

export interface SpanEnd {
  /** In place of the first name, where a better one is known by now. */
  readonly name?: string
  readonly attributes?: SpanAttributes
  /** Why it failed: a code or the name of a class, never a message, which may quote values. */
  readonly error?: string | undefined
}

/** Something under way that is being traced. */
export interface OpenSpan {
  /** W3C, for calls that leave the process. */
  readonly traceparent: string
  /** Statements that `work` sends become children of the span, as long as it is open. */
  enter<T>(work: () => T): T
  end(end: SpanEnd): void
}

/**
 * Writes down what the process does as spans of OpenTelemetry. There is none unless an operator has asked for it, so
 * code that would send spans asks first whether there is one.
 */
export interface Tracing {
  /** A child of the running span if that belongs to the same trace, else the first of ours in its trace. */
  begin(plan: SpanPlan): OpenSpan
  /** Sends a statement in a span of its own, if a span is running; a statement outside of any span is not traced. */
  statement<T>(query: unknown, send: () => T): T
  /** Runs what merely happens to be called from within a span. */
  apart<T>(work: () => T): T
  /** Hands over what has been written down, for a few seconds at most. */
  close(): Promise<void>
}
