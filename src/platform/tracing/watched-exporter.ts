import type { Logger } from 'pino'
import type { SpanExporter } from '@opentelemetry/sdk-trace'

type Done = Parameters<SpanExporter['export']>[1]

/** An exporter that logs when the collector stops taking spans and when it takes them again, once each. */
export function watched(exporter: SpanExporter, log: Logger): SpanExporter {
  let isFailing = false
  const report = ({ error, code }: Parameters<Done>[0]) => {
    const hasFailed = code !== 0
    if (hasFailed === isFailing) return
    isFailing = hasFailed
    if (hasFailed) log.warn({ code: (error as { code?: unknown } | undefined)?.code }, 'the collector takes no traces')
    else log.info('the collector takes traces again')
  }
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        report(result)
        done(result)
      }),
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  }
}
