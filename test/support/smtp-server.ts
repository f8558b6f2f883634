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

/** What a server says instead of going along; `drop` breaks the connection off there. */
export interface Behaviour {
  readonly MAIL?: string
  readonly RCPT?: string
  readonly DATA?: string
  /** After the content. */
  readonly CONTENT?: string
  readonly AUTH?: string
}

/** A mail server on this machine that speaks the protocol for real, and remembers. */
export interface SmtpReceiver extends AsyncDisposable {
  readonly url: string
  readonly port: number
  readonly mails: readonly ReceivedMail[]
  /** Every line that came in, passwords included. */
  readonly lines: readonly string[]
  behaviour: Behaviour
}

interface Tls {
  readonly key: string
  readonly cert: string
}

export async function startSmtpServer(tls?: Tls): Promise<SmtpReceiver> {
  const mails: ReceivedMail[] = []
  const lines: string[] = []
  const sockets = new Set<Socket>()
  const receiver = { behaviour: {} as Behaviour }
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.write('220 test ESMTP\r\n')
    converse(socket, false)
  })
  const converse = (socket: Socket, isEncrypted: boolean) => {
    const draft = { from: '', to: '', content: '', isData: false }
    let received = ''
    socket.on('error', () => undefined)
    socket.on('data', (bytes) => {
      received += bytes.toString('utf8')
      for (let end = received.indexOf('\r\n'); end >= 0; end = received.indexOf('\r\n')) {
        const line = received.slice(0, end)
        received = received.slice(end + 2)
        if (answer(socket, line, draft, isEncrypted)) return
      }
    })
  }
  const say = (socket: Socket, usual: string, instead?: string) => {
    if (instead === 'drop') socket.destroy()
    else socket.write(`${instead ?? usual}\r\n`)
  }
  /** Whether the conversation goes on elsewhere. */
  const answer = (
    socket: Socket,
    line: string,
    draft: { from: string; to: string; content: string; isData: boolean },
    isEncrypted: boolean,
  ): boolean => {
    const { behaviour } = receiver
    if (draft.isData) {
      if (line !== '.') {
        draft.content += `${line.replace(/^\./, '')}\r\n`
        return false
      }
      draft.isData = false
      const { from, to, content } = draft
      if (behaviour.CONTENT === undefined || behaviour.CONTENT === 'drop')
        mails.push({ from, to, content, isEncrypted })
      say(socket, '250 queued', behaviour.CONTENT)
      return false
    }
    lines.push(line)
    const [verb = ''] = line.split(' ')
    switch (verb) {
      case 'EHLO':
        say(socket, ['250-test', ...(tls && !isEncrypted ? ['250-STARTTLS'] : []), '250 AUTH PLAIN'].join('\r\n'))
        return false
      case 'STARTTLS':
        socket.write('220 go ahead\r\n')
        socket.removeAllListeners('data')
        converse(new TLSSocket(socket, { isServer: true, ...tls }), true)
        return true
      case 'AUTH':
        say(socket, '235 welcome', behaviour.AUTH)
        return false
      case 'MAIL':
        draft.from = /<(.*)>/.exec(line)?.[1] ?? ''
        say(socket, '250 ok', behaviour.MAIL)
        return false
      case 'RCPT':
        draft.to = /<(.*)>/.exec(line)?.[1] ?? ''
        say(socket, '250 ok', behaviour.RCPT)
        return false
      case 'DATA':
        draft.isData = behaviour.DATA === undefined
        draft.content = ''
        say(socket, '354 go ahead', behaviour.DATA)
        return false
      default:
        say(socket, '221 bye')
        return false
    }
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return Object.assign(receiver, {
    url: `smtp://127.0.0.1:${port}`,
    port,
    mails,
    lines,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  })
}
