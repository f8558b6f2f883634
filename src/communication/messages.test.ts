import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { runCommand } from '../../test/support/command-line.ts'
import { addCustomer } from '../../test/support/scenes/customers.ts'
import { type SmtpReceiver, startSmtpServer } from '../../test/support/servers/smtp-server.ts'
import { customers } from '../customers/customer-table.ts'
import { Mailer } from '../platform/mail/mailer.ts'
import { parseSmtpUrl, type SmtpServer, smtpTransport } from '../platform/mail/smtp.ts'
import { outgoingMails } from '../platform/tables.ts'
import { configureChannel, setPreferences } from './staff.ts'
import { type MessageToCustomer, writeToCustomer } from './messages.ts'
import { communications } from './tables.ts'

let app: TestApp
let server: SmtpReceiver
before(async () => {
  app = await openTestApp()
  server = await startSmtpServer()
})
after(async () => {
  await server[Symbol.asyncDispose]()
  await app.close()
})

const write = (message: Pick<MessageToCustomer, 'customerId'> & Partial<MessageToCustomer>) => {
  const whole = { category: 'GENERAL', subject: 'Your towel', text: 'It is still here.\n', ...message } as const
  return app.write((work) => writeToCustomer(work, whole, app.platform.secrets))
}
const listMails = (customerId: number) =>
  app.read(({ db }) => db.select().from(outgoingMails).where(eq(outgoingMails.customerId, customerId)))
const said = (customerId: number) =>
  app.read(({ db }) => db.select().from(communications).where(eq(communications.customerId, customerId)))

test('a message of the studio arrives by mail and stands in the conversation that it answers', async () => {
  const customerId = await addCustomer(app, { email: 'towel@x.example' })
  const first = await write({ customerId })
  assert.equal(first.state, 'QUEUED')
  const threadId = first.state === 'QUEUED' ? first.threadId : 0
  await write({ customerId, threadId, subject: 'Your towel again', agent: 'Ada' })
  const transport = smtpTransport(parseSmtpUrl(server.url) as SmtpServer)
  await new Mailer(app.platform, transport).sendDue()
  const arrived = server.mails.filter(({ to }) => to === 'towel@x.example')
  assert.equal(arrived.length, 2)
  assert.match(arrived[0]?.content ?? '', /^From: Berlin <no-reply@localhost>\r$/m)
  const { body } = await app.get(`/ext/v1/communications/${customerId}/threads/${threadId}`)
  assert.deepEqual([body.communicationThreadStatus, body.subject, body.agent], ['ONGOING', 'Your towel again', 'Ada'])
  assert.deepEqual(
    body.communications.map((each: any) => [each.communicationDirection, each.communicationChannel, each.content]),
    Array.from({ length: 2 }, () => ['OUTGOING', 'EMAIL', 'It is still here.\n']),
  )
})

test('who does not want a message gets none: the preference is asked before anything is written', async () => {
  const customerId = await addCustomer(app)
  const suppressed = (reason: string) => ({ state: 'SUPPRESSED', reason })
  assert.deepEqual(await write({ customerId, category: 'NEWSLETTER' }), suppressed('NOT_WANTED'))
  const off = { messageCategory: 'GENERAL', channels: [{ communicationChannel: 'EMAIL', active: false }] } as const
  await app.write((work) => setPreferences(work, customerId, [off]))
  assert.deepEqual(await write({ customerId }), suppressed('NOT_WANTED'))
  assert.equal((await write({ customerId, category: 'CONTRACT' })).state, 'QUEUED')
  const { studioId } = app.berlin
  const config = { category: 'CONTRACT', channel: 'EMAIL', defaultActive: true, customerOverridable: false } as const
  await app.write((work) => configureChannel(work, studioId, { ...config, available: false }))
  assert.deepEqual(await write({ customerId, category: 'CONTRACT' }), suppressed('NOT_WANTED'))
  const set = (values: object) =>
    app.write(({ tx }) => tx.update(customers).set(values).where(eq(customers.id, customerId)))
  await set({ emailStatus: 'BOUNCED' })
  assert.deepEqual(await write({ customerId, category: 'CONTRACT' }), suppressed('BOUNCED'))
  await set({ email: null })
  assert.deepEqual(await write({ customerId, category: 'CONTRACT' }), suppressed('NO_ADDRESS'))
  assert.deepEqual([(await listMails(customerId)).length, (await said(customerId)).length], [1, 1])
})

test('operators test the way out, see what became of mails, and send one again', async () => {
  const environment = { PALESTRA_DATABASE_URL: app.url, PALESTRA_DEMO: 'true', PALESTRA_SMTP_URL: server.url }
  const run = (line: string) => runCommand(line, environment)
  await run('mail test operator@x.example')
  assert.equal(server.mails.at(-1)?.to, 'operator@x.example')
  const customerId = await addCustomer(app, { email: 'again@x.example' })
  const written = await run(`thread write ${customerId} --subject Hi --text Hello`)
  assert.equal(written.state, 'QUEUED')
  server.behaviour = { RCPT: '550 nobody' }
  await new Mailer(app.platform, smtpTransport(parseSmtpUrl(server.url) as SmtpServer)).sendDue()
  const [failed] = await run('mail list --state failed --limit 1')
  assert.deepEqual([failed.id, failed.failure, failed.customerId], [written.mailId, '550', customerId])
  assert.doesNotMatch(JSON.stringify(failed), /again@|Hello/)
  assert.deepEqual(await run(`mail retry ${failed.id}`), { mailId: failed.id, state: 'QUEUED' })
  const [next] = await run('mail list --state queued')
  assert.deepEqual([next.id, next.attempts, next.failure], [failed.id, 0, null])
})
