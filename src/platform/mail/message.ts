import type { SendMailOptions } from 'nodemailer'
import { legacyDate } from '../time/clock.ts'
import type { Message } from './mail.ts'

/** What nodemailer composes: plain text in UTF-8 to one address, with nothing that it would have to read or fetch. */
export function composeMessage({ messageId, from, at, ...mail }: Message): SendMailOptions {
  return {
    date: legacyDate(at),
    messageId: `<${messageId}>`,
    // Addresses as objects: in a text a comma would be the beginning of another recipient.
    from: { name: mail.fromName, address: from },
    to: { name: '', address: mail.to },
    ...(mail.replyTo === undefined ? {} : { replyTo: { name: '', address: mail.replyTo } }),
    subject: mail.subject,
    // Machines shall not answer machines.
    headers: { 'Auto-Submitted': 'auto-generated' },
    text: mail.text,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}
