import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { MailFailure } from './mail.ts'

export interface Reply {
  readonly code: number
  readonly lines: readonly string[]
}

/** A server may take so long for one answer. */
const ANSWER_MS = 30_000
const LONGEST_ANSWER = 64 * 1024

/** A conversation with a mail server: a line goes out, a reply comes in. */
export class SmtpConnection {
  #socket: Socket
  #received = ''
  #end: MailFailure | undefined
  #wake: (() => void) | undefined

  private constructor(socket: Socket) {
    this.#socket = socket
    this.#listen(socket)
  }

  static async open({ host, port, isTls }: { host: string; port: number; isTls: boolean }): Promise<SmtpConnection> {
    const socket = isTls ? connectTls({ host, port, servername: nameOf(host) }) : connect({ host, port })
    await connected(socket, isTls ? 'secureConnect' : 'connect')
    return new SmtpConnection(socket)
  }

  /** Goes on encrypted. Whatever the server said too early is not believed. */
  async secure(host: string) {
    if (this.#received !== '') throw new MailFailure('TEMPORARY', 'starttls')
    this.#socket.removeAllListeners()
    const socket = connectTls({ socket: this.#socket, servername: nameOf(host) })
    await connected(socket, 'secureConnect')
    this.#socket = socket
    this.#listen(socket)
  }

  send(bytes: string | Buffer) {
    if (!this.#end) this.#socket.write(bytes)
  }

  /** The next whole reply; the connection breaking off or staying silent is a failure. */
  async read(): Promise<Reply> {
    for (;;) {
      const reply = this.#takeReply()
      if (reply) return reply
      if (this.#end) throw this.#end
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }

  close() {
    this.#socket.destroy()
  }

  #listen(socket: Socket) {
    socket.setTimeout(ANSWER_MS)
    socket.on('data', (bytes) => {
      this.#received += bytes.toString('latin1')
      if (this.#received.length > LONGEST_ANSWER) return this.#fail('answer')
      this.#wake?.()
    })
    socket.on('timeout', () => this.#fail('timeout'))
    socket.on('error', (error: NodeJS.ErrnoException) => this.#fail(error.code ?? 'connection'))
    socket.on('close', () => this.#fail('closed'))
  }

  #fail(code: string) {
    this.#end ??= new MailFailure('TEMPORARY', code)
    this.#socket.destroy()
    this.#wake?.()
  }

  /** A reply has one line `250 …` at its end and any number of `250-…` before it. */
  #takeReply(): Reply | undefined {
    const match = /^((?:\d{3}-[^\n]*\n)*)(\d{3})(?: [^\n]*)?\r?\n/.exec(this.#received)
    if (!match) return undefined
    this.#received = this.#received.slice(match[0].length)
    const lines = match[0].split('\n').map((line) => line.slice(4).trim())
    return { code: Number(match[2]), lines: lines.slice(0, -1) }
  }
}

/** Certificates name hosts, not addresses. */
const nameOf = (host: string) => (/^[\d.]+$|:/.test(host) ? '' : host)

function connected(socket: Socket, event: 'connect' | 'secureConnect'): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (code: string) => {
      socket.destroy()
      reject(new MailFailure('TEMPORARY', code))
    }
    socket.setTimeout(ANSWER_MS, () => fail('timeout'))
    socket.once('error', (error: NodeJS.ErrnoException) => fail(error.code ?? 'connection'))
    socket.once('close', () => fail('closed'))
    socket.once(event, () => {
      socket.removeAllListeners('error').removeAllListeners('close').removeAllListeners('timeout')
      resolve()
    })
  })
}
