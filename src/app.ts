import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { demoJob } from './demo/daily.ts'
import { listDocuments, printEachDay } from './documents.ts'
import type { PageDeps } from './module.ts'
import { modules } from './modules.ts'
import { recordUnnamedProxy } from './platform/deployment/unnamed-proxy.ts'
import { ClockMover } from './platform/test-clock/clocks.ts'
import { clockRoutes } from './platform/test-clock/clock-routes.ts'
import { fileRoutes } from './platform/files/routes.ts'
import { registerGauges } from './platform/process/gauges.ts'
import { docsRoutes } from './platform/http/docs-routes.ts'
import { type Gates, openGates } from './platform/entrance/gates.ts'
import { bindOperations } from './platform/http/operations.ts'
import type { Listener } from './platform/http/listener.ts'
import { buildServer } from './platform/http/server.ts'
import { SingleFile, type Turns } from './platform/units/single-file.ts'
import { serviceRoutes } from './platform/http/service-routes.ts'
import { platformJobs } from './platform/jobs/platform-jobs.ts'
import { openPlatformWorkers } from './platform/jobs/platform-workers.ts'
import { Scheduler } from './platform/jobs/scheduler.ts'
import type { ModuleDeps } from './platform/module-deps.ts'
import type { Operation } from './platform/api/operation.ts'
import type { Platform } from './platform/platform.ts'
import { Readiness } from './platform/process/readiness.ts'
import type { Worker } from './platform/jobs/worker.ts'

/** A person stands before the door: better refuse and be asked again than wait longer. */
const DEVICE_LOCK_TIMEOUT_MS = 2000

export interface App {
  readonly server: FastifyInstance
  readonly readiness: Readiness
  readonly scheduler: Scheduler
  readonly clocks: ClockMover
  /** What runs beside the requests, besides the jobs of the scheduler. */
  readonly workers: readonly Worker[]
  /** Every operation that has a route. */
  readonly operations: readonly Operation[]
  /** Starts what runs beside the requests: jobs and workers. */
  startWorkers(): void
  /** Lets requests in, where the port was taken before. */
  letIn(): void
  close(): Promise<void>
}

export interface AppOptions {
  /** Where it answers; a server without one can be asked without a socket. */
  readonly listener?: Listener
  /** Decides when writes of one row may run. */
  readonly turns?: Turns
}

/**
 * Joins platform and modules to a web server. With a `listener` it answers there, from `letIn` on; without one it does not
 * listen yet, and tests talk to it without a socket.
 */
export async function buildApp(
  platform: Platform,
  { listener, turns = new SingleFile() }: AppOptions = {},
): Promise<App> {
  const { config, texts, metrics, log } = platform
  const jobs = [...platformJobs, ...modules.flatMap((module) => module.jobs ?? [])]
  const scheduler = new Scheduler(platform, config.demo ? [...jobs, demoJob] : jobs)
  const workers = [
    ...openPlatformWorkers(platform),
    ...modules.flatMap(({ openWorker }) => openWorker?.(platform) ?? []),
  ]
  const clocks = new ClockMover(platform, scheduler, async (tenantId) => {
    for (const worker of workers) await worker.runUntilQuiet?.(tenantId)
  })
  const readiness = new Readiness(platform)
  let letIn = () => {}
  const gates = await openGates(platform, readiness)
  const operations: Operation[] = []
  const server = await buildServer({
    config,
    gate: gates.partners,
    deviceGate: gates.devices,
    log,
    texts,
    tracing: platform.tracing,
    operations,
    listener,
    isStopping: () => readiness.isStopping,
    onUnnamedProxy: (peer) => recordUnnamedProxy(platform, peer),
    onReady: (open) => {
      letIn = open
    },
    onAnswer: ({ operation, status, seconds }) => {
      metrics.requests.inc({ operation, status })
      metrics.requestSeconds.observe({ operation }, seconds)
    },
  })
  const bound = bindModules(platform, server, { ...gates, operations, turns })
  registerGauges(platform)
  for (const module of modules) module.gauges?.(platform)
  if (platform.tenantClocks) clockRoutes(bound, clocks)
  const publicUrl = () => atBoundPort(config.publicUrl, server.server.address())
  const documents = listDocuments(config)
  serviceRoutes(server, {
    metrics,
    metricsToken: config.metricsToken,
    readiness,
    documents: Object.fromEntries(documents.map((each) => [each.url, printEachDay(each, platform.real, publicUrl)])),
  })
  const { admitVisitor } = gates.partners
  fileRoutes(server, { ...platform, storage: platform.files, admitVisitor })
  const deps = pageDeps(platform, server, admitVisitor)
  for (const { pages } of modules) pages?.(server, deps)
  docsRoutes(server, { sources: documents })
  await server.ready()
  return {
    server,
    readiness,
    scheduler,
    clocks,
    workers,
    operations,
    letIn: () => letIn(),
    ...lifecycle({ server, readiness, scheduler, workers }),
  }
}

/** What runs beside the requests begins after the checks, and ends after the last request. */
function lifecycle(
  app: Pick<App, 'server' | 'readiness' | 'scheduler' | 'workers'>,
): Pick<App, 'startWorkers' | 'close'> {
  const { server, readiness, scheduler, workers } = app
  return {
    startWorkers: () => {
      scheduler.start()
      for (const worker of workers) worker.start()
    },
    close: async () => {
      readiness.beginShutdown()
      await server.close()
      await readiness.close()
      await Promise.all([scheduler.stop(), ...workers.map((worker) => worker.stop())])
    },
  }
}

/** What calls of partners and devices pass on their way to an operation. */
interface Binding extends Gates {
  readonly operations: Operation[]
  readonly turns: Turns
}

/** Binds the operations of all modules; answers where further ones for partners are bound. */
function bindModules(platform: Platform, server: FastifyInstance, { partners, devices, operations, turns }: Binding) {
  const { config, units, files, spool, real, places } = platform
  const uploads = { spool, capMb: config.uploadMaxMb, storage: files }
  // Who asks holds one place of work.
  const isBusyElsewhere = () => places.taken > 1
  const shared = { units, operations, uploads, turns, monotonicMs: real.monotonicMs, isBusyElsewhere }
  const toPartners = bindOperations(server, { ...shared, gate: partners })
  const toDevices = bindOperations(server, { ...shared, gate: devices, lockTimeoutMs: DEVICE_LOCK_TIMEOUT_MS })
  const deps = moduleDeps(platform, server)
  for (const module of modules) {
    module.routes?.(toPartners, deps)
    module.deviceRoutes?.(toDevices, deps)
  }
  return toPartners
}

function moduleDeps(
  { config, secrets, units, texts, files, real, log }: Platform,
  server: FastifyInstance,
): ModuleDeps {
  const { paymentHost, testClock, rateLimitDefault, documentTypes } = config
  return {
    paymentHost,
    testClock,
    rateLimitDefault,
    documentTypes,
    secrets,
    units,
    texts,
    files,
    real,
    log,
    get publicUrl() {
      return atBoundPort(config.publicUrl, server.server.address())
    },
    onClose: (last) => void server.addHook('onClose', last),
  }
}

function pageDeps(platform: Platform, server: FastifyInstance, admitVisitor: PageDeps['admitVisitor']): PageDeps {
  return {
    ...platform,
    admitVisitor,
    get publicUrl() {
      return atBoundPort(platform.config.publicUrl, server.server.address())
    },
  }
}

/** Port 0 in an address stands for the one that the server has bound. */
function atBoundPort(url: string, address: AddressInfo | string | null): string {
  return typeof address === 'object' && address !== null ? url.replace(/:0$/, `:${address.port}`) : url
}
