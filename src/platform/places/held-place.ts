import type { Waits } from '../units/single-file.ts'
import type { Demand } from './demand.ts'

/** Who asks for a place. */
export interface PlaceRequest {
  readonly demand: Demand
  /** The kind of work: its times are compared with each other only. */
  readonly kind: string
  readonly patienceMs: number
  /** Calls `listener` when the client is gone; answers how to stop listening. */
  readonly onHangUp: (listener: () => void) => () => void
}

/** What a place asks of the one who grants places. */
export interface PlaceKeeper {
  now(): number
  /** The place is free for others, for a while or for good. */
  giveBack(place: HeldPlace): void
  /** Asks for a place again; undefined when it was had at once. */
  askAgain(place: HeldPlace): Promise<void> | undefined
  setAway(place: HeldPlace, isAway: boolean): void
  setReading(place: HeldPlace, isReading: boolean): void
  recordWork(kind: string, ms: number): void
  overloaded(demand: Demand): Error
}

/** WORKING and READING hold the place; READING loses it when the client is slow; AWAY has given it back; GONE has ended. */
type State = 'WORKING' | 'READING' | 'AWAY' | 'GONE'

/** The place of one request, from its grant to the answer. */
export class HeldPlace implements Waits {
  readonly request: PlaceRequest
  readonly #keeper: PlaceKeeper
  #state: State = 'WORKING'
  #since: number
  #workedMs = 0
  /** What the request has used of its patience. */
  #waitedMs: number
  /** Away because of a slow body, not because the operation waits for something. */
  #isSuspended = false
  #giveUp: (() => void) | undefined

  constructor(request: PlaceRequest, keeper: PlaceKeeper, waitedMs: number) {
    this.request = request
    this.#keeper = keeper
    this.#waitedMs = waitedMs
    this.#since = keeper.now()
  }

  get demand() {
    return this.request.demand
  }

  /**
   * Gives the place back while `wait` lasts and asks for one again afterwards, ahead of new requests of its class: who waits
   * must not keep others from working, and must hold no connection. A request that was admitted once is not refused when it
   * comes back. Where `isEnd` says so it does not: all that is left is to send the answer.
   */
  async outside<T>(wait: () => Promise<T>, isEnd: (arrived: T) => boolean = () => false): Promise<T> {
    if (this.#state !== 'WORKING') return wait()
    this.#change('AWAY')
    this.#keeper.giveBack(this)
    this.#keeper.setAway(this, true)
    let isOver = false
    try {
      const arrived = await wait()
      isOver = isEnd(arrived)
      return arrived
    } finally {
      this.#keeper.setAway(this, false)
      if (!isOver) await this.#comeBack()
    }
  }

  /**
   * Waits outside for `arrival`. When the patience of the request is over, or its client is gone, `leave` is called; if it
   * answers that nothing has begun for the request yet, the request is refused.
   */
  async outsideFor<T>(arrival: Promise<T>, leave: () => boolean, isEnd?: (arrived: T) => boolean): Promise<T> {
    const { promise: givenUp, reject } = Promise.withResolvers<never>()
    const giveUp = () => {
      if (this.#giveUp !== giveUp) return
      this.#giveUp = undefined
      if (leave()) reject(this.#keeper.overloaded(this.demand))
    }
    this.#giveUp = giveUp
    const stopListening = this.request.onHangUp(giveUp)
    try {
      return await this.outside(() => Promise.race([arrival, givenUp]), isEnd)
    } finally {
      stopListening()
      this.#giveUp = undefined
    }
  }

  /** The body is awaited: a slow client does not keep the place meanwhile. */
  beginReading() {
    if (this.#state === 'WORKING') this.#change('READING')
  }

  /** Undefined when the place is still there. */
  endReading(): Promise<void> | undefined {
    this.#isSuspended = false
    if (this.#state === 'READING') this.#change('WORKING')
    return this.#state === 'AWAY' ? this.#comeBack() : undefined
  }

  /** Gives the place back to the others when the body is not there after `ms`. */
  suspendIfSlow(ms: number) {
    if (this.#state !== 'READING' || this.#keeper.now() - this.#since < ms) return
    this.#change('AWAY')
    this.#isSuspended = true
    this.#keeper.giveBack(this)
  }

  /** Refuses a wait outside that lasts longer than the patience of the request. */
  refuseIfLate() {
    const isLate = this.#waitedMs + (this.#keeper.now() - this.#since) > this.request.patienceMs
    if (isLate) this.#giveUp?.()
  }

  /** The client is gone. Work that has begun goes on, and keeps its place; a body that is awaited does not come any more. */
  abandon() {
    if (this.#state === 'READING' || this.#isSuspended) this.leave()
  }

  /** The request is answered, or nobody waits for the answer. */
  leave() {
    if (this.#state === 'GONE') return
    const hadPlace = this.#state !== 'AWAY'
    this.#change('GONE')
    if (this.#workedMs > 0) this.#keeper.recordWork(this.request.kind, this.#workedMs)
    if (hadPlace) this.#keeper.giveBack(this)
  }

  /** A function of its own: the state may have changed while something was awaited. */
  get #hasLeft(): boolean {
    return this.#state === 'GONE'
  }

  async #comeBack() {
    if (this.#state !== 'AWAY') return
    await this.#keeper.askAgain(this)
    if (this.#hasLeft) this.#keeper.giveBack(this)
    else this.#change('WORKING')
  }

  #change(next: State) {
    const now = this.#keeper.now()
    if (this.#state === 'WORKING') this.#workedMs += now - this.#since
    if (this.#state === 'AWAY') this.#waitedMs += now - this.#since
    if (this.#state === 'READING' || next === 'READING') this.#keeper.setReading(this, next === 'READING')
    this.#state = next
    this.#since = now
  }
}
