import { randomUUID } from 'node:crypto'
import type { Command } from 'commander'
import { MailFailure } from '../../../platform/mail/mail.ts'
import { listMails } from '../../../platform/mail/mail-store.ts'
import { retryMail } from '../../../platform/mail/outgoing-mails.ts'
import { openMailTransport } from '../../../platform/mail/transports.ts'
import { isEmail } from '../../../platform/validation/formats.ts'
import { parseId, parseWhole, tenantCommand } from '../../command.ts'
import { CommandFailure, UsageError } from '../../failures.ts'

const states = ['QUEUED', 'SENDING', 'SENT', 'FAILED', 'UNCERTAIN'] as const

interface Listing {
  readonly state?: string
  readonly limit: number
}

export function addMailCommands(program: Command) {
  const mail = program.command('mail')
  const list = mail
    .command('list')
    .description('what became of the latest mails; never what stands in them')
    .option('--state <state>', states.join(', '))
    .option('--limit <n>', 'so many at most', parseWhole, 50)
  tenantCommand<Listing>(list, ({ read }, { options: { state, limit } }) =>
    read(({ db }) => listMails(db, state === undefined ? states : [readState(state)], limit)),
  )
  const retry = mail
    .command('retry <mailId>')
    .description('send a mail again that failed, or of which nobody knows whether it arrived')
  tenantCommand(retry, async ({ write }, { args: [id = ''] }) => {
    await write((work) => retryMail(work, parseId(id)))
    return { mailId: parseId(id), state: 'QUEUED' }
  })
  const test = mail.command('test <address>').description('send a mail now, to see whether the settings are right')
  tenantCommand(test, async ({ platform: { config, real } }, { args: [to = ''] }) => {
    const transport = openMailTransport(config)
    if (!isEmail(to)) throw new UsageError('A mail address is needed.')
    if (!transport) throw new CommandFailure('PALESTRA_SMTP_URL names no server.')
    const content = { to, fromName: 'Palestra', subject: 'Palestra can send mails', text: 'This is a test.\n' }
    const stamp = { messageId: `${randomUUID()}@palestra`, from: config.mailFrom, at: real.now(), name: 'test' }
    await transport
      .send({ ...content, ...stamp }, async () => undefined)
      .catch((error: unknown) => {
        throw error instanceof MailFailure ? new CommandFailure(`The mail could not be sent: ${error.code}`) : error
      })
    return { sentTo: to, by: config.smtpServer?.host ?? `${config.dataDir}/mails` }
  })
}

function readState(text: string) {
  const found = states.find((state) => state === text.toUpperCase())
  if (found) return found
  throw new UsageError(`The state is one of ${states.join(', ')}.`)
}
