import type { Socket } from 'node:net'
import pg from 'pg'

type Query = (this: pg.Client, ...args: unknown[]) => Promise<unknown>

/** Which statement is the last one, and whether it still reaches the database, so that only its answer is lost. */
export interface Cut {
  readonly at: number
  readonly isSent: boolean
}

const never: Cut = { at: Number.POSITIVE_INFINITY, isSent: false }

/**
 * The line between this program and its databases, watched from the moment it is made; connections that are older are not.
 * `using` gives it back.
 */
export class Line implements Disposable {
  readonly #prototype = pg.Client.prototype as unknown as { query: Query }
  readonly #query = this.#prototype.query
  #sent = 0
  #cut = never

  constructor() {
    const send = (client: pg.Client, args: readonly unknown[]) => this.#send(client, args)
    this.#prototype.query = function (this: pg.Client, ...args: unknown[]) {
      return send(this, args)
    }
  }

  /**
   * Runs `work`, and cuts the line for good at one of its statements. For the database that is the same as a process that was
   * killed there: what was not committed is rolled back, and nothing follows. Returns how many statements were sent.
   */
  async run(work: () => Promise<unknown>, cut = never): Promise<number> {
    this.#sent = 0
    this.#cut = cut
    try {
      await work()
    } catch (error) {
      if (this.#sent < cut.at) throw error
    } finally {
      this.#cut = never
    }
    return this.#sent
  }

  [Symbol.dispose]() {
    this.#prototype.query = this.#query
  }

  #send(client: pg.Client, args: readonly unknown[]): Promise<unknown> {
    this.#sent += 1
    const { at, isSent } = this.#cut
    if (this.#sent < at) return this.#query.apply(client, [...args])
    const { stream } = (client as unknown as { readonly connection: { readonly stream: Socket } }).connection
    if (this.#sent > at || !isSent) {
      stream.destroy()
      return Promise.reject(new Error('The process is dead.'))
    }
    const answer = this.#query.apply(client, [...args])
    // Statements leave at the end of the turn of the event loop in which they are sent.
    setImmediate(() => stream.destroySoon())
    return answer
  }
}
