import { lookup } from 'node:dns/promises'
import { once } from 'node:events'
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, createServer, Server as NetServer } from 'node:net'
import { setImmediate, setTimeout as sleep } from 'node:timers/promises'
import { answerBeforeReady } from './before-ready.ts'

/** A port that cannot be had, with the reason as a sentence for the operator. */
export class ListenFailure extends Error {
  override readonly name = 'ListenFailure'
}

export const HEADERS_WITHIN_MS = 10_000
export const REQUEST_WITHIN_MS = 30_000
/** How often Node searches connections that are past one of the two. */
export const LOOK_FOR_SLOW_MS = 1000
/** A little more than the idle time of usual proxies: they, not we, end a connection that nobody uses. */
const KEEP_ALIVE_MS = 72_000
/** How long a connection without a request may still bring one after the port was given up. */
const LAST_REQUEST_WITHIN_MS = 300

/** Where Node's servers get their limits from, whether the port is taken before the application exists or after. */
export const httpOptions = {
  headersTimeout: HEADERS_WITHIN_MS,
  connectionsCheckingInterval: LOOK_FOR_SLOW_MS,
  // Refused by a hook, in our words.
  requireHostHeader: false,
} as const

/** A port of ours, from before the database is touched until the last answer. */
export interface Listener {
  readonly server: Server
  readonly port: number
  /** Requests go to `handle` from now on; before, they are answered that the process is not ready. */
  handOver(handle: RequestListener): void
  /** Gives up the port, lets every connection have its last answer, and cuts what is left after `withinMs`. */
  drain(withinMs: number): Promise<void>
}

/** Takes the port, or fails with a {@link ListenFailure} before anything else has been touched. */
export async function openListener(host: string, port: number): Promise<Listener> {
  const server = createHttpServer({
    ...httpOptions,
    keepAliveTimeout: KEEP_ALIVE_MS,
    requestTimeout: REQUEST_WITHIN_MS,
  })
  server.on('request', answerBeforeReady)
  const addresses = await listAddresses(host)
  await listen(server, addresses[0] ?? host, port)
  const bound = (server.address() as AddressInfo).port
  const others = await listenBeside(server, addresses.slice(1), bound)
  return {
    server,
    port: bound,
    handOver: (handle) => {
      server.off('request', answerBeforeReady)
      server.on('request', handle)
    },
    drain: async (withinMs) => {
      for (const other of others) other.close()
      await drain(server, withinMs)
    },
  }
}

/** `localhost` is both of its addresses where the machine has both; clients try either. */
async function listAddresses(host: string): Promise<readonly string[]> {
  const bare = host.replace(/^\[(.*)\]$/, '$1')
  if (bare.toLowerCase() !== 'localhost') return [bare]
  const found = await lookup('localhost', { all: true }).catch(() => [])
  return found.length === 0 ? ['127.0.0.1'] : [...new Set(found.map(({ address }) => address))]
}

async function listen(server: NetServer, host: string, port: number): Promise<void> {
  server.listen({ host, port })
  try {
    await once(server, 'listening')
  } catch (error) {
    throw new ListenFailure(explainListenFailure((error as NodeJS.ErrnoException).code, host, port))
  }
}

/** Connections of the other addresses are served like those of the first. One that cannot be had is done without. */
async function listenBeside(server: Server, hosts: readonly string[], port: number): Promise<readonly NetServer[]> {
  const others: NetServer[] = []
  for (const host of hosts) {
    const other = createServer((socket) => server.emit('connection', socket))
    const isHad = await listen(other, host, port).then(
      () => true,
      () => false,
    )
    if (isHad) others.push(other)
  }
  return others
}

function explainListenFailure(code: string | undefined, host: string, port: number): string {
  if (code === 'EADDRINUSE') return `Another program listens on port ${port} already: set PALESTRA_PORT to a free one.`
  if (code === 'EACCES') return `This user may not listen on port ${port}: set PALESTRA_PORT to one above 1023.`
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `PALESTRA_HOST ${host} is no name that leads to an address.`
  if (code === 'EADDRNOTAVAIL') return `PALESTRA_HOST ${host} is no address of this machine.`
  return `Port ${port} of ${host} cannot be taken (${code ?? 'unknown reason'}).`
}

/** Takes in clients that have connected already: the system resets what still waits at a port that is closed. */
async function takeIn(server: Server, withinMs: number): Promise<void> {
  let hasCome = true
  const note = () => {
    hasCome = true
  }
  server.on('connection', note)
  const deadline = performance.now() + Math.min(LAST_REQUEST_WITHIN_MS, withinMs)
  while (hasCome && performance.now() < deadline) {
    hasCome = false
    // The first ends the turn in which we were called, the second a whole turn in which the port was polled.
    await setImmediate()
    await setImmediate()
  }
  server.off('connection', note)
}

async function drain(server: Server, withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs
  await takeIn(server, withinMs)
  // Not by the method of the HTTP server: it would cut connections on which a request is just arriving.
  const closed = new Promise<void>((resolve) => NetServer.prototype.close.call(server, () => resolve()))
  await Promise.race([closed, sleep(Math.min(LAST_REQUEST_WITHIN_MS, withinMs))])
  const look = setInterval(() => server.closeIdleConnections(), 20)
  await Promise.race([closed, sleep(Math.max(0, deadline - performance.now()), undefined, { ref: false })])
  clearInterval(look)
  server.closeAllConnections()
}
