import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { ShedClass } from '../api/operation.ts'

/** Thresholds of level 1; level 2 is twice, level 3 four times as much. */
const CONNECTION_WAIT_MS = 250
const LOOP_DELAY_MS = 200
const LONGEST_QUEUE = 500
const SAMPLE_EVERY_MS = 2000
const RECENT_MS = 5000
const RECOVERED = 0.6
const CALM_SAMPLES = 5

const shedAt: Record<ShedClass, number> = { BULK: 1, NORMAL: 2, CRITICAL: 3 }

/** What one look at the process found: p95 wait for a connection, p99 delay of the event loop, requests waiting. */
export interface Sample {
  readonly waitMs: number
  readonly delayMs: number
  readonly queue: number
}

export interface LoadState {
  readonly level: number
  /** Level that the previous sample reached. */
  readonly lastReached: number
  /** Consecutive samples far enough below the present level. */
  readonly calm: number
}

export const calmState: LoadState = { level: 0, lastReached: 0, calm: 0 }

/** A level is entered after two samples that reach it in a row, and left after five that stay well below. */
export function judgeLoad(state: LoadState, sample: Sample): LoadState {
  const reached = computeLevel(sample, 1)
  const held = Math.min(reached, state.lastReached)
  if (held > state.level) return { level: held, lastReached: reached, calm: 0 }
  const isCalm = state.level > 0 && computeLevel(sample, RECOVERED) < state.level
  const calm = isCalm ? state.calm + 1 : 0
  if (calm >= CALM_SAMPLES) return { level: state.level - 1, lastReached: reached, calm: 0 }
  return { level: state.level, lastReached: reached, calm }
}

function computeLevel({ waitMs, delayMs, queue }: Sample, factor: number): number {
  if (queue > LONGEST_QUEUE) return 3
  const load = Math.max(waitMs / CONNECTION_WAIT_MS, delayMs / LOOP_DELAY_MS) / factor
  if (load > 4) return 3
  if (load > 2) return 2
  return load > 1 ? 1 : 0
}

/** Watches the process and says which operations are refused before any database work is done. */
export class Shedding {
  readonly #waits: { readonly at: number; readonly ms: number }[] = []
  readonly #delay = monitorEventLoopDelay({ resolution: 20 })
  readonly #monotonicMs: () => number
  #state = calmState
  #timer: NodeJS.Timeout | undefined

  constructor(monotonicMs: () => number) {
    this.#monotonicMs = monotonicMs
  }

  get level() {
    return this.#state.level
  }

  noteWait(ms: number) {
    this.#waits.push({ at: this.#monotonicMs(), ms })
    if (this.#waits.length > 5000) this.#waits.splice(0, 2500)
  }

  start(queueLength: () => number) {
    this.#delay.enable()
    this.#timer = setInterval(() => {
      this.#state = judgeLoad(this.#state, this.#sample(queueLength()))
      this.#delay.reset()
    }, SAMPLE_EVERY_MS).unref()
  }

  stop() {
    clearInterval(this.#timer)
    this.#delay.disable()
  }

  refuses(shed: ShedClass): boolean {
    return this.#state.level >= shedAt[shed]
  }

  #sample(queue: number): Sample {
    const since = this.#monotonicMs() - RECENT_MS
    const recent = this.#waits.filter((wait) => wait.at >= since).map((wait) => wait.ms)
    recent.sort((a, b) => a - b)
    const waitMs = recent[Math.min(recent.length - 1, Math.floor(recent.length * 0.95))] ?? 0
    // The histogram counts the whole interval between two ticks; its resolution is not a delay.
    return { waitMs, delayMs: Math.max(0, this.#delay.percentile(99) / 1e6 - 20), queue }
  }
}
