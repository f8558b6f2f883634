/** In the order in which their turns are taken, so that no two requests wait for each other. */
const kinds = [
  'activation',
  'studio',
  'numbers',
  'device',
  'slot',
  'bookable',
  'appointment',
  'voucher',
  'customer',
] as const

/** A row that writes lock, by its kind and id, or by what finds it. */
export type LockedRow = `${(typeof kinds)[number]} ${number | string}`

/** Who waits for a turn: outside, holding nothing, for as long as their patience lasts. */
export interface Waits {
  /**
   * Answers what `arrival` does. Where that takes too long, calls `leave`, and fails if that answers that nothing has begun
   * yet; else it goes on waiting. Asks for a place again, unless `isEnd` says that the work of the request is done with what
   * has arrived.
   */
  outsideFor<T>(arrival: Promise<T>, leave: () => boolean, isEnd?: (arrived: T) => boolean): Promise<T>
}

/** Whose turn it is to be. Without `waits` nothing ends the wait but the turn. */
export interface Turn {
  readonly tenantId: number
  readonly rows: readonly LockedRow[]
  readonly waits: Waits | undefined
}

/** Decides when a write may run. */
export interface Turns {
  run<T>(turn: Turn, work: () => Promise<T>): Promise<T>
}

/**
 * Lets writes that lock the same row go one after the other, in this process: those that wait would only hold connections
 * until it is their turn. Other processes are kept apart by the lock in the database, as ever.
 */
export class SingleFile implements Turns {
  /** By row, who waits behind the one whose turn it is. */
  readonly #rows = new Map<string, (() => void)[]>()

  /** Runs `work` when it is the turn of the caller for all `rows` of the tenant. A key of another tenant stops nobody here. */
  async run<T>({ tenantId, rows, waits }: Turn, work: () => Promise<T>): Promise<T> {
    const taken: string[] = []
    try {
      for (const row of inOrderOfTurns(rows)) {
        const name = `${tenantId} ${row}`
        await this.#take(name, waits)
        taken.push(name)
      }
      return await work()
    } finally {
      for (const row of taken) this.#pass(row)
    }
  }

  /** Settles at once for the first. */
  #take(row: string, waits: Waits | undefined): Promise<void> | undefined {
    const waiting = this.#rows.get(row)
    if (!waiting) return void this.#rows.set(row, [])
    const { promise, resolve } = Promise.withResolvers<void>()
    waiting.push(resolve)
    if (!waits) return promise
    return waits.outsideFor(promise, () => {
      const at = waiting.indexOf(resolve)
      if (at >= 0) waiting.splice(at, 1)
      return at >= 0
    })
  }

  #pass(row: string) {
    const next = this.#rows.get(row)?.shift()
    if (next) next()
    else this.#rows.delete(row)
  }
}

/** Each row once: who names it twice would wait for themselves. */
function inOrderOfTurns(rows: readonly LockedRow[]): readonly LockedRow[] {
  if (rows.length < 2) return rows
  const getRank = (row: LockedRow) => kinds.findIndex((kind) => row.startsWith(`${kind} `))
  return [...new Set(rows)].sort((a, b) => getRank(a) - getRank(b) || (a < b ? -1 : 1))
}
