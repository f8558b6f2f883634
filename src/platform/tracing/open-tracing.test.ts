import { test } from 'node:test'
import assert from 'node:assert/strict'
import { registerHooks } from 'node:module'
import { pino } from 'pino'
import { ConfigError } from '../config/setting-readers.ts'

const log = pino({ level: 'silent' })
const collector = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' }

/** Every package of OpenTelemetry that was asked for; prom-client itself takes `api` along. */
const asked = new Set<string>()
let areInstalled = true
registerHooks({
  resolve(specifier, context, next) {
    if (/^@opentelemetry\/(?!api$)/.test(specifier)) {
      asked.add(specifier)
      if (!areInstalled) throw Object.assign(new Error('not found'), { code: 'ERR_MODULE_NOT_FOUND' })
    }
    return next(specifier, context)
  },
})

test('without a collector nothing of OpenTelemetry is loaded', async () => {
  await import('../../serve.ts')
  const { openTracing } = await import('./open-tracing.ts')
  for (const environment of [
    {},
    { OTEL_EXPORTER_OTLP_ENDPOINT: '' },
    { OTEL_SERVICE_NAME: 'palestra' },
    { ...collector, OTEL_SDK_DISABLED: 'true' },
    { ...collector, OTEL_TRACES_EXPORTER: 'none' },
  ]) {
    assert.equal(await openTracing(environment, log), undefined)
  }
  assert.deepEqual([...asked], [])
})

test('a collector without the packages stops the start with the command that installs them', async () => {
  const { openTracing } = await import('./open-tracing.ts')
  areInstalled = false
  const message =
    /^OTEL_EXPORTER_OTLP_ENDPOINT .*npm install --no-save --save-prod --omit=dev @opentelemetry\/api@[\d.]+ .*sdk-trace@[\d.]+$/
  await assert.rejects(openTracing(collector, log), (error) => {
    assert.ok(error instanceof ConfigError)
    assert.match(error.message, message)
    return true
  })
  areInstalled = true
  const tracing = await openTracing(collector, log)
  assert.ok(asked.has('@opentelemetry/sdk-trace'))
  await tracing?.close()
})

test('what cannot be done stops the start with the name of its variable', async () => {
  const { openTracing } = await import('./open-tracing.ts')
  for (const [name, value] of [
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
    ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'collector'],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
    ['OTEL_TRACES_SAMPLER', 'sometimes'],
    ['OTEL_TRACES_SAMPLER', 'parentbased_'],
  ] as const) {
    const refused = openTracing({ ...collector, [name]: value }, log)
    await assert.rejects(refused, (error) => error instanceof ConfigError && error.message.startsWith(name))
  }
  const share = { OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '2' }
  await assert.rejects(openTracing({ ...collector, ...share }, log), /^ConfigError: OTEL_TRACES_SAMPLER_ARG/)
})
