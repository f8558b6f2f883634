import { defined } from '../../../src/platform/values/defined.ts'
import { type Deck, type LoadTarget, planCall, type SentCall, WORKERS } from './plan.ts'
import { OwnThings } from './things.ts'

/** Whether a call is known to have been carried out. */
export const isAcknowledged = ({ answer }: SentCall) => answer !== undefined && answer.status < 300
/** Whether the outcome is unknown: no answer, or one that blames the server. */
export const isOpen = ({ answer }: SentCall) => answer === undefined || answer.status >= 500

/** What lasts from one load to the next. */
export interface Crew {
  readonly deck: Deck
  readonly things: readonly OwnThings[]
}

export const newCrew = (deck: Deck): Crew => ({ deck, things: Array.from({ length: WORKERS }, () => new OwnThings()) })

/**
 * Sends calls of all operations, eight at a time, until `signal`; each has an idempotency key, so that it can be repeated.
 * A worker whose request gets no answer stops: the server is gone.
 */
export async function runLoad(
  target: LoadTarget,
  { deck, things }: Crew,
  signal: AbortSignal,
  onAcknowledged: () => void = () => {},
): Promise<SentCall[]> {
  const run = async (mine: OwnThings, worker: number) => {
    const sent: SentCall[] = []
    while (!signal.aborted) {
      const call = planCall(target, worker, { deck, things: mine })
      sent.push(call)
      if (!(await send(target, call)) || isOpen(call)) break
      if (!isAcknowledged(call)) continue
      onAcknowledged()
      mine.record(call)
    }
    return sent
  }
  return (await Promise.all(things.map(run))).flat()
}

/** Sends a call (again); false when the server did not answer. */
export async function send({ url }: Pick<LoadTarget, 'url'>, call: SentCall): Promise<boolean> {
  const { method, headers, payload } = call
  const body = payload instanceof Buffer ? new Uint8Array(payload) : payload
  try {
    const answer = await fetch(url + call.path, { method, headers, ...defined({ body }) })
    const isJson = answer.headers.get('content-type')?.startsWith('application/json') === true
    const bytes = await answer.arrayBuffer()
    call.answer = { status: answer.status, body: isJson ? JSON.parse(Buffer.from(bytes).toString()) : undefined }
    return true
  } catch {
    return false
  }
}
