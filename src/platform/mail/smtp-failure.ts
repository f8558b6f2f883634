import type { NodemailerError } from 'nodemailer'
import { MailFailure } from './mail.ts'

/** What the server says about this mail; a refused login or a wrong certificate is no fault of the mail. */
const aboutTheMail: readonly unknown[] = ['MAIL FROM', 'RCPT TO', 'DATA']

/**
 * What an error of nodemailer means for the mail. `isHandedOver`: the server was given the content, so that without
 * its refusal (a reply of 4xx or 5xx) the mail may have arrived.
 */
export function judgeSmtpError(error: NodemailerError, isHandedOver: boolean): MailFailure {
  const { responseCode: reply = 0, command } = error
  const code = reply > 0 ? String(reply) : (error.originalCode ?? error.code ?? 'unexpected')
  if (isHandedOver && (reply < 400 || reply > 599)) return new MailFailure('UNCERTAIN', code)
  const isUnwritable = reply === 0 && error.code === 'EENVELOPE'
  const isRefused = error.permanent === true && aboutTheMail.includes(command)
  return new MailFailure(isUnwritable || isRefused ? 'PERMANENT' : 'TEMPORARY', code)
}
