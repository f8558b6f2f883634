import type { Logger } from 'pino'
import type { Config } from '../platform/config/config.ts'
import type { Database } from '../platform/database/database.ts'
import type { Metrics } from '../platform/process/metrics.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { RealTime } from '../platform/time/clock.ts'
import type { Clock } from '../platform/time/tenant-clock.ts'
import type { Tracing } from '../platform/tracing/tracing.ts'
import type { AttemptResult } from './attempt-store.ts'
import { callEndpoint } from './calls.ts'
import { type Destination, findDestination } from './destinations.ts'
import {
  type Claim,
  type ClaimedDelivery,
  claimDeliveries,
  holdEndpoint,
  listDueEndpoints,
  releaseEndpoint,
} from './dispatch-store.ts'
import { EndpointRunner } from './endpoint-runner.ts'
import { Recorder } from './recorder.ts'
import { planNextStep } from './retry-rules.ts'
import type { OutgoingHttp } from '../platform/outgoing/outgoing-http.ts'

const SHORTEST_LEASE_MS = 30_000
/** Changes of an endpoint, its keys and its activations reach the calls within this time. */
const DESTINATION_FRESH_MS = 1000

/** What making calls takes. */
export interface DispatcherDeps {
  readonly database: Database
  readonly clock: Clock
  readonly secrets: Secrets
  readonly real: RealTime
  readonly metrics: Metrics
  readonly log: Logger
  readonly config: Config
  readonly tracing: Tracing | undefined
}

interface Running {
  readonly runner: EndpointRunner
  readonly tenantId: number
  /** Settles when its results are stored and others may serve the endpoint. */
  readonly ended: Promise<void>
}

/** Works off due deliveries: one runner per endpoint, all of them side by side. */
export class Dispatcher {
  readonly #platform: DispatcherDeps
  readonly #http: OutgoingHttp
  readonly #runners = new Map<number, Running>()
  readonly #recorders = new Map<number, Recorder>()
  readonly #onLate: () => void
  #isStopping = false

  /** `onLate` is called when work came up for an endpoint that was just being left. */
  constructor(platform: DispatcherDeps, http: OutgoingHttp, onLate: () => void) {
    this.#platform = platform
    this.#http = http
    this.#onLate = onLate
  }

  /** Sets to work on every endpoint of a tenant that has something due. */
  async start(tenantId: number) {
    const due = { now: await this.#platform.clock.now(tenantId), realNow: this.#platform.real.now() }
    const own = [...this.#runners.values()].map(({ runner }) => runner.id)
    const endpoints = await this.#platform.database.read(tenantId, (db) => listDueEndpoints(db, own, due))
    if (this.#isStopping) return
    for (const endpointId of endpoints) this.#serve(tenantId, endpointId)
  }

  /** Settles when one of the tenant's endpoints is finished; undefined when none is being served. */
  nextIdle(tenantId: number): Promise<void> | undefined {
    const running = [...this.#runners.values()].filter((each) => each.tenantId === tenantId)
    return running.length === 0 ? undefined : Promise.race(running.map(({ runner }) => runner.done))
  }

  /** Finishes the calls under way, gives everything else back and lets other workers serve the endpoints. */
  async stop() {
    this.#isStopping = true
    const running = [...this.#runners.values()]
    for (const { runner } of running) runner.stop()
    await Promise.all(running.map(({ ended }) => ended))
  }

  #serve(tenantId: number, endpointId: number) {
    const known = this.#runners.get(endpointId)
    if (known) return known.runner.wake()
    const recorder = this.#getRecorder(tenantId)
    const runner = new EndpointRunner({
      monotonicMs: this.#platform.real.monotonicMs,
      claim: (runnerId, limit) => this.#claim({ tenantId, endpointId, runnerId, limit }),
      attempt: this.#attempter(tenantId, endpointId),
      giveBack: (ids) => recorder.giveBack(ids),
      startWithinMs: this.#leaseMs() / 2,
    })
    this.#runners.set(endpointId, { runner, tenantId, ended: this.#end({ runner, tenantId, endpointId }) })
    runner.wake()
  }

  /** An endpoint stays taken until the leases end that its runner could not end. */
  async #end({ runner, tenantId, endpointId }: Omit<Running, 'ended'> & { readonly endpointId: number }) {
    await runner.done
    await this.#getRecorder(tenantId).settled()
    if (!runner.leavesLeases) await this.#release(tenantId, runner.id, endpointId)
    this.#runners.delete(endpointId)
    if (runner.wasAskedTooLate && !this.#isStopping) this.#onLate()
  }

  #leaseMs(): number {
    return Math.max(SHORTEST_LEASE_MS, 5 * this.#platform.config.webhookTimeoutMs)
  }

  async #claim({
    tenantId,
    ...wanted
  }: {
    readonly tenantId: number
    readonly endpointId: number
    readonly runnerId: string
    readonly limit: number
  }): Promise<readonly ClaimedDelivery[]> {
    const { database, clock, real, log } = this.#platform
    try {
      await this.#getRecorder(tenantId).returned()
      const realNow = real.now()
      const leaseUntil = realNow.add({ milliseconds: this.#leaseMs() })
      const claim: Claim = { ...wanted, now: await clock.now(tenantId), realNow, leaseUntil }
      return await database.transaction(tenantId, async (tx) =>
        (await holdEndpoint(tx, claim)) ? claimDeliveries(tx, claim) : [],
      )
    } catch (error) {
      log.error({ endpoint: wanted.endpointId, code: errorCode(error) }, 'deliveries could not be claimed')
      throw error
    }
  }

  #attempter(tenantId: number, endpointId: number): (delivery: ClaimedDelivery) => Promise<boolean> {
    const { database, secrets, clock, real } = this.#platform
    let known: { readonly destination: Promise<Destination | undefined>; readonly until: number } | undefined
    const find = async () => {
      const now = await clock.now(tenantId)
      return database.read(tenantId, (db) => findDestination(db, endpointId, { secrets, now }))
    }
    const fresh = () => {
      if (!known || real.monotonicMs() >= known.until) {
        known = { destination: find(), until: real.monotonicMs() + DESTINATION_FRESH_MS }
      }
      return known.destination
    }
    return async (delivery) => {
      let destination = await fresh()
      if (!isOpenTo(destination, delivery)) {
        known = undefined
        destination = await fresh()
      }
      if (!isOpenTo(destination, delivery)) return false
      this.#getRecorder(tenantId).add(await this.#attempt(tenantId, destination, delivery))
      return true
    }
  }

  async #attempt(tenantId: number, destination: Destination, delivery: ClaimedDelivery): Promise<AttemptResult> {
    const { clock, real, metrics, config, tracing } = this.#platform
    const { activationId, traceId } = delivery
    const startedAt = await clock.now(tenantId)
    const sender = destination.senders.get(activationId)
    if (!sender) throw new Error('A delivery of an activation that sends nothing was attempted.')
    const no = delivery.attemptNo + 1
    const event = { ...delivery, id: delivery.eventId }
    const deps = { http: this.#http, real, timeoutMs: config.webhookTimeoutMs, tracing }
    const call = { destination, sender, tenantId, activationId, event, attemptNo: no, traceId }
    const outcome = await callEndpoint(deps, call)
    const endedAt = await clock.now(tenantId)
    const next = planNextStep({ policy: destination.retryPolicy, no, status: outcome.httpStatus, endedAt })
    metrics.webhookAttempts.inc({ result: next.state === 'DELIVERED' ? 'delivered' : 'failed' })
    if (next.state === 'DEAD') metrics.webhookDead.inc()
    const nextAttemptAt = next.state === 'RETRY_WAIT' ? next.nextAttemptAt : null
    return { deliveryId: delivery.id, no, startedAt, endedAt, ...outcome, state: next.state, nextAttemptAt }
  }

  async #release(tenantId: number, runnerId: string, endpointId: number) {
    const { database, log } = this.#platform
    await database
      .transaction(tenantId, (tx) => releaseEndpoint(tx, runnerId, endpointId))
      .catch((error: unknown) => log.warn({ code: errorCode(error) }, 'an endpoint stays taken until its lease ends'))
  }

  #getRecorder(tenantId: number): Recorder {
    let recorder = this.#recorders.get(tenantId)
    if (!recorder) {
      const { database, log } = this.#platform
      recorder = new Recorder(database, tenantId, (error) =>
        log.error({ code: errorCode(error) }, 'results of webhook calls were lost; the calls are repeated'),
      )
      this.#recorders.set(tenantId, recorder)
    }
    return recorder
  }
}

function isOpenTo(destination: Destination | undefined, { activationId }: ClaimedDelivery): destination is Destination {
  return destination !== undefined && destination.isActive && destination.senders.has(activationId)
}

/** The code of an error, without the values that its message may quote. */
function errorCode(error: unknown): unknown {
  const { cause, code } = error as { readonly cause?: { readonly code?: unknown }; readonly code?: unknown }
  return cause?.code ?? code ?? (error instanceof Error ? error.name : undefined)
}
