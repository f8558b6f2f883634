import { test } from 'node:test'
import assert from 'node:assert/strict'
import { openTestApp } from '../support/app.ts'
import { manualTime } from '../support/manual-time.ts'

/** Every figure that operators are promised, with its labels. */
const figures: Readonly<Record<string, readonly string[]>> = {
  palestra_http_requests_total: ['operation', 'status'],
  palestra_http_request_seconds: ['operation'],
  palestra_rate_limited_total: ['operation'],
  palestra_work_places: [],
  palestra_work_limit: [],
  palestra_work_waiting: ['class'],
  palestra_work_refused_total: ['class'],
  palestra_work_wait_seconds: ['class'],
  palestra_db_pool_wait_seconds: [],
  palestra_db_tenant_switch_total: [],
  palestra_audit_unsealed_seconds: [],
  palestra_outbox_lag_seconds: [],
  palestra_webhook_attempts_total: ['result'],
  palestra_webhook_dead_total: [],
  palestra_job_runs_total: ['job', 'result'],
  palestra_billing_drift_total: [],
  palestra_open_visits: ['studio'],
}

test('every promised figure is there, with its labels', async () => {
  await using app = await openTestApp()
  const registered = await app.platform.metrics.registry.getMetricsAsJSON()
  const names = registered.map(({ name }) => name)
  for (const [name, labels] of Object.entries(figures)) {
    assert.ok(names.includes(name), name)
    const metric = app.platform.metrics.registry.getSingleMetric(name) as unknown as { labelNames: readonly string[] }
    assert.deepEqual([...metric.labelNames].sort(), [...labels], name)
  }
})

test('requests are counted by operation and status, refused ones by operation', async () => {
  await using app = await openTestApp({ real: manualTime(), environment: { PALESTRA_RATELIMIT_DEFAULT: '2' } })
  for (let sent = 0; sent < 3; sent++) await app.get('/v1/studios/tags')
  await app.get('/v1/nothing')
  await app.app.server.inject({ method: 'GET', url: '/v1/%zz' })
  const { payload } = await app.app.server.inject({ method: 'GET', url: '/metrics' })
  for (const line of [
    'palestra_http_requests_total{operation="getStudioTags",status="200"} 2',
    'palestra_http_requests_total{operation="getStudioTags",status="429"} 1',
    'palestra_http_requests_total{operation="unknown",status="404"} 1',
    'palestra_http_requests_total{operation="unknown",status="401"} 1',
    'palestra_http_request_seconds_count{operation="getStudioTags"} 3',
    'palestra_rate_limited_total{operation="getStudioTags"} 1',
  ]) {
    assert.ok(payload.split('\n').includes(line), `${line}\n${payload}`)
  }
})

test('figures are for this machine, or for a caller with the token', async () => {
  await using open = await openTestApp()
  await using closed = await openTestApp({ environment: { PALESTRA_METRICS_TOKEN: 'a-token' } })
  const status = async (app: typeof open, remoteAddress: string, headers: Record<string, string> = {}) =>
    (await app.app.server.inject({ method: 'GET', url: '/metrics', remoteAddress, headers })).statusCode
  assert.deepEqual([await status(open, '127.0.0.1'), await status(open, '198.51.100.1')], [200, 401])
  assert.equal(
    await status(open, '127.0.0.1', { 'x-forwarded-for': '198.51.100.1' }),
    401,
    'a proxy is not its clients',
  )
  assert.equal(await status(closed, '127.0.0.1'), 401)
  assert.equal(await status(closed, '127.0.0.1', { authorization: 'Bearer b-token' }), 401)
  assert.equal(await status(closed, '198.51.100.1', { authorization: 'Bearer a-token' }), 200)
})
