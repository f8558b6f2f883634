import { Counter, Gauge, Histogram, Registry } from 'prom-client'

/** Prometheus metrics of this process, without the default ones of Node.js until `start` asks for them. */
export function openMetrics() {
  const registry = new Registry()
  return { registry, ...ownFigures([registry]), ...readings([registry]) }
}

/** What the process counts itself. */
function ownFigures(registers: Registry[]) {
  return {
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
    workRefused: new Counter({
      name: 'palestra_work_refused_total',
      help: 'Requests refused because they could not be served in time',
      labelNames: ['class'],
      registers,
    }),
    workWaitSeconds: new Histogram({
      name: 'palestra_work_wait_seconds',
      help: 'Wait of admitted requests for a place of work',
      labelNames: ['class'],
      buckets: [0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5],
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
    billingDrift: new Counter({
      name: 'palestra_billing_drift_total',
      help: 'Charges of contracts that did not stand as the contract wants them when they were to be booked',
      registers,
    }),
  }
}

/** Figures that are looked up whenever metrics are read. */
function readings(registers: Registry[]) {
  return {
    /** A gauge whose value is asked for whenever metrics are read. */
    observe(name: string, help: string, read: () => number | Promise<number>) {
      return new Gauge({
        name,
        help,
        registers,
        async collect() {
          this.set(await readValue(read))
        },
      })
    },
    /** A gauge with a value per thing, for instance per studio; a thing that is no longer named loses its value. */
    observeEach(name: string, help: string, label: string, read: () => Promise<ReadonlyMap<string, number>>) {
      return new Gauge({
        name,
        help,
        labelNames: [label],
        registers,
        async collect() {
          this.reset()
          for (const [value, figure] of await read().catch(() => new Map<string, number>())) {
            this.set({ [label]: value }, figure)
          }
        },
      })
    },
    /** A counter that is kept elsewhere in the process. */
    count(name: string, help: string, read: () => number) {
      return new Counter({
        name,
        help,
        registers,
        collect() {
          this.reset()
          this.inc(read())
        },
      })
    },
  }
}

/** A figure that cannot be read must not take the others with it. */
async function readValue(read: () => number | Promise<number>): Promise<number> {
  try {
    return await read()
  } catch {
    return Number.NaN
  }
}

export type Metrics = ReturnType<typeof openMetrics>
