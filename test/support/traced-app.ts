import { type Logger, pino } from 'pino'
import { openTracing } from '../../src/platform/tracing/open-tracing.ts'
import { openTestApp, type TestApp, type TestAppOptions } from './app.ts'
import { type Collector, type ExportedSpan, openCollector } from './servers/collector.ts'

export interface TracedOptions extends TestAppOptions {
  readonly variables?: Readonly<Record<string, string>>
}

/** Tracing as the environment of a process would open it. */
export async function tracingTo(
  url: string,
  variables: Readonly<Record<string, string>> = {},
  log: Logger = pino({ level: 'silent' }),
) {
  const settings = { OTEL_EXPORTER_OTLP_ENDPOINT: url, ...variables }
  // The exporter reads the variables of the process itself.
  Object.assign(process.env, settings)
  try {
    return await openTracing(process.env, log)
  } finally {
    for (const name of Object.keys(settings)) delete process.env[name]
  }
}

/** What an application has sent to a collector after `work`, once it was closed. */
export async function collectExports(
  work: (app: TestApp) => Promise<void>,
  { variables, ...options }: TracedOptions = {},
): Promise<{ readonly spans: readonly ExportedSpan[]; readonly collector: Collector }> {
  await using collector = await openCollector()
  const app = await openTestApp({ ...options, tracing: await tracingTo(collector.url, variables) })
  try {
    await work(app)
  } finally {
    await app.close()
  }
  return { spans: collector.spans(), collector }
}
