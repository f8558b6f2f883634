import { PgBoss } from 'pg-boss'
import { sealAuditLogs } from '../audit/sealing.ts'
import { describe } from '../http/answers.ts'
import type { Chore, ChoreDeps } from './chore.ts'
import { runTraced } from '../jobs/job-span.ts'
import { Mailer } from '../mail/mailer.ts'
import { openMailTransport } from '../mail/transports.ts'
import type { Secrets } from '../secrets.ts'
import type { Tracing } from '../tracing/tracing.ts'
import type { Metrics } from './metrics.ts'

/** What the work beside the requests takes. */
export interface BackgroundDeps extends ChoreDeps {
  readonly connectionString: string
  readonly secrets: Secrets
  readonly metrics: Metrics
  readonly tracing: Tracing | undefined
}

/** What runs beside the requests in real time: sealing the audit log, sending mails and tidying up. */
export interface Background {
  /** Ends what is under way, then returns. */
  stop(): Promise<void>
}

const SEAL_EVERY_MS = 10_000
const QUEUE = 'housekeeping'
const STOP_WITHIN_MS = 15_000

/**
 * Starts sealing on this node (a lock per tenant lets one node seal at a time) and takes part in the housekeeping of
 * all nodes: each round is one job in the database, done by whichever node takes it.
 */
export async function startBackground(platform: BackgroundDeps, chores: readonly Chore[]): Promise<Background> {
  const boss = await startHousekeeping(platform, chores)
  const sealing = startSealing(platform)
  const mailer = startMailer(platform)
  return {
    stop: async () => {
      await Promise.all([sealing.stop(), mailer?.stop(), boss.stop({ graceful: true, timeout: STOP_WITHIN_MS })])
    },
  }
}

/** Without a way out mails wait, which nobody would notice. */
function startMailer(platform: BackgroundDeps): Mailer | undefined {
  const transport = openMailTransport(platform.config)
  if (!transport) {
    platform.log.warn('mails are kept back until PALESTRA_SMTP_URL names a server')
    return undefined
  }
  const mailer = new Mailer(platform, transport)
  mailer.start()
  return mailer
}

function startSealing({ database, real, log }: BackgroundDeps) {
  let isStopped = false
  let wake = () => {}
  const run = async () => {
    while (!isStopped) {
      await sealAuditLogs(database, real.now).catch((error: unknown) => {
        if (!isStopped) log.error(describe(error), 'sealing the audit log failed')
      })
      if (isStopped) break
      await new Promise<void>((resolve) => {
        wake = resolve
        setTimeout(resolve, SEAL_EVERY_MS).unref()
      })
    }
  }
  const running = run()
  return {
    stop: async () => {
      isStopped = true
      wake()
      await running
    },
  }
}

async function startHousekeeping(platform: BackgroundDeps, chores: readonly Chore[]): Promise<PgBoss> {
  const { connectionString, log } = platform
  const boss = new PgBoss({
    connectionString,
    application_name: 'palestra-housekeeping',
    schema: 'pgboss',
    max: 2,
    useListenNotify: true,
  })
  boss.on('error', (error) => log.warn(describe(error), 'housekeeping lost its database for a moment'))
  await boss.start()
  await boss.createQueue(QUEUE, { notify: true, retryLimit: 2, retryDelay: 60, expireInSeconds: 3600 })
  for (const { key } of await boss.getSchedules(QUEUE)) {
    if (!chores.some(({ name }) => name === key)) await boss.unschedule(QUEUE, key)
  }
  for (const { name, cron } of chores) await boss.schedule(QUEUE, cron, { chore: name }, { key: name, tz: 'UTC' })
  await boss.work<{ chore: string }>(QUEUE, { notifyPollingIntervalSeconds: 10 }, async (jobs) => {
    for (const { data } of jobs) await doChore(platform, chores, data.chore)
  })
  return boss
}

async function doChore(platform: BackgroundDeps, chores: readonly Chore[], name: string) {
  const { metrics, log, tracing } = platform
  const chore = chores.find((each) => each.name === name)
  // Planned by a newer version on another node: leave it to that one.
  if (!chore) throw new Error(`There is no chore ${name} in this version.`)
  try {
    const removed = await runTraced(tracing, { name }, () => chore.run(platform))
    metrics.jobRuns.inc({ job: name, result: 'done' })
    if (removed > 0) log.info({ job: name, removed }, 'tidied up')
  } catch (error) {
    metrics.jobRuns.inc({ job: name, result: 'failed' })
    log.error({ job: name, ...describe(error) }, 'a job failed')
    throw error
  }
}
