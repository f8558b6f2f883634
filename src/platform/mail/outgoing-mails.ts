import { randomUUID } from 'node:crypto'
import { conflict, notFound } from '../errors/errors.ts'
import type { Secrets } from '../secrets.ts'
import type { UnitOfWork } from '../units/work.ts'
import type { Mail } from './mail.ts'
import { insertMail, lockMail, updateMail } from './mail-store.ts'

/** What a mail is about, and to whom it is written. */
export interface MailReason {
  /** As `communication.message`. */
  readonly purpose: string
  readonly customerId?: number
  readonly entity?: { readonly kind: string; readonly id: number }
}

/** Puts a mail on its way: it leaves after this unit has committed, and never when it does not. */
export function queueMail(work: UnitOfWork, mail: Mail, reason: MailReason, secrets: Secrets): Promise<number> {
  const { purpose, customerId = null, entity } = reason
  return insertMail(
    work.tx,
    {
      purpose,
      customerId,
      entityKind: entity?.kind ?? null,
      entityId: entity?.id ?? null,
      state: 'QUEUED',
      messageId: `${randomUUID()}@palestra`,
      contentEnc: secrets.seal('field', JSON.stringify(mail)),
    },
    work.now,
  )
}

/** Sends a mail once more that failed, or of which nobody knows whether it arrived. */
export async function retryMail(work: UnitOfWork, mailId: number) {
  const mail = await lockMail(work.tx, mailId)
  if (!mail) throw notFound('mail', mailId)
  if ((mail.state !== 'FAILED' && mail.state !== 'UNCERTAIN') || mail.contentEnc === null) {
    throw conflict('errormessage.mail.notRetryable')
  }
  const fresh = {
    state: 'QUEUED',
    attempts: 0,
    dueAt: null,
    handedOver: false,
    settledAt: null,
    failure: null,
  } as const
  await updateMail(work.tx, mailId, mail.attempts, fresh)
  work.audit({
    action: 'mail.retried',
    entityKind: 'mail',
    entityId: mailId,
    diff: { state: [mail.state, 'QUEUED'] },
  })
}
