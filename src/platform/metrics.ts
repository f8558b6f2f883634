import { Counter, Gauge, Histogram, Registry } from 'prom-client'

/** Prometheus metrics of this process, without the default ones of Node.js until `start` asks for them. */
export function openMetrics() {
  const registry = new Registry()
  const registers = [registry]
  return {
    registry,
    requests: new Counter({
      name: 'palestra_http_requests_total',
      help: 'Answered requests',
      labelNames: ['operation', 'status'],
      registers,
    }),
    requestSeconds: new Histogram({
      name: 'palestra_http_request_seconds',
      help: 'Time from the request line to the last byte of the answer',
      labelNames: ['operation'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers,
    }),
    rateLimited: new Counter({
      name: 'palestra_rate_limited_total',
      help: 'Requests refused by the rate limit',
      labelNames: ['operation'],
      registers,
    }),
    poolWaitSeconds: new Histogram({
      name: 'palestra_db_pool_wait_seconds',
      help: 'Wait for a database connection',
      buckets: [0.0001, 0.001, 0.005, 0.025, 0.1, 0.25, 0.5, 1, 5],
      registers,
    }),
    webhookAttempts: new Counter({
      name: 'palestra_webhook_attempts_total',
      help: 'Calls of webhook endpoints',
      labelNames: ['result'],
      registers,
    }),
    webhookDead: new Counter({
      name: 'palestra_webhook_dead_total',
      help: 'Deliveries given up after their last repeat',
      registers,
    }),
    jobRuns: new Counter({
      name: 'palestra_job_runs_total',
      help: 'Finished runs of jobs',
      labelNames: ['job', 'result'],
      registers,
    }),
    /** A gauge whose value is asked for whenever metrics are read. */
    observe(name: string, help: string, read: () => number | Promise<number>) {
      return new Gauge({
        name,
        help,
        registers,
        async collect() {
          this.set(await read())
        },
      })
    },
  }
}

export type Metrics = ReturnType<typeof openMetrics>
