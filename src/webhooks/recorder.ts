import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '../platform/database/database.ts'
import { type AttemptResult, saveAttempts } from './attempt-store.ts'
import { returnDeliveries } from './dispatch-store.ts'

/** Results wait this long for others to be written with them. */
const GATHER_MS = 5
const LARGEST_BATCH = 500
const REPEAT_AFTER_MS = 500
/** Afterwards the leases are over and a worker attempts the deliveries again. */
const REPEATS = 40

interface Returned {
  readonly ids: readonly number[]
  readonly written: () => void
  readonly lost: (error: unknown) => void
}

/** Writes the results of one tenant's attempts, many at once, and never two batches at the same time. */
export class Recorder {
  readonly #database: Database
  readonly #tenantId: number
  readonly #onLost: (error: unknown) => void
  readonly #results: AttemptResult[] = []
  readonly #returned: Returned[] = []
  #writing: Promise<void> | undefined
  #isReturning = false

  constructor(database: Database, tenantId: number, onLost: (error: unknown) => void) {
    this.#database = database
    this.#tenantId = tenantId
    this.#onLost = onLost
  }

  add(result: AttemptResult) {
    this.#results.push(result)
    this.#writing ??= this.#writeAll()
  }

  /** Ends the lease of deliveries that were not attempted; fails when that could not be written. */
  giveBack(ids: readonly number[]): Promise<void> {
    const { promise, resolve: written, reject: lost } = Promise.withResolvers<void>()
    this.#returned.push({ ids, written, lost })
    this.#isReturning = true
    this.#writing ??= this.#writeAll()
    return promise
  }

  /** Settles when nothing is being given back: what is claimed before would overtake it. */
  async returned() {
    if (this.#isReturning) await this.#writing
  }

  /** Settles when everything recorded so far is written, or lost. */
  async settled() {
    await this.#writing
  }

  async #writeAll() {
    if (this.#results.length < LARGEST_BATCH) await sleep(GATHER_MS)
    while (this.#results.length > 0 || this.#returned.length > 0) {
      await this.#write(this.#results.splice(0, LARGEST_BATCH), this.#returned.splice(0))
    }
    this.#writing = undefined
    this.#isReturning = false
  }

  async #write(results: readonly AttemptResult[], returned: readonly Returned[]) {
    const ids = returned.flatMap((each) => each.ids)
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#database.transaction(this.#tenantId, async (tx) => {
          if (results.length > 0) await saveAttempts(tx, results, { isRepeat: attempt > 1 })
          if (ids.length > 0) await returnDeliveries(tx, ids)
        })
        for (const { written } of returned) written()
        return
      } catch (error) {
        if (attempt < REPEATS) {
          await sleep(REPEAT_AFTER_MS)
          continue
        }
        this.#onLost(error)
        for (const { lost } of returned) lost(error)
        return
      }
    }
  }
}
