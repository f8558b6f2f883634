const FIRST_MS = 3000
const LONGEST_MS = 15_000

/**
 * Asks again and again, in pauses that grow: the gateway lets a session ask sixty times a minute. A payer who comes back to
 * this window does not wait for the pause to end.
 */
export class Poll {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer
  /** @type {(() => Promise<void>) | undefined} */
  #ask

  constructor() {
    const hurry = () => {
      if (document.visibilityState === 'visible' && this.#timer !== undefined) void this.#run(FIRST_MS)
    }
    document.addEventListener('visibilitychange', hurry)
    window.addEventListener('focus', hurry)
  }

  /** @param {() => Promise<void>} ask a failure is not the end: the next answer may come */
  start(ask) {
    this.stop()
    this.#ask = ask
    this.#plan(FIRST_MS)
  }

  stop() {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#ask = undefined
  }

  /** @param {number} pauseMs */
  #plan(pauseMs) {
    this.#timer = setTimeout(() => void this.#run(pauseMs), pauseMs)
  }

  /** @param {number} pauseMs */
  async #run(pauseMs) {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const ask = this.#ask
    await ask?.().catch(() => {})
    if (ask !== undefined && this.#ask === ask) this.#plan(Math.min(LONGEST_MS, pauseMs * 1.5))
  }
}
