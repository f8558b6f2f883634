import { Loop, type Worker } from '../jobs/worker.ts'
import { Mailer, type MailerDeps } from './mailer.ts'
import { openMailTransport } from './transports.ts'

const POLL_EVERY_MS = 2000

/** Sends mails while the process serves. Without a server to send to they wait, which the log says at the start. */
export function mailWorker(platform: MailerDeps): Worker {
  const { config, log } = platform
  const transport = openMailTransport(config)
  if (!transport) {
    const warn = () => log.warn('mails are kept back until PALESTRA_SMTP_URL names a server')
    return { start: warn, stop: async () => {} }
  }
  const mailer = new Mailer(platform, transport)
  const options = { everyMs: POLL_EVERY_MS, log, complaint: 'looking for mails failed' }
  return new Loop(options, (goesOn) => mailer.sendDue(goesOn))
}
