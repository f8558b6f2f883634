import { type IdempotentRequest, inProgress } from '../units/idempotency.ts'

/**
 * The idempotency keys of writes that run or wait for their turn in this process. A second request with such a key is
 * refused at once: it must not wait behind the first one, which may be the one that it repeats.
 */
export class KeysInUse {
  readonly #names = new Set<string>()

  async run<T>(used: IdempotentRequest | undefined, work: () => Promise<T>): Promise<T> {
    if (!used) return work()
    const name = `${used.callerId} ${used.operation} ${used.key}`
    if (this.#names.has(name)) throw inProgress()
    this.#names.add(name)
    try {
      return await work()
    } finally {
      this.#names.delete(name)
    }
  }
}
