import { Worker } from 'node:worker_threads'
import type { Paper } from './paper.ts'

/** What the thread is sent; moments cannot be sent as they are. */
export interface Printing {
  readonly id: number
  readonly paper: Omit<Paper, 'createdAt'> & { readonly createdAtMs: number }
}

export type Printed = { readonly id: number } & ({ readonly bytes: Uint8Array } | { readonly failure: string })

/** Starting the thread takes as long as a document, and an idle one holds some 60 MB. */
const IDLE_MS = 30_000
/** A document takes less than a second; what takes so long will not end. */
const PATIENCE_MS = 30_000

interface Waiting {
  readonly resolve: (bytes: Buffer) => void
  readonly reject: (error: Error) => void
}

/** A paper that could not be printed. */
export class PrintFailure extends Error {
  override readonly name = 'PrintFailure'
}

let press: Press | undefined

/**
 * A paper as a PDF with its fonts embedded. Printing keeps a core busy for some hundred milliseconds: it is done in a
 * thread of its own, one paper after the other, so that the process goes on to answer requests.
 */
export function printPdf(paper: Paper): Promise<Buffer> {
  press = press?.isOpen ? press : new Press()
  return press.print(paper)
}

/** The thread that prints. It ends after a while without work, and does not keep the process from ending. */
class Press {
  readonly #worker = new Worker(new URL('./pdf-worker.ts', import.meta.url))
  readonly #waiting = new Map<number, Waiting>()
  #nextId = 1
  #timer: NodeJS.Timeout | undefined
  isOpen = true

  constructor() {
    this.#worker.unref()
    this.#worker.on('message', (printed: Printed) => this.#settle(printed))
    this.#worker.on('error', () => this.#close())
    this.#worker.on('exit', () => this.#close())
  }

  async print({ createdAt, ...paper }: Paper): Promise<Buffer> {
    const id = this.#nextId++
    this.#expectWithin(PATIENCE_MS)
    // Who waits for a paper keeps the process alive.
    this.#worker.ref()
    const printed = new Promise<Buffer>((resolve, reject) => this.#waiting.set(id, { resolve, reject }))
    this.#worker.postMessage({ id, paper: { ...paper, createdAtMs: createdAt.epochMilliseconds } } satisfies Printing)
    return printed
  }

  #settle(printed: Printed) {
    const waiting = this.#waiting.get(printed.id)
    this.#waiting.delete(printed.id)
    if ('bytes' in printed) waiting?.resolve(Buffer.from(printed.bytes))
    else waiting?.reject(new PrintFailure(printed.failure))
    const isIdle = this.#waiting.size === 0
    if (isIdle) this.#worker.unref()
    this.#expectWithin(isIdle ? IDLE_MS : PATIENCE_MS)
  }

  /** Ends the thread unless something is sent or comes back before. */
  #expectWithin(ms: number) {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#close(), ms).unref()
  }

  #close() {
    this.isOpen = false
    clearTimeout(this.#timer)
    void this.#worker.terminate()
    for (const { reject } of this.#waiting.values()) reject(new PrintFailure('the thread that prints has ended'))
    this.#waiting.clear()
  }
}
