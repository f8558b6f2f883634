import { randomUUID } from 'node:crypto'
import type { ClaimedDelivery } from './dispatch-store.ts'

const MAX_PARALLEL = 8
/** A newer event of the same thing starts when the older call has ended, or has been on its way for this long. */
const HEAD_START_MS = 1000
const SMALLEST_CLAIM = 16
const LARGEST_CLAIM = 512
/** About this much work is claimed at once, so that leases outlast it. */
const CLAIM_MS = 1000

export interface RunnerPorts {
  readonly monotonicMs: () => number
  /**
   * Leases up to `limit` due deliveries in the order of their events, in the name of a runner; none when another one serves
   * the endpoint. When it fails, the runner ends, for nobody knows whether it holds leases that it does not know.
   */
  claim(runnerId: string, limit: number): Promise<readonly ClaimedDelivery[]>
  /** Makes one call and stores its result; `false` when the delivery is held back after all. Throws when it does not know. */
  attempt(delivery: ClaimedDelivery): Promise<boolean>
  /** Ends leases; fails when that could not be stored. */
  giveBack(ids: readonly number[]): Promise<void>
  /** How long a claimed delivery may wait for its start. */
  readonly startWithinMs: number
}

interface Waiting {
  readonly delivery: ClaimedDelivery
  readonly startBy: number
}

/**
 * Works off the deliveries of one endpoint: at most eight calls at once, and first attempts that concern the same
 * thing one after the other. Fetches more while it works and ends when nothing is left.
 */
export class EndpointRunner {
  readonly id = randomUUID()
  readonly done: Promise<void>
  readonly #ports: RunnerPorts
  readonly #finish: () => void
  #queue: Waiting[] = []
  /** Things whose first attempt has just started, with the delivery that concerns them. */
  readonly #busy = new Map<number, ClaimedDelivery>()
  #calls = 0
  #returns = 0
  #averageMs = CLAIM_MS / LARGEST_CLAIM
  #isClaiming = false
  #isDrained = false
  #isStopping = false
  #isOver = false
  wasAskedTooLate = false
  /** Whether deliveries may be under a lease that nobody works on: newer ones of the same thing would overtake them. */
  leavesLeases = false

  constructor(ports: RunnerPorts) {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.done = promise
    this.#finish = resolve
    this.#ports = ports
  }

  /** There may be more to do. A runner that has ended only remembers that it was asked. */
  wake() {
    this.wasAskedTooLate = this.#isOver
    this.#isDrained = false
    this.#step()
  }

  /** Starts nothing new; `done` settles after the calls under way. */
  stop() {
    this.#isStopping = true
    this.#giveBack(this.#queue.splice(0))
    this.#step()
  }

  #step() {
    if (this.#isOver) return
    this.#giveBackLate()
    while (this.#calls < MAX_PARALLEL) {
      const next = this.#takeNext()
      if (!next) break
      void this.#run(next)
    }
    if (this.#mayClaim()) void this.#claim()
    if (this.#calls > 0 || this.#queue.length > 0 || this.#isClaiming) return
    this.#isOver = true
    this.#finish()
  }

  #mayClaim(): boolean {
    const isOpen = !this.#isDrained && !this.#isStopping && !this.leavesLeases
    return isOpen && !this.#isClaiming && this.#queue.length < this.#claimSize() / 2
  }

  #claimSize(): number {
    const fitting = Math.round((MAX_PARALLEL * CLAIM_MS) / this.#averageMs)
    return Math.min(LARGEST_CLAIM, Math.max(SMALLEST_CLAIM, fitting))
  }

  async #claim() {
    this.#isClaiming = true
    const size = this.#claimSize()
    const claimedAt = this.#ports.monotonicMs()
    const returns = this.#returns
    const claimed = await this.#ports.claim(this.id, size).catch(() => {
      this.leavesLeases = true
      return []
    })
    this.#isClaiming = false
    this.#isDrained = claimed.length < size
    const startBy = claimedAt + this.#ports.startWithinMs
    const waiting = claimed.map((delivery) => ({ delivery, startBy }))
    // What was given back meanwhile, or could not be, is older and comes first.
    const isOvertaking = this.leavesLeases || this.#returns > returns
    if (this.#isStopping || isOvertaking) this.#giveBack(waiting)
    else this.#queue.push(...waiting)
    this.#step()
  }

  /** The oldest one that no older event of the same thing holds up. Repeats wait for nobody. */
  #takeNext(): ClaimedDelivery | undefined {
    const at = this.#queue.findIndex(({ delivery }) => delivery.attemptNo > 0 || !this.#busy.has(delivery.entityId))
    return at < 0 ? undefined : this.#queue.splice(at, 1)[0]?.delivery
  }

  async #run(delivery: ClaimedDelivery) {
    const startedAt = this.#ports.monotonicMs()
    this.#calls += 1
    const letGo = delivery.attemptNo === 0 ? this.#holdUp(delivery) : undefined
    try {
      const wasCreated = await this.#ports.attempt(delivery)
      this.#averageMs += (this.#ports.monotonicMs() - startedAt - this.#averageMs) / MAX_PARALLEL
      if (!wasCreated) this.#giveBack([...this.#queue.splice(0), { delivery, startBy: 0 }])
    } catch {
      this.#abandon()
    }
    this.#calls -= 1
    letGo?.()
    this.#step()
  }

  /** Starts nothing new and leaves the leases to run out: whatever is wrong is not asked again at once. */
  #abandon() {
    this.#isStopping = true
    this.leavesLeases = true
    this.#queue = []
  }

  #holdUp(delivery: ClaimedDelivery): () => void {
    const { entityId } = delivery
    const letGo = () => {
      clearTimeout(timer)
      if (this.#busy.get(entityId) === delivery) this.#busy.delete(entityId)
    }
    const timer = setTimeout(() => {
      letGo()
      this.#step()
    }, HEAD_START_MS)
    this.#busy.set(entityId, delivery)
    return letGo
  }

  /** All of them, since those that still have time are newer than the late ones. */
  #giveBackLate() {
    const [oldest] = this.#queue
    if (oldest && oldest.startBy <= this.#ports.monotonicMs()) this.#giveBack(this.#queue.splice(0))
  }

  #giveBack(waiting: readonly Waiting[]) {
    if (waiting.length === 0) return
    this.#isDrained = false
    this.#returns += 1
    const ids = waiting.map(({ delivery }) => delivery.id)
    void this.#ports.giveBack(ids).catch(() => (this.leavesLeases = true))
  }
}
