import { hostname } from 'node:os'
import { MailFailure, type MailTransport, type Message } from './mail.ts'
import { type Reply, SmtpConnection } from './smtp-connection.ts'

/** Where mails are handed in. */
export interface SmtpServer {
  readonly host: string
  readonly port: number
  /** Encrypted from the first byte; otherwise as soon as the server offers it. */
  readonly isTls: boolean
  readonly login?: { readonly user: string; readonly password: string }
}

const HANDING_IN = 587
const HANDING_IN_TLS = 465

/** `smtp://user:password@mail.example:587` or `smtps://…`; undefined for anything else. */
export function parseSmtpUrl(text: string): SmtpServer | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^smtps?:$/.test(url.protocol) || url.hostname === '' || !/^\/?$/.test(url.pathname)) return undefined
  if (url.search !== '' || url.hash !== '') return undefined
  const isTls = url.protocol === 'smtps:'
  const port = url.port === '' ? (isTls ? HANDING_IN_TLS : HANDING_IN) : Number(url.port)
  const server = { host: url.hostname.replace(/^\[|\]$/g, ''), port, isTls }
  if (url.username === '') return server
  return { ...server, login: { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) } }
}

/** Hands mails in at a server, one connection each. */
export function smtpTransport(server: SmtpServer): MailTransport {
  return {
    send: async (message, handOver) => {
      const connection = await SmtpConnection.open(server)
      try {
        const abilities = await greet(connection, server)
        await handIn(connection, message, { abilities, handOver })
        connection.send('QUIT\r\n')
      } finally {
        connection.close()
      }
    },
  }
}

type Abilities = ReadonlySet<string>

/** Says hello, encrypts where that is possible, logs in. Passwords never travel in clear, except inside this machine. */
async function greet(connection: SmtpConnection, { host, isTls, login }: SmtpServer): Promise<Abilities> {
  expect(await connection.read(), 220)
  let abilities = await sayHello(connection)
  let isSecret = isTls
  if (!isTls && abilities.has('STARTTLS')) {
    expect(await ask(connection, 'STARTTLS'), 220)
    await connection.secure(host)
    abilities = await sayHello(connection)
    isSecret = true
  }
  if (!login) return abilities
  if (!isSecret && !isOwnMachine(host)) throw new MailFailure('TEMPORARY', 'no-encryption')
  const token = Buffer.from(`\0${login.user}\0${login.password}`, 'utf8').toString('base64')
  const { code } = await ask(connection, `AUTH PLAIN ${token}`)
  // A password that is refused now may be put right in the settings: the mail is not to blame.
  if (code !== 235) throw new MailFailure('TEMPORARY', String(code))
  return abilities
}

async function sayHello(connection: SmtpConnection): Promise<Abilities> {
  const { lines } = expect(
    await ask(connection, `EHLO ${hostname().replace(/[^A-Za-z0-9.-]/g, '') || 'localhost'}`),
    250,
  )
  return new Set(lines.slice(1).map((line) => line.split(' ')[0]?.toUpperCase() ?? ''))
}

async function handIn(
  connection: SmtpConnection,
  { from, to, content }: Message,
  { abilities, handOver }: { readonly abilities: Abilities; readonly handOver: () => Promise<void> },
) {
  const isPlain = /^[\x21-\x7e]+$/.test(to)
  if (/[\s<>\p{Cc}]/u.test(to)) throw new MailFailure('PERMANENT', 'address')
  if (!isPlain && !abilities.has('SMTPUTF8')) throw new MailFailure('PERMANENT', 'smtputf8')
  expect(await ask(connection, `MAIL FROM:<${from}>${isPlain ? '' : ' SMTPUTF8'}`), 250)
  expect(await ask(connection, `RCPT TO:<${to}>`), 250, 251)
  expect(await ask(connection, 'DATA'), 354)
  await handOver()
  // A line of a single dot ends the content, so lines that begin with one get another.
  connection.send(`${content.toString('utf8').replace(/^\./gm, '..')}.\r\n`)
  const reply = await connection.read().catch((error: unknown) => {
    throw new MailFailure('UNCERTAIN', error instanceof MailFailure ? error.code : 'connection')
  })
  expect(reply, 250)
}

async function ask(connection: SmtpConnection, line: string): Promise<Reply> {
  connection.send(`${line}\r\n`)
  return connection.read()
}

function expect(reply: Reply, ...wanted: readonly number[]): Reply {
  if (wanted.includes(reply.code)) return reply
  throw new MailFailure(reply.code >= 500 && reply.code < 600 ? 'PERMANENT' : 'TEMPORARY', String(reply.code))
}

const isOwnMachine = (host: string) => host === 'localhost' || host === '::1' || host.startsWith('127.')
