import { lockCustomers } from '../customers/index.ts'
import { notFound } from '../platform/errors/errors.ts'
import { queueMail } from '../platform/mail/outgoing-mails.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { nonNull } from '../platform/values/defined.ts'
import { findPerson } from './person-store.ts'
import type { MessageCategory } from './preference-rules.ts'
import { mayContact } from './preferences.ts'
import { lockThread } from './thread-store.ts'
import { recordMessage } from './threads.ts'

export interface MessageToCustomer {
  readonly customerId: number
  readonly category: MessageCategory
  readonly subject: string
  /** Plain text. */
  readonly text: string
  /** Who writes for the studio. */
  readonly agent?: string
  /** The conversation that it answers; a new one without it. */
  readonly threadId?: number
}

/** A mail that is on its way, or why there is none. */
export type MessageOutcome =
  | { readonly state: 'QUEUED'; readonly mailId: number; readonly threadId: number; readonly communicationId: number }
  | { readonly state: 'SUPPRESSED'; readonly reason: 'NO_ADDRESS' | 'BOUNCED' | 'NOT_WANTED' }

/**
 * Writes a mail to a customer, in the name of the home studio and into a conversation, as part of this unit: it leaves
 * after the commit. Who does not want such messages by mail gets none, and nothing is written down.
 */
export async function writeToCustomer(
  work: UnitOfWork,
  message: MessageToCustomer,
  secrets: Secrets,
): Promise<MessageOutcome> {
  const { customerId, category, subject, text, threadId } = message
  await lockCustomers(work.tx, [customerId])
  const person = await findPerson(work.tx, customerId)
  if (!person) throw notFound('customer', customerId)
  const { studioId, email, studioName, studioEmail } = person
  const thread = threadId === undefined ? undefined : await lockThread(work.tx, customerId, threadId)
  if (threadId !== undefined && !thread) throw notFound('thread', threadId)
  if (email === null) return { state: 'SUPPRESSED', reason: 'NO_ADDRESS' }
  if (person.emailStatus === 'BOUNCED') return { state: 'SUPPRESSED', reason: 'BOUNCED' }
  if (!(await mayContact(work.tx, { customerId, studioId }, { category, channel: 'EMAIL' }))) {
    return { state: 'SUPPRESSED', reason: 'NOT_WANTED' }
  }
  const recorded = await recordMessage(work, { customerId, studioId, thread }, message)
  const mailId = await queueMail(
    work,
    { to: email, fromName: studioName, subject, text, ...nonNull({ replyTo: studioEmail }) },
    { purpose: 'communication.message', customerId, entity: { kind: 'communication', id: recorded.communicationId } },
    secrets,
  )
  return { state: 'QUEUED', mailId, threadId: recorded.threadId, communicationId: recorded.communicationId }
}
