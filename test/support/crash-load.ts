import { type LoadTarget, type OwnThings, planWrite, type SentWrite, WORKERS } from './crash-plan.ts'
import { formOf } from './multipart.ts'

/** Whether a write is known to have been carried out. */
export const isAcknowledged = ({ answer }: SentWrite) => answer !== undefined && answer.status < 300
/** Whether nobody can tell: no answer, or one that blames the server. */
export const isOpen = ({ answer }: SentWrite) => answer === undefined || answer.status >= 500

/**
 * Sends writes of all kinds, eight at a time, until `signal`; each has an idempotency key, so that it can be repeated.
 * A worker whose request gets no answer stops: the server is gone.
 */
export async function runLoad(
  target: LoadTarget,
  signal: AbortSignal,
  onAcknowledged: () => void = () => {},
): Promise<SentWrite[]> {
  const workers = Array.from({ length: WORKERS }, (_, worker) => ({ worker, signal, onAcknowledged }))
  const all = await Promise.all(workers.map((each) => runWorker(target, each)))
  return all.flat()
}

interface Worker {
  readonly worker: number
  readonly signal: AbortSignal
  readonly onAcknowledged: () => void
}

async function runWorker(target: LoadTarget, { worker, signal, onAcknowledged }: Worker): Promise<SentWrite[]> {
  const sent: SentWrite[] = []
  const mine: OwnThings = { bookings: [], mediums: [] }
  while (!signal.aborted) {
    const write = planWrite(target, worker, mine)
    sent.push(write)
    if (!(await send(target, write)) || isOpen(write)) break
    if (!isAcknowledged(write)) continue
    onAcknowledged()
    if (write.operation === 'bookClassSlot') mine.bookings.push(write.answer?.body.bookingId)
    if (write.operation === 'addAccessMediums') mine.mediums.push(`${write.path}/${write.answer?.body.id}`)
  }
  return sent
}

/** Sends a write (again); false when the server did not answer. */
export async function send({ url, key }: Pick<LoadTarget, 'url' | 'key'>, write: SentWrite): Promise<boolean> {
  const payload = payloadOf(write)
  try {
    const answer = await fetch(url + write.path, {
      method: write.method,
      headers: {
        'x-api-key': key,
        'idempotency-key': write.traceId,
        traceparent: `00-${write.traceId}-b7ad6b7169203331-01`,
        ...payload.headers,
      },
      ...payload.content,
    })
    const text = await answer.text()
    write.answer = { status: answer.status, body: text === '' ? undefined : JSON.parse(text) }
    return true
  } catch {
    return false
  }
}

function payloadOf({ body }: SentWrite): {
  headers: Readonly<Record<string, string>>
  content: { body?: string | Uint8Array<ArrayBuffer> }
} {
  if (body === undefined) return { headers: {}, content: {} }
  if (!(body instanceof Uint8Array))
    return { headers: { 'content-type': 'application/json' }, content: { body: JSON.stringify(body) } }
  return { headers: formOf([]).headers, content: { body: new Uint8Array(body) } }
}
