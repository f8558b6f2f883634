import type { Static } from 'typebox'
import { lockOwnCustomer } from '../customers/index.ts'
import type { PartnerCaller } from '../platform/units/caller.ts'
import { badRequest, notFound, refuseFields, violation } from '../platform/errors/errors.ts'
import type { PartnerWork, UnitOfWork, View } from '../platform/units/work.ts'
import { parseDateTime } from '../platform/time/zoned-time.ts'
import { defined } from '../platform/values/defined.ts'
import type { CommunicationThreadRequest } from './api.ts'
import { judgeMoment, judgeThreadStep } from './thread-rules.ts'
import {
  type Communication,
  findThread,
  findThreadCustomer,
  insertCommunication,
  insertThread,
  listCommunications,
  lockThread,
  type Thread,
  updateThread,
} from './thread-store.ts'

type Request = Static<typeof CommunicationThreadRequest>

/** A communication as it has been written down, and the conversation that it belongs to. */
export interface Recorded {
  readonly communicationId: number
  readonly threadId: number
  readonly ticketNumber: string | null
  readonly ticketLink: string | null
}

/** Writes down what was said elsewhere, as the beginning of a conversation. Nothing is sent. */
export async function recordInNewThread(work: PartnerWork, customerId: number, request: Request): Promise<Recorded> {
  const { studioId } = await lockOwnCustomer(work, customerId)
  const occurredAt = readMoment(request, work.now)
  const ticket = { ticketNumber: request.ticketNumber ?? null, ticketLink: request.ticketLink ?? null }
  const { communicationThreadStatus: status, subject, agent = null } = request
  const integrationId = (work.caller as PartnerCaller).integration.id
  const threadId = await insertThread(
    work.tx,
    { customerId, status, subject, agent, integrationId, ...ticket },
    work.now,
  )
  const communicationId = await store(work, request, { customerId, studioId, threadId, occurredAt })
  return { communicationId, threadId, ...ticket }
}

/** Adds to a conversation, no matter who began it. Status and subject follow the request, the rest where it says something. */
export async function recordInThread(
  work: PartnerWork,
  { customerId, threadId }: { readonly customerId: number; readonly threadId: number },
  request: Request,
): Promise<Recorded> {
  const { studioId } = await lockOwnCustomer(work, customerId)
  const thread = await lockThread(work.tx, customerId, threadId)
  if (!thread) throw notFound('thread', threadId)
  const occurredAt = readMoment(request, work.now)
  return addTo(work, thread, { request, studioId, occurredAt })
}

/** Notes in a conversation what staff have answered; nothing is sent. */
export async function recordReply(work: UnitOfWork, threadId: number, request: Request): Promise<Recorded> {
  const customerId = await findThreadCustomer(work.tx, threadId)
  const thread = customerId === undefined ? undefined : await lockThread(work.tx, customerId, threadId)
  if (!thread) throw notFound('thread', threadId)
  return addTo(work, thread, { request, occurredAt: readMoment(request, work.now) })
}

/** Keeps a mail of the studio in a conversation, which is going on from then on; the mail itself is the caller's. */
export async function recordMessage(
  work: UnitOfWork,
  entry: { readonly customerId: number; readonly studioId: number; readonly thread: Thread | undefined },
  { subject, text, agent }: { readonly subject: string; readonly text: string; readonly agent?: string },
): Promise<Recorded> {
  const request: Request = {
    communicationThreadStatus: 'ONGOING',
    communicationDirection: 'OUTGOING',
    communicationChannel: 'EMAIL',
    subject,
    content: text,
    ...defined({ agent }),
  }
  const { customerId, studioId, thread } = entry
  if (thread) return addTo(work, thread, { request, studioId, occurredAt: work.now })
  const fresh = { customerId, status: 'ONGOING', subject, agent: agent ?? null } as const
  const threadId = await insertThread(work.tx, fresh, work.now)
  const communicationId = await store(work, request, { customerId, studioId, threadId, occurredAt: work.now })
  return { communicationId, threadId, ticketNumber: null, ticketLink: null }
}

export interface ThreadView {
  readonly thread: Thread
  readonly communications: readonly Communication[]
}

/** A conversation with what was said in it, oldest first. */
export async function getThread({ db }: View, customerId: number, threadId: number): Promise<ThreadView> {
  const thread = await findThread(db, customerId, threadId)
  if (!thread) throw notFound('thread', threadId)
  return { thread, communications: await listCommunications(db, threadId) }
}

/** The same for staff, who need not know whose conversation it is. */
export async function getThreadForStaff(view: View, threadId: number): Promise<ThreadView> {
  const customerId = await findThreadCustomer(view.db, threadId)
  if (customerId === undefined) throw notFound('thread', threadId)
  return getThread(view, customerId, threadId)
}

async function addTo(
  work: UnitOfWork,
  thread: Thread,
  { request, studioId, occurredAt }: { request: Request; studioId?: number; occurredAt: Temporal.Instant },
): Promise<Recorded> {
  const { id: threadId, customerId } = thread
  const { communicationThreadStatus: status, subject } = request
  if (judgeThreadStep(thread.status, status) === 'REFUSED') {
    throw badRequest('errormessage.communication.statusTransition', {
      args: [
        { type: 'ENUM', value: thread.status },
        { type: 'ENUM', value: status },
      ],
      reference: 'communicationThreadStatus',
    })
  }
  const ticketNumber = request.ticketNumber ?? thread.ticketNumber
  const ticketLink = request.ticketLink ?? thread.ticketLink
  const agent = request.agent ?? thread.agent
  await updateThread(work.tx, threadId, { status, subject, ticketNumber, ticketLink, agent }, work.now)
  const communicationId = await store(work, request, {
    customerId,
    threadId,
    occurredAt,
    before: thread.status,
    ...defined({ studioId }),
  })
  return { communicationId, threadId, ticketNumber, ticketLink }
}

interface Entry {
  readonly customerId: number
  readonly threadId: number
  readonly occurredAt: Temporal.Instant
  readonly studioId?: number
  readonly before?: Thread['status']
}

async function store(work: UnitOfWork, request: Request, entry: Entry): Promise<number> {
  const { customerId, threadId, occurredAt, studioId, before = null } = entry
  const { subject, content, communicationThreadStatus: status, agent = null } = request
  const { communicationDirection: direction, communicationChannel: channel } = request
  const id = await insertCommunication(
    work.tx,
    { customerId, threadId, direction, channel, subject, content, agent, occurredAt },
    work.now,
  )
  work.audit({
    action: 'communication.recorded',
    entityKind: 'communication',
    entityId: id,
    ...defined({ studioId }),
    diff: {
      thread: [null, threadId],
      channel: [null, channel],
      direction: [null, direction],
      status: [before, status],
    },
  })
  return id
}

function readMoment({ communicationDateTime }: Request, now: Temporal.Instant): Temporal.Instant {
  const at = communicationDateTime === undefined ? undefined : parseDateTime(communicationDateTime)
  if (at && judgeMoment(at, now) === 'IN_FUTURE')
    throw refuseFields([violation('communicationDateTime', 'mustNotBeFuture')])
  return at ?? now
}
