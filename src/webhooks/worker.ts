import { setTimeout as sleep } from 'node:timers/promises'
import { Loop, type Worker } from '../platform/jobs/worker.ts'
import { OutgoingHttp } from '../platform/outgoing/outgoing-http.ts'
import { targetPolicy } from '../platform/outgoing/outgoing-targets.ts'
import { hasWork, listTenantsWithDeliveries } from './dispatch-store.ts'
import { Dispatcher, type DispatcherDeps } from './dispatcher.ts'
import { RELAY_BATCH, relayEvents } from './relay.ts'
import { listTenantsWithEvents } from './relay-store.ts'

const POLL_EVERY_MS = 1000
/** Under load writes commit without a break: the events of so long are relayed in one round. */
const REST_MS = 100
/** How often to ask whether another process has finished. */
const ASK_AGAIN_MS = 20

/** What delivering takes. */
export interface WebhookWorkerDeps extends DispatcherDeps {
  /** The worker sets what is called after a commit that wrote events. */
  readonly signals: { onEvents: () => void }
}

/** Sends partners what happened: turns events into deliveries and delivers them, beside the requests. */
export class WebhookWorker implements Worker {
  readonly #platform: WebhookWorkerDeps
  readonly #http: OutgoingHttp
  readonly #dispatcher: Dispatcher
  readonly #relays = new Map<number, Promise<number>>()
  readonly #loop: Loop

  constructor(platform: WebhookWorkerDeps, http: OutgoingHttp = new OutgoingHttp(targetPolicy(platform.config))) {
    this.#platform = platform
    this.#http = http
    this.#dispatcher = new Dispatcher(platform, http, () => this.#loop.wake())
    const { log } = platform
    const options = { everyMs: POLL_EVERY_MS, restMs: REST_MS, log, complaint: 'looking for webhook deliveries failed' }
    this.#loop = new Loop(options, (goesOn) => this.#serveTenants(goesOn))
  }

  /** Looks after every commit that wrote events, and once a second for what other processes wrote or fell due. */
  start() {
    this.#platform.signals.onEvents = () => this.#loop.wake()
    this.#loop.start()
  }

  /** Finishes the calls under way; everything else stays for the next worker. */
  async stop() {
    this.#platform.signals.onEvents = () => undefined
    await this.#loop.stop()
    await Promise.all(this.#relays.values())
    await this.#dispatcher.stop()
    await this.#http.close()
  }

  /** Settles when no event of this tenant waits and no delivery is due by its clock, no matter who works on them. */
  async runUntilQuiet(tenantId: number) {
    while (await this.#isBusy(tenantId)) {
      await this.#serve(tenantId)
      const idle = this.#dispatcher.nextIdle(tenantId)
      if (idle) await idle
      if (await this.#isBusy(tenantId)) await sleep(idle ? 1 : ASK_AGAIN_MS)
    }
  }

  async #isBusy(tenantId: number): Promise<boolean> {
    if (this.#dispatcher.nextIdle(tenantId)) return true
    const { database, clock } = this.#platform
    const now = await clock.now(tenantId)
    return database.read(tenantId, (db) => hasWork(db, now))
  }

  async #serveTenants(goesOn: () => boolean) {
    for (const tenantId of await this.#tenantsWithWork()) {
      if (!goesOn()) return
      await this.#serve(tenantId).catch(this.#complain)
    }
  }

  async #tenantsWithWork(): Promise<Iterable<number>> {
    const { database, real } = this.#platform
    const waiting = await database.read('none', listTenantsWithEvents)
    const due = await database.read('none', (db) => listTenantsWithDeliveries(db, real.now()))
    return new Set([...waiting, ...due])
  }

  readonly #complain = (error: unknown) => {
    this.#platform.log.error({ name: (error as Error).name }, 'serving the webhooks of a tenant failed')
  }

  async #serve(tenantId: number) {
    for (let isMore = true; isMore; ) {
      isMore = (await this.#relay(tenantId)) === RELAY_BATCH
      await this.#dispatcher.start(tenantId)
    }
  }

  /** One step of the relay; who asks while one is under way shares its result. */
  #relay(tenantId: number): Promise<number> {
    let step = this.#relays.get(tenantId)
    if (!step) {
      const { database, clock } = this.#platform
      step = relayEvents(database, clock, tenantId).finally(() => this.#relays.delete(tenantId))
      this.#relays.set(tenantId, step)
    }
    return step
  }
}
