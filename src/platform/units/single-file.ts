/** Who waits for a turn: outside, holding nothing, for as long as their patience lasts. */
export interface Waits {
  /** Waits for `arrival`; where that takes too long, calls `leave` and fails. */
  outsideFor(arrival: Promise<void>, leave: () => void): Promise<void>
}

/**
 * Lets writes that lock the same row go one after the other, in this process: those that wait would only hold connections
 * until it is their turn. Other processes are kept apart by the lock in the database, as ever.
 */
export class SingleFile {
  /** By row, who waits behind the one whose turn it is. */
  readonly #rows = new Map<string, (() => void)[]>()

  /** Runs `work` when it is the turn of the caller for all `rows`, which are named in the order of their locks. */
  async run<T>(rows: readonly string[], caller: Waits | undefined, work: () => Promise<T>): Promise<T> {
    const taken: string[] = []
    try {
      for (const row of rows) {
        await this.#take(row, caller)
        taken.push(row)
      }
      return await work()
    } finally {
      for (const row of taken) this.#pass(row)
    }
  }

  /** Settles at once for the first. */
  #take(row: string, caller: Waits | undefined): Promise<void> | undefined {
    const waiting = this.#rows.get(row)
    if (!waiting) return void this.#rows.set(row, [])
    const { promise, resolve } = Promise.withResolvers<void>()
    let isMine = false
    const begin = () => {
      isMine = true
      resolve()
    }
    waiting.push(begin)
    if (!caller) return promise
    return caller.outsideFor(promise, () => {
      if (isMine) return this.#pass(row)
      waiting.splice(waiting.indexOf(begin), 1)
    })
  }

  #pass(row: string) {
    const next = this.#rows.get(row)?.shift()
    if (next) next()
    else this.#rows.delete(row)
  }
}
