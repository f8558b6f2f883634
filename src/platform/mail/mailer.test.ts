import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { listAudit } from '../../../test/support/records.ts'
import { type SmtpReceiver, startSmtpServer } from '../../../test/support/servers/smtp-server.ts'
import { outgoingMails } from '../tables.ts'
import { MailFailure, type MailTransport } from './mail.ts'
import { Mailer } from './mailer.ts'
import { deleteMailsToCustomer } from './mail-store.ts'
import { mailRetention } from './mail-retention.ts'
import { queueMail, retryMail } from './outgoing-mails.ts'
import { parseSmtpUrl, smtpTransport, type SmtpServer } from './smtp.ts'
import { folderTransport } from './transports.ts'

let app: TestApp
let server: SmtpReceiver
let now = Temporal.Instant.from('2026-06-15T07:00:00Z')
before(async () => {
  app = await openTestApp()
  server = await startSmtpServer()
})
beforeEach(async () => {
  server.behaviour = {}
  await app.write(({ tx }) => tx.delete(outgoingMails))
})
after(async () => {
  await server[Symbol.asyncDispose]()
  await app.close()
})

const mail = { to: 'mara@x.example', fromName: 'Studio', subject: 'Hello', text: 'Hi\n' }
const queue = (change: Partial<typeof mail> = {}) =>
  app.write((work) => queueMail(work, { ...mail, ...change }, { purpose: 'test' }, app.platform.secrets))
const rows = () => app.read(({ db }) => db.select().from(outgoingMails).orderBy(outgoingMails.id))
const smtp = () => smtpTransport(parseSmtpUrl(server.url) as SmtpServer)
/** A mailer whose real time is `now`. */
const mailer = (transport: MailTransport = smtp()) =>
  new Mailer({ ...app.platform, real: { ...app.platform.real, now: () => now } }, transport)
const arrived = () => server.mails.filter(({ to }) => to === mail.to).length

test('a mail leaves after the unit has committed, once, and its text with it; a unit that fails sends nothing', async () => {
  const sentBefore = arrived()
  await assert.rejects(
    app.write(async (work) => {
      await queueMail(work, mail, { purpose: 'test' }, app.platform.secrets)
      await mailer().sendDue()
      throw new Error('undone')
    }),
  )
  assert.equal(arrived(), sentBefore)
  await queue()
  const [waiting] = await rows()
  assert.doesNotMatch(JSON.stringify(waiting), /mara|Hello/)
  await Promise.all([mailer().sendDue(), mailer().sendDue()])
  await mailer().sendDue()
  assert.equal(arrived(), sentBefore + 1)
  const [sent] = await rows()
  assert.deepEqual([sent?.state, sent?.attempts, sent?.contentEnc], ['SENT', 1, null])
})

test('what fails for now is tried again later under the same name, what fails for good is not', async () => {
  server.behaviour = { RCPT: '450 try later mara@x.example' }
  await queue()
  await mailer().sendDue()
  await mailer().sendDue()
  const [first] = await rows()
  assert.deepEqual([first?.state, first?.attempts, first?.failure], ['QUEUED', 1, '450'])
  assert.equal(first?.dueAt?.toString(), now.add({ minutes: 1 }).toString())
  server.behaviour = {}
  now = now.add({ minutes: 1 })
  await mailer().sendDue()
  const [second] = await rows()
  assert.deepEqual([second?.state, second?.attempts], ['SENT', 2])
  assert.ok(server.mails.at(-1)?.content.includes(first?.messageId ?? '-'))
  server.behaviour = { RCPT: '550 nobody' }
  const id = await queue()
  await mailer().sendDue()
  const last = (await rows()).find((each) => each.id === id)
  assert.deepEqual([last?.state, last?.failure], ['FAILED', '550'])
  server.behaviour = {}
  await app.write((work) => retryMail(work, id))
  await mailer().sendDue()
  assert.equal((await rows()).find((each) => each.id === id)?.state, 'SENT')
  await assert.rejects(
    app.write((work) => retryMail(work, id)),
    { code: 'errormessage.mail.notRetryable' },
  )
  assert.ok((await listAudit(app)).some(({ action }) => action === 'mail.retried'))
})

test('a mail that the server may have taken is not sent again by itself, whether the line or the process broke', async () => {
  server.behaviour = { CONTENT: 'drop' }
  await queue()
  const sentBefore = arrived()
  await mailer().sendDue()
  assert.equal((await rows())[0]?.state, 'UNCERTAIN')
  server.behaviour = {}
  await queue()
  const lost = new Promise<void>(() => undefined)
  const dying: MailTransport = { send: async (_, handOver) => handOver().then(() => lost) }
  void mailer(dying).sendDue()
  while ((await rows()).at(-1)?.handedOver !== true) await new Promise((resolve) => setTimeout(resolve, 10))
  await mailer().sendDue()
  assert.equal((await rows()).at(-1)?.state, 'SENDING', 'its sender is still believed')
  now = now.add({ minutes: 10 })
  await mailer().sendDue()
  assert.deepEqual([(await rows()).at(-1)?.state, (await rows()).at(-1)?.failure], ['UNCERTAIN', 'interrupted'])
  assert.equal(arrived(), sentBefore + 1)
})

test('a mail whose sender died before the server was asked is sent by the next one', async () => {
  await queue()
  const sentBefore = arrived()
  const dying: MailTransport = { send: () => new Promise(() => undefined) }
  void mailer(dying).sendDue()
  while ((await rows())[0]?.state !== 'SENDING') await new Promise((resolve) => setTimeout(resolve, 10))
  now = now.add({ minutes: 10 })
  await mailer().sendDue()
  assert.deepEqual([(await rows())[0]?.state, arrived()], ['SENT', sentBefore + 1])
})

test('a sender that wakes up late does not hand over a mail that another one has taken', async () => {
  await queue()
  let goOn = () => {}
  const late = new Promise<void>((resolve) => (goOn = resolve))
  const outcomes: unknown[] = []
  const slow: MailTransport = {
    send: async (_, handOver) => {
      await late
      await handOver().catch((error: MailFailure) => outcomes.push(error.code))
      throw new MailFailure('TEMPORARY', 'late')
    },
  }
  const sleeping = mailer(slow).sendDue()
  while ((await rows())[0]?.state !== 'SENDING') await new Promise((resolve) => setTimeout(resolve, 10))
  now = now.add({ minutes: 10 })
  await mailer().sendDue()
  goOn()
  await sleeping
  assert.deepEqual(outcomes, ['taken over'])
  assert.deepEqual([(await rows())[0]?.state, (await rows())[0]?.failure], ['SENT', null])
})

test('the demo puts mails into a folder, where a repetition takes the place of the first', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'palestra-mails-'))
  try {
    const id = await queue()
    await mailer(folderTransport(folder)).sendDue()
    assert.deepEqual(await readdir(folder), [`${id}.eml`])
    assert.match(await readFile(join(folder, `${id}.eml`), 'utf8'), /^To: mara@x.example\r$/m)
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('the mails of a person leave with the person', async () => {
  const write = (customerId: number) =>
    app.write((work) => queueMail(work, mail, { purpose: 'test', customerId }, app.platform.secrets))
  const [gone, kept] = [await write(7), await write(8)]
  await app.write(({ tx }) => deleteMailsToCustomer(tx, 7))
  assert.deepEqual(
    (await rows()).map(({ id }) => id),
    [kept],
  )
  assert.notEqual(gone, kept)
})

test('what became of a mail is forgotten after a month', async () => {
  await queue()
  now = app.platform.real.now().subtract({ hours: 24 * 30 - 1 })
  await mailer().sendDue()
  assert.equal(await mailRetention.run(app.platform), 0)
  await app.write(({ tx }) => tx.update(outgoingMails).set({ settledAt: now.subtract({ hours: 2 }) }))
  assert.equal(await mailRetention.run(app.platform), 1)
})
