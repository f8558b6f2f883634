import type { Dispatcher } from 'undici'

export interface OutgoingAnswer {
  readonly status: number
  /** What the other side said, cut off after one KiB. */
  readonly firstKiB: string
  /** From the start of the call to the complete headers of the answer. */
  readonly durationMs: number
}

/** A call without an answer. `reason` is a verdict of the guard, `TIMEOUT`, or the code of a network error. */
export class OutgoingError extends Error {
  override readonly name = 'OutgoingError'
  readonly reason: string
  durationMs = 0

  constructor(reason: string) {
    super(`The call was not answered: ${reason}`)
    this.reason = reason
  }
}

const SHOWN_BYTES = 1024

/** Takes in the answer of one call: within its time, and no more of it than allowed. */
export class Answering implements Dispatcher.DispatchHandler {
  readonly answer: Promise<OutgoingAnswer>
  readonly #startedAt = performance.now()
  readonly #limits: { readonly timeoutMs: number; readonly maxAnswerBytes: number }
  readonly #resolve: (answer: OutgoingAnswer) => void
  readonly #reject: (error: OutgoingError) => void
  #timer: NodeJS.Timeout
  #controller: Dispatcher.DispatchController | undefined
  #isSettled = false
  #status = 0
  #durationMs = 0
  #bytes = 0
  #shown: Buffer[] = []

  constructor(limits: { readonly timeoutMs: number; readonly maxAnswerBytes: number }) {
    const { promise, resolve, reject } = Promise.withResolvers<OutgoingAnswer>()
    promise.catch(() => undefined)
    this.answer = promise
    this.#resolve = resolve
    this.#reject = reject
    this.#limits = limits
    this.#timer = setTimeout(() => this.fail(new OutgoingError('TIMEOUT')), limits.timeoutMs)
  }

  get isSettled() {
    return this.#isSettled
  }

  /** Ends the call without an answer, unless it has one; what is still on the wire is cut off. */
  fail(error: unknown) {
    if (this.#isSettled) return
    const failure = error instanceof OutgoingError ? error : new OutgoingError(failureReason(error))
    failure.durationMs = performance.now() - this.#startedAt
    this.#settle(() => this.#reject(failure))
    this.#controller?.abort(failure)
  }

  onRequestStart(controller: Dispatcher.DispatchController) {
    this.#controller = controller
    if (this.#isSettled) controller.abort(new OutgoingError('TIMEOUT'))
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number) {
    // A 1xx only announces the answer.
    if (this.#isSettled || status < 200) return
    this.#status = status
    this.#durationMs = performance.now() - this.#startedAt
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#cutOff(), this.#limits.timeoutMs)
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer) {
    if (this.#bytes < SHOWN_BYTES) this.#shown.push(chunk.subarray(0, SHOWN_BYTES - this.#bytes))
    this.#bytes += chunk.length
    if (this.#bytes > this.#limits.maxAnswerBytes) this.#cutOff()
  }

  onResponseEnd() {
    this.#succeed()
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error) {
    // Its status is known: a body that breaks off does not take it back.
    if (this.#status > 0) this.#succeed()
    else this.fail(error)
  }

  #cutOff() {
    this.#succeed()
    this.#controller?.abort(new OutgoingError('ANSWER_TOO_LONG'))
  }

  #succeed() {
    if (this.#isSettled) return
    const firstKiB = this.#bytes === 0 ? '' : Buffer.concat(this.#shown).toString('utf8')
    this.#settle(() => this.#resolve({ status: this.#status, firstKiB, durationMs: this.#durationMs }))
  }

  #settle(finish: () => void) {
    this.#isSettled = true
    clearTimeout(this.#timer)
    finish()
  }
}

function failureReason(error: unknown): string {
  const { code, errors } = error as { readonly code?: unknown; readonly errors?: readonly { code?: unknown }[] }
  const found = code ?? errors?.find((each) => each.code !== undefined)?.code
  return typeof found === 'string' ? found : 'CONNECTION_FAILED'
}
