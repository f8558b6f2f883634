import { unavailable } from '../errors/errors.ts'
import type { ShedClass } from '../api/operation.ts'
import { type Demand, Held } from './demand.ts'
import { FairLine } from './fair-line.ts'
import { chooseLate } from './fair-line-rules.ts'
import { HeldPlace, type PlaceKeeper, type PlaceRequest } from './held-place.ts'
import { WaitingClock } from './waiting-clock.ts'
import { isHopeless, retryAfter } from './refusal-rules.ts'
import { firstLimit, type LimitBounds, limitBounds, nextLimit } from './work-limit-rules.ts'
import { WorkPace } from './work-pace.ts'

const CHECK_EVERY_MS = 50
/** A queue that has stood for so long does not go by itself. */
const STANDING_MS = 500
/** A body that takes longer than this is awaited without a place. */
const SLOW_BODY_MS = 100
/** Each request that waits costs memory, whatever the rate; no tenant may use up what all have. */
const MOST_WAITING = 8000
const MOST_WAITING_OF_TENANT = MOST_WAITING / 2

interface Waiter {
  readonly demand: Demand
  readonly since: number
  /** Of a request that was admitted before: refused no more. */
  readonly isKnown: boolean
  readonly patienceMs: number
  readonly admit: () => void
  readonly refuse: (error: Error) => void
}

export interface WorkPlacesOptions {
  /** Connections to the database of this process. */
  readonly connections: number
  readonly monotonicMs: () => number
  readonly onWaited?: (rank: ShedClass, ms: number) => void
  readonly onRefused?: (rank: ShedClass) => void
}

/**
 * Lets as many requests work at once as the process can do well. The others wait in memory, in the order of their classes;
 * refused is only who cannot be served within their patience. Nothing is refused while a place is free.
 */
export class WorkPlaces implements PlaceKeeper {
  readonly #options: WorkPlacesOptions
  readonly #clock: WaitingClock
  readonly #pace: WorkPace
  readonly #bounds: LimitBounds
  readonly #queue = new FairLine<Waiter>()
  readonly #held = new Held()
  readonly #waiting = new Held()
  readonly #away = new Set<HeldPlace>()
  readonly #reading = new Set<HeldPlace>()
  #limit: number
  #timer: NodeJS.Timeout | undefined

  constructor(options: WorkPlacesOptions) {
    this.#options = options
    this.#clock = new WaitingClock(options.monotonicMs)
    this.#pace = new WorkPace(() => this.#clock.now())
    this.#bounds = limitBounds(options.connections)
    this.#limit = firstLimit(options.connections)
  }

  /** Places that are taken. */
  get taken() {
    return this.#held.total
  }

  get limit() {
    return this.#limit
  }

  /** Requests that wait for a place, or outside for another request. */
  waiting(rank: ShedClass): number {
    return this.#waiting.ofRank(rank)
  }

  /** Grants a place, at once where one is free; else when it is the request's turn. Refuses with 503. */
  enter(request: PlaceRequest): HeldPlace | Promise<HeldPlace> {
    if (this.#isFree()) return this.#grant(request, 0)
    this.#refuseHopeless(request)
    return this.#wait(request)
  }

  now() {
    return this.#clock.now()
  }

  giveBack(place: HeldPlace) {
    this.#held.drop(place.demand)
    if (this.#queue.size > 0) this.#serve()
  }

  askAgain({ demand }: HeldPlace): Promise<void> | undefined {
    if (!this.#isFree()) return this.#comeBack(demand)
    this.#held.add(demand)
    return undefined
  }

  setAway(place: HeldPlace, isAway: boolean) {
    this.#waiting.add(place.demand, isAway ? 1 : -1)
    if (isAway) this.#away.add(place)
    else this.#away.delete(place)
    this.#watch()
  }

  setReading(place: HeldPlace, isReading: boolean) {
    if (isReading) this.#reading.add(place)
    else this.#reading.delete(place)
  }

  recordWork(kind: string, ms: number) {
    const spell = this.#pace.record(kind, ms)
    if (spell) this.#limit = nextLimit(this.#limit, spell, this.#bounds)
  }

  /** The refusal of a request that could not be served in time. */
  overloaded({ rank }: Demand) {
    this.#options.onRefused?.(rank)
    return unavailable(
      'errormessage.service.overloaded',
      retryAfter(this.#queue.size, this.#pace.perSecond, Math.random()),
    )
  }

  /** Refuses who has waited long enough, and takes their places from those whose bodies do not come. */
  refuseLate() {
    const now = this.#clock.now()
    for (const place of this.#away) place.refuseIfLate()
    if (this.#queue.size > 0) for (const place of this.#reading) place.suspendIfSlow(SLOW_BODY_MS)
    for (let late = this.#findLate(now); late; late = this.#findLate(now)) this.#refuse(late)
    this.#watch()
  }

  #isFree() {
    return this.#held.total < this.#limit
  }

  #grant(request: PlaceRequest, waitedMs: number): HeldPlace {
    this.#held.add(request.demand)
    return this.#open(request, waitedMs)
  }

  #open(request: PlaceRequest, waitedMs: number): HeldPlace {
    this.#options.onWaited?.(request.demand.rank, waitedMs)
    return new HeldPlace(request, this, waitedMs)
  }

  #refuseHopeless({ demand, patienceMs }: PlaceRequest) {
    const isTooMany =
      this.#waiting.total >= MOST_WAITING || this.#waiting.ofTenant(demand.tenantId) >= MOST_WAITING_OF_TENANT
    const ahead = this.#queue.countAhead(demand, this.#shares)
    if (isTooMany || isHopeless(ahead, this.#pace.perSecond, patienceMs)) throw this.overloaded(demand)
  }

  #wait(request: PlaceRequest): Promise<HeldPlace> {
    const { demand, patienceMs, onHangUp } = request
    return new Promise((resolve, reject) => {
      const since = this.#clock.now()
      const refuse = (error: Error) => {
        stopListening()
        reject(error)
      }
      const admit = () => {
        stopListening()
        resolve(this.#open(request, this.#clock.now() - since))
      }
      const waiter = { demand, patienceMs, since, isKnown: false, admit, refuse }
      // Nobody reads the answer, and nobody was refused.
      const stopListening = onHangUp(() => {
        if (this.#leaveQueue(waiter)) refuse(unavailable('errormessage.service.overloaded', 1))
      })
      this.#join(waiter)
    })
  }

  #comeBack(demand: Demand): Promise<void> {
    return new Promise((admit, refuse) => {
      const since = this.#clock.now()
      this.#join({ demand, patienceMs: Number.POSITIVE_INFINITY, since, isKnown: true, admit, refuse })
    })
  }

  get #shares() {
    return { size: this.#limit, held: this.#held }
  }

  #join(waiter: Waiter) {
    this.#queue.add(waiter, waiter)
    this.#waiting.add(waiter.demand)
    this.#pace.setQueued(true)
    this.#watch()
  }

  #leaveQueue(waiter: Waiter): boolean {
    if (!this.#queue.remove(waiter)) return false
    this.#left(waiter)
    return true
  }

  #left({ demand }: Waiter) {
    this.#waiting.drop(demand)
    if (this.#queue.size === 0) this.#pace.setQueued(false)
  }

  /** Hands free places to those whose turn it is; for each of them one who would be too late goes. */
  #serve() {
    while (this.#isFree()) {
      const next = this.#queue.take(this.#shares)
      if (!next) return
      this.#left(next)
      this.#held.add(next.demand)
      next.admit()
      this.#thinOut()
    }
  }

  #thinOut() {
    if (this.#pace.standingMs < STANDING_MS) return
    const now = this.#clock.now()
    const heads = this.#queue.heads()
    const late = heads.filter(({ isKnown, since }) => !isKnown && now - since > STANDING_MS)
    const first = chooseLate(late, heads, this.#shares)
    if (first) this.#refuse(first)
  }

  #findLate(now: number): Waiter | undefined {
    return this.#queue.heads().find(({ since, patienceMs }) => now - since > patienceMs)
  }

  #refuse(waiter: Waiter) {
    if (this.#leaveQueue(waiter)) waiter.refuse(this.overloaded(waiter.demand))
  }

  /** Checks those who wait for as long as there are any. */
  #watch() {
    const isNeeded = this.#queue.size > 0 || this.#away.size > 0
    if (isNeeded) {
      this.#timer ??= setInterval(() => this.refuseLate(), CHECK_EVERY_MS).unref()
    } else {
      clearInterval(this.#timer)
      this.#timer = undefined
    }
  }
}
