import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Context, ROOT_CONTEXT, SpanKind, trace, TraceFlags } from '@opentelemetry/api'
import { BatchSpanProcessor, type Sampler, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace'
import { type Resource } from '@opentelemetry/resources'
import { RunningSpan } from './running-span.ts'
import { readFailure, readStatement } from './statements.ts'
import { TraceIds } from './trace-ids.ts'
import type { OpenSpan, SpanPlan, Tracing } from './tracing.ts'

const FLUSH_WITHIN_MS = 3000

export interface TelemetryOptions {
  readonly resource: Resource
  readonly sampler: Sampler
  readonly exporter: SpanExporter
  readonly version: string
}

/** Tracing by OpenTelemetry's own SDK. Nothing global is touched: which span is running is known here alone. */
export class Telemetry implements Tracing {
  readonly #running = new AsyncLocalStorage<RunningSpan | undefined>()
  readonly #ids = new TraceIds()
  readonly #provider: TracerProvider
  readonly #tracer: ReturnType<TracerProvider['getTracer']>

  constructor({ resource, sampler, exporter, version }: TelemetryOptions) {
    const spanProcessors = [new BatchSpanProcessor({ exporter })]
    this.#provider = new TracerProvider({ resource, sampler, idGenerator: this.#ids, spanProcessors })
    this.#tracer = this.#provider.getTracer('palestra', version)
  }

  begin({ kind, name, attributes = {}, ...parents }: SpanPlan): OpenSpan {
    const context = this.#toContext(parents)
    const start = () => this.#tracer.startSpan(name, { kind: SpanKind[kind], attributes: { ...attributes } }, context)
    return new RunningSpan(this.#ids.giving(parents.traceId, start), this.#running)
  }

  statement<T>(query: unknown, send: () => T): T {
    const running = this.#running.getStore()
    if (!running?.isRecording) return send()
    const { name, attributes } = readStatement(query)
    const span = this.#tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes }, running.context)
    const sent = send()
    const statement = new RunningSpan(span, this.#running)
    if (sent instanceof Promise) {
      sent.then(
        () => statement.end({}),
        (error: unknown) => statement.end(readFailure(error)),
      )
    } else statement.end({})
    return sent
  }

  apart<T>(work: () => T): T {
    return this.#running.run(undefined, work)
  }

  async close() {
    const handedOver = this.#provider.shutdown().catch(() => undefined)
    await Promise.race([handedOver, sleep(FLUSH_WITHIN_MS, undefined, { ref: false })])
  }

  #toContext({ traceId, parent }: Pick<SpanPlan, 'traceId' | 'parent'>): Context {
    if (traceId !== undefined && parent) {
      const traceFlags = parent.isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE
      return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId: parent.spanId, traceFlags, isRemote: true })
    }
    const running = this.#running.getStore()
    return running?.isOpen && (traceId ?? running.traceId) === running.traceId ? running.context : ROOT_CONTEXT
  }
}
