import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { TLSSocket } from 'node:tls'

export interface ReceivedMail {
  readonly from: string
  readonly to: string
  /** As it came, the dots of the protocol taken away. */
  readonly content: string
  readonly isEncrypted: boolean
}

/** What a server says instead of going along; `drop` breaks the connection off there. CONTENT comes after the content. */
export type Behaviour = Partial<Record<'MAIL' | 'RCPT' | 'DATA' | 'CONTENT' | 'AUTH', string>>

interface Tls {
  readonly key: string
  readonly cert: string
  /** Encrypted from the first byte, instead of when the client wants it. */
  readonly isAtOnce?: boolean
}

/** A mail server on this machine that speaks the protocol for real, and remembers. */
export class SmtpReceiver implements AsyncDisposable {
  readonly mails: ReceivedMail[] = []
  /** Every line that came in, passwords included. */
  readonly lines: string[] = []
  behaviour: Behaviour = {}
  readonly tls: Tls | undefined
  readonly #sockets = new Set<Socket>()
  readonly #server = createServer((socket) => {
    this.#sockets.add(socket)
    const isAtOnce = this.tls?.isAtOnce === true
    const spoken = isAtOnce ? new TLSSocket(socket, { isServer: true, ...this.tls }) : socket
    spoken.write('220 test ESMTP\r\n')
    new Conversation(this, spoken, isAtOnce)
  })

  constructor(tls?: Tls) {
    this.tls = tls
    this.#server.listen(0, '127.0.0.1')
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`
  }

  async listening() {
    if (!this.#server.listening) await once(this.#server, 'listening')
    return this
  }

  async [Symbol.asyncDispose]() {
    for (const socket of this.#sockets) socket.destroy()
    this.#server.close()
    await once(this.#server, 'close')
  }
}

export function startSmtpServer(tls?: Tls): Promise<SmtpReceiver> {
  return new SmtpReceiver(tls).listening()
}

/** One connection, before or after it was encrypted. */
class Conversation {
  readonly #server: SmtpReceiver
  readonly #socket: Socket
  readonly #isEncrypted: boolean
  #received = ''
  #from = ''
  #to = ''
  #content: string | undefined
  #isOver = false

  constructor(server: SmtpReceiver, socket: Socket, isEncrypted: boolean) {
    this.#server = server
    this.#socket = socket
    this.#isEncrypted = isEncrypted
    socket.on('error', () => undefined)
    socket.on('data', (bytes) => this.#take(bytes.toString('utf8')))
  }

  #take(text: string) {
    this.#received += text
    for (let end = this.#received.indexOf('\r\n'); end >= 0 && !this.#isOver; end = this.#received.indexOf('\r\n')) {
      const line = this.#received.slice(0, end)
      this.#received = this.#received.slice(end + 2)
      if (this.#content === undefined) this.#obey(line)
      else this.#takeContent(this.#content, line)
    }
  }

  #takeContent(content: string, line: string) {
    if (line !== '.') {
      this.#content = `${content}${line.replace(/^\./, '')}\r\n`
      return
    }
    this.#content = undefined
    const instead = this.#server.behaviour.CONTENT
    const mail = { from: this.#from, to: this.#to, content, isEncrypted: this.#isEncrypted }
    if (instead === undefined || instead === 'drop') this.#server.mails.push(mail)
    this.#say('250 queued', instead)
  }

  #obey(line: string) {
    const { behaviour, lines, tls } = this.#server
    lines.push(line)
    const address = /<(.*)>/.exec(line)?.[1] ?? ''
    switch (line.split(' ')[0]) {
      case 'EHLO':
        return this.#say(`250-test\r\n${tls && !this.#isEncrypted ? '250-STARTTLS\r\n' : ''}250 AUTH PLAIN`)
      case 'STARTTLS':
        return this.#encrypt(tls)
      case 'AUTH':
        return this.#say('235 welcome', behaviour.AUTH)
      case 'MAIL':
        this.#from = address
        return this.#say('250 ok', behaviour.MAIL)
      case 'RCPT':
        this.#to = address
        return this.#say('250 ok', behaviour.RCPT)
      case 'DATA':
        if (behaviour.DATA === undefined) this.#content = ''
        return this.#say('354 go ahead', behaviour.DATA)
      default:
        return this.#say('221 bye')
    }
  }

  #encrypt(tls: Tls | undefined) {
    if (!tls) return this.#say('502 not here')
    this.#say('220 go ahead')
    this.#isOver = true
    this.#socket.removeAllListeners('data')
    new Conversation(this.#server, new TLSSocket(this.#socket, { isServer: true, ...tls }), true)
  }

  #say(usual: string, instead?: string) {
    if (instead === 'drop') this.#socket.destroy()
    else this.#socket.write(`${instead ?? usual}\r\n`)
  }
}
