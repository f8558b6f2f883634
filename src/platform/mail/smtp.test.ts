import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import dns from 'node:dns'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os, { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { ownCertificate } from '../../../test/support/servers/certificate.ts'
import { startSmtpServer } from '../../../test/support/servers/smtp-server.ts'
import { type Mail, MailFailure, type Message } from './mail.ts'
import { planNextStep } from './retry-rules.ts'
import { parseSmtpUrl, smtpTransport, type SmtpServer } from './smtp.ts'

const mail: Mail = {
  to: 'mara@münchen.example',
  fromName: 'Studio Mitte',
  replyTo: 'mitte@gym.example',
  subject: 'Grüße aus dem Studio, und zwar so lang, dass eine Zeile dafür nicht reicht – wirklich nicht 💪💪💪💪💪',
  text: 'Hallo Mara,\n.\n.Punkt am Anfang\r\n\r\nGrüße\n',
}
const at = Temporal.Instant.from('2026-06-15T07:00:00Z')
const stamp = { messageId: 'm1@palestra', from: 'no-reply@gym.example', at, name: '1' }
const message = (change: Partial<Mail> = {}): Message => ({ ...mail, ...stamp, ...change })
const parseServer = (url: string) => parseSmtpUrl(url) as SmtpServer
const never = async () => undefined

/** Headers and text of a message as its reader sees them. */
function parse(content: string) {
  const end = content.indexOf('\r\n\r\n')
  const unquote = (text: string) =>
    Buffer.from(
      text.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
      'latin1',
    ).toString('utf8')
  const headers = content.slice(0, end).replace(/\r\n /g, ' ').split('\r\n')
  const decode = (text: string) =>
    text
      .replace(/\?= =\?UTF-8\?Q\?/g, '')
      .replace(/=\?UTF-8\?Q\?([^?]*)\?=/g, (_, word: string) => unquote(word.replaceAll('_', ' ')))
  return {
    headers: new Map(headers.map((line) => [line.split(': ', 1)[0] ?? '', decode(line.slice(line.indexOf(': ') + 2))])),
    text: unquote(content.slice(end + 4).replaceAll('=\r\n', '')),
  }
}

test('a message arrives as it was written, letters of all kinds, dots and long subjects included', async () => {
  await using server = await startSmtpServer()
  let handedOver = 0
  await smtpTransport(parseServer(server.url)).send(message(), async () => {
    assert.deepEqual([server.lines.at(-1), server.mails.length], ['DATA', 0])
    handedOver += 1
  })
  const [received, ...more] = server.mails
  assert.deepEqual([more.length, handedOver], [0, 1])
  assert.deepEqual([received?.from, received?.to], ['no-reply@gym.example', 'mara@xn--mnchen-3ya.example'])
  const { headers, text } = parse(received?.content ?? '')
  assert.equal(headers.get('Subject'), mail.subject)
  assert.equal(headers.get('From'), 'Studio Mitte <no-reply@gym.example>')
  assert.equal(headers.get('Reply-To'), 'mitte@gym.example')
  assert.equal(headers.get('Message-ID'), '<m1@palestra>')
  assert.equal(headers.get('Date'), 'Mon, 15 Jun 2026 07:00:00 +0000')
  assert.equal(headers.get('Auto-Submitted'), 'auto-generated')
  assert.equal(headers.get('X-Mailer'), undefined)
  assert.equal(text, mail.text.replaceAll(/\r?\n/g, '\r\n'))
  assert.ok((received?.content ?? '').split('\r\n').every((line) => line.length <= 78))
})

test('nobody writes a header or a recipient of their own', async () => {
  await using server = await startSmtpServer()
  const send = (change: Partial<Mail>) => smtpTransport(parseServer(server.url)).send(message(change), never)
  await send({ subject: 'Hi\r\nBcc: all@x.example', fromName: 'A\r\nTo: b@x.example' })
  const { headers } = parse(server.mails[0]?.content ?? '')
  assert.deepEqual([headers.has('Bcc'), headers.get('To')], [false, 'mara@xn--mnchen-3ya.example'])
  await send({ to: 'a,b@x.example' })
  assert.deepEqual([server.mails.length, server.mails[1]?.to], [2, '"a,b"@x.example'])
  await assert.rejects(send({ to: 'a@x.example>\r\nRCPT TO:<b@x.example' }), { kind: 'PERMANENT', code: 'address' })
  assert.equal(server.mails.length, 2)
})

test('what the server says decides: later, never, or nobody knows', async () => {
  await using server = await startSmtpServer()
  const failure = async (behaviour: typeof server.behaviour) => {
    server.behaviour = behaviour
    const { kind, code } = await smtpTransport(parseServer(server.url))
      .send(message(), never)
      .then(
        () => ({ kind: 'SENT', code: '' }),
        (error) => error,
      )
    return [kind, code]
  }
  assert.deepEqual(await failure({ RCPT: '450 full' }), ['TEMPORARY', '450'])
  assert.deepEqual(await failure({ RCPT: '550 nobody mara@x' }), ['PERMANENT', '550'])
  assert.deepEqual(await failure({ DATA: '451 not now' }), ['TEMPORARY', '451'])
  assert.deepEqual(await failure({ RCPT: '503 not now' }), ['TEMPORARY', '503'])
  assert.deepEqual(await failure({ MAIL: 'drop' }), ['TEMPORARY', 'ECONNECTION'])
  assert.deepEqual(await failure({ DATA: 'drop' }), ['TEMPORARY', 'ECONNECTION'])
  assert.deepEqual(await failure({ CONTENT: '452 full' }), ['TEMPORARY', '452'])
  assert.deepEqual(await failure({ CONTENT: '554 spam' }), ['PERMANENT', '554'])
  assert.deepEqual(await failure({ CONTENT: 'drop' }), ['UNCERTAIN', 'ECONNECTION'])
  assert.deepEqual(await failure({ CONTENT: '354 what' }), ['UNCERTAIN', '354'])
  const away = { ...parseServer(server.url), port: 1 }
  await assert.rejects(smtpTransport(away).send(message(), never), { kind: 'TEMPORARY', code: 'ECONNREFUSED' })
})

test('a sender that may not hand over gives the server nothing', async () => {
  await using server = await startSmtpServer()
  const refuse = () => Promise.reject(new MailFailure('TEMPORARY', 'taken over'))
  await assert.rejects(smtpTransport(parseServer(server.url)).send(message(), refuse), {
    kind: 'TEMPORARY',
    code: 'taken over',
  })
  assert.deepEqual([server.lines.at(-1), server.mails.length], ['DATA', 0])
})

test('the server is looked up as the machine does it, without asking a name server about localhost', async (t) => {
  // Machines without a network would not ask a server anyway.
  t.mock.method(os, 'networkInterfaces', () => ({}))
  const questions = ['resolve4', 'resolve6'] as const
  const asked = questions.map((question) => t.mock.method(dns.Resolver.prototype, question))
  await using server = await startSmtpServer()
  await smtpTransport({ ...parseServer(server.url), host: 'localhost' }).send(message(), never)
  assert.equal(server.mails.length, 1)
  assert.deepEqual(
    asked.map(({ mock }) => mock.callCount()),
    [0, 0],
  )
})

/** A process of its own, which trusts the certificate as an operator would make it. */
function sendTrusting(certificate: string, url: string): Promise<number> {
  const program = `
    import { smtpTransport, parseSmtpUrl } from ${JSON.stringify(new URL('smtp.ts', import.meta.url).href)}
    const mail = { to: 'b@x.example', fromName: 'A', subject: 'Hi', text: 'Hi' }
    const at = Temporal.Instant.from('2026-06-15T07:00:00Z')
    const message = { ...mail, messageId: 'm', from: 'a@x.example', at, name: '1' }
    await smtpTransport(parseSmtpUrl(${JSON.stringify(url)})).send(message, async () => undefined)`
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: certificate }
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { env, stdio: 'ignore' })
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? -1)))
}

test('a password goes out encrypted, and only to whom the certificate names; in clear only on this machine', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'palestra-smtp-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const certificate = join(folder, 'cert.pem')
  writeFileSync(certificate, ownCertificate.cert)
  await using server = await startSmtpServer(ownCertificate)
  const login = { user: 'palestra', password: 'geheim' }
  const target = { host: 'localhost', port: server.port, isTls: false, login }
  await assert.rejects(smtpTransport(target).send(message(), never), { kind: 'TEMPORARY' })
  assert.ok(!server.lines.some((line) => line.startsWith('AUTH')), 'nobody we trust has signed the certificate')
  assert.equal(await sendTrusting(certificate, `smtp://palestra:geheim@localhost:${server.port}`), 0)
  assert.deepEqual(
    server.mails.map(({ isEncrypted }) => isEncrypted),
    [true],
  )
  assert.ok(server.lines.some((line) => line.startsWith('AUTH PLAIN')))
  await using encrypted = await startSmtpServer({ ...ownCertificate, isAtOnce: true })
  assert.equal(await sendTrusting(certificate, `smtps://palestra:geheim@localhost:${encrypted.port}`), 0)
  await assert.rejects(smtpTransport({ ...target, isTls: true, port: encrypted.port }).send(message(), never))
  assert.deepEqual(
    encrypted.mails.map(({ isEncrypted }) => isEncrypted),
    [true],
  )

  await using open = await startSmtpServer()
  await smtpTransport({ ...target, host: '127.0.0.1', port: open.port }).send(message(), never)
  const [sent] = open.lines.filter((line) => line.startsWith('AUTH'))
  assert.equal(Buffer.from(sent?.split(' ')[2] ?? '', 'base64').toString('utf8'), '\0palestra\0geheim')
  // The machine itself, but by a name that we do not know as such.
  await assert.rejects(smtpTransport({ ...target, host: '0.0.0.0', port: open.port }).send(message(), never), {
    kind: 'TEMPORARY',
    code: '502',
  })
  assert.equal(open.lines.filter((line) => line.startsWith('AUTH')).length, 1)
  open.behaviour = { AUTH: '535 no' }
  const refused = smtpTransport({ ...target, host: '127.0.0.1', port: open.port }).send(message(), never)
  await assert.rejects(refused, { kind: 'TEMPORARY', code: '535' })
})

test('addresses of servers are read with their passwords, and other addresses are refused', () => {
  assert.deepEqual(parseSmtpUrl('smtps://u%40x:p%3Aw@mail.example'), {
    host: 'mail.example',
    port: 465,
    isTls: true,
    login: { user: 'u@x', password: 'p:w' },
  })
  assert.deepEqual(parseSmtpUrl('smtp://mail.example'), { host: 'mail.example', port: 587, isTls: false })
  for (const wrong of [
    'http://mail.example',
    'smtp://',
    'mail.example',
    'smtp://mail.example/x',
    'smtp://m.example?a=b',
  ]) {
    assert.equal(parseSmtpUrl(wrong), undefined, wrong)
  }
})

test('attempts grow apart and end after a day; what may have arrived is never repeated', () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 8].map((attempts) => planNextStep('TEMPORARY', attempts))
  const minutes = waits.map((step) => ('waitMinutes' in step ? step.waitMinutes : step.state))
  assert.deepEqual(minutes, [1, 5, 15, 60, 240, 480, 720, 'FAILED'])
  assert.deepEqual(planNextStep('PERMANENT', 1), { state: 'FAILED' })
  assert.deepEqual(planNextStep('UNCERTAIN', 1), { state: 'UNCERTAIN' })
})
