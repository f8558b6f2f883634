import { setTimeout as sleep } from 'node:timers/promises'

const TICK_MS = 20
/** Moments without anything sent or answered that count as quiet; a process that gets no processor counts none. */
const QUIET_TICKS = 8
/** So long may an answer be out before a wait for it no longer counts: it may itself wait for a unit that pauses. */
const PATIENT_TICKS = 50

/** Notices when nothing moves any more: everybody who was on the way has arrived, or waits for one who has. */
export class Quiet {
  #moves = 0
  #inFlight = 0

  /** Follows one statement from here to its answer. */
  async follow<T>(answer: Promise<T>): Promise<T> {
    this.#moves += 1
    this.#inFlight += 1
    try {
      return await answer
    } finally {
      this.#moves += 1
      this.#inFlight -= 1
    }
  }

  async wait(): Promise<void> {
    let seen = this.#moves
    for (let ticks = 0; ticks < (this.#inFlight > 0 ? PATIENT_TICKS : QUIET_TICKS); ticks++) {
      await sleep(TICK_MS)
      if (seen !== this.#moves) ticks = -1
      seen = this.#moves
    }
  }
}
