import type { Logger } from 'pino'
import { describe } from '../http/answers.ts'

/** Runs beside the requests for as long as the process serves. */
export interface Worker {
  start(): void
  /** Finishes the step under way; everything else stays for the next worker. */
  stop(): Promise<void>
  /** Settles when nothing of this tenant is left to do by its clock; for workers that follow it. */
  runUntilQuiet?(tenantId: number): Promise<void>
}

export interface LoopOptions {
  /** Milliseconds from the end of one round to the start of the next. */
  readonly everyMs: number
  /** A wish that comes within this time of a round waits for its end: one round serves all that have come by then. */
  readonly restMs?: number
  readonly log: Logger
  /** What the log says when a round fails. The next round comes all the same. */
  readonly complaint: string
}

/** Repeats `round`, never two at once. A wish for work that comes during a round is met after it. */
export class Loop implements Worker {
  readonly #options: LoopOptions
  readonly #round: (goesOn: () => boolean) => Promise<unknown>
  #isStarted = false
  #isWoken = false
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> | undefined
  #endRest = () => {}

  /** A long round asks `goesOn` between its steps and ends early when it returns false. */
  constructor(options: LoopOptions, round: (goesOn: () => boolean) => Promise<unknown>) {
    this.#options = options
    this.#round = round
  }

  start() {
    this.#isStarted = true
    this.wake()
  }

  /** Does not wait for the interval to end. Without effect before the start and after the stop. */
  wake() {
    if (!this.#isStarted) return
    this.#isWoken = true
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined
      if (this.#isWoken) this.wake()
    })
  }

  async stop() {
    this.#isStarted = false
    clearTimeout(this.#timer)
    this.#endRest()
    await this.#running
  }

  async #run() {
    const { everyMs, restMs = 0, log, complaint } = this.#options
    clearTimeout(this.#timer)
    while (this.#isWoken && this.#isStarted) {
      this.#isWoken = false
      await this.#round(() => this.#isStarted).catch((error: unknown) => log.error(describe(error), complaint))
      if (this.#isStarted && restMs > 0) await this.#rest(restMs)
    }
    if (this.#isStarted) this.#timer = setTimeout(() => this.wake(), everyMs).unref()
  }

  async #rest(ms: number) {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms).unref()
      this.#endRest = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
