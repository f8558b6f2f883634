import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { createTransport, type NodemailerError, type SMTPTransportOptions } from 'nodemailer'
import { MailFailure, type MailTransport } from './mail.ts'
import { composeMessage } from './message.ts'
import { judgeSmtpError } from './smtp-failure.ts'

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
/** A server may take so long for one answer, */
const ANSWER_MS = 30_000
/** and so long for all of them: less than a mailer believes in an attempt. */
const ATTEMPT_MS = 5 * 60_000

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
      if (/[\s<>\p{Cc}]/u.test(message.to)) throw new MailFailure('PERMANENT', 'address')
      const transporter = createTransport(toTransportOptions(server))
      let isHandedOver = false
      transporter.use('stream', (mail, done) => {
        mail.message?.processFunc((content) => Readable.from(announced(content)))
        done()
      })
      // Read only after the server has answered DATA, so this is the last moment before the first byte of content.
      async function* announced(content: Readable) {
        await handOver()
        isHandedOver = true
        yield* content
      }
      const mail = { ...composeMessage(message), signal: AbortSignal.timeout(ATTEMPT_MS) }
      await transporter.sendMail(mail).catch((error: NodemailerError) => {
        throw judgeSmtpError(error, isHandedOver)
      })
    },
  }
}

/** Passwords never travel in clear, except inside this machine. */
function toTransportOptions({ host, port, isTls, login }: SmtpServer): SMTPTransportOptions {
  return {
    host,
    port,
    secure: isTls,
    getSocket: (_, done) => void openSocket(host, port).then((connection) => done(null, { connection }), done),
    ...(login ? { auth: { user: login.user, pass: login.password }, forceAuth: true } : {}),
    requireTLS: login !== undefined && !isTls && !isOwnMachine(host),
    greetingTimeout: ANSWER_MS,
    socketTimeout: ANSWER_MS,
  }
}

/** Looks names up as the machine does; left to itself nodemailer asks a name server first, even about `localhost`. */
async function openSocket(host: string, port: number): Promise<Socket> {
  const socket = connect({ host, port, timeout: ANSWER_MS })
  const giveUp = () => socket.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' }))
  socket.once('timeout', giveUp)
  await once(socket, 'connect')
  socket.off('timeout', giveUp)
  return socket
}

const isOwnMachine = (host: string) => host === 'localhost' || host === '::1' || host.startsWith('127.')
