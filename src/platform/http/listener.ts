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
/** So short a turn of the event loop has done nothing else between taking in clients and giving the port up. */
const SHORT_TURN_MS = 2

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
    drain: (withinMs) => drain(server, others, withinMs),
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

/**
 * Gives a port up behind the last client at it, because the system resets those that still wait there when it is closed.
 * Clients that have connected already are taken in. Where new ones keep coming, all but one are then asked to come again
 * and find nobody, until a moment comes in which no one waits.
 */
async function giveUp(server: NetServer, withinMs: number): Promise<{ readonly closed: Promise<void> }> {
  const atMostMs = Math.min(LAST_REQUEST_WITHIN_MS, withinMs)
  await takeIn(server, atMostMs)
  shortenLine(server)
  const isQuiet = await takeIn(server, atMostMs)
  const { promise: closed, resolve } = Promise.withResolvers<void>()
  // Not by the method of the HTTP server: it would cut connections on which a request is just arriving.
  const close = () => void NetServer.prototype.close.call(server.off('connection', close), () => resolve())
  if (isQuiet || withinMs === 0) close()
  else {
    // In the moment in which the only one who waited has been taken in.
    server.on('connection', close)
    setTimeout(() => server.listening && close(), atMostMs)
  }
  return { closed }
}

/**
 * Waits for a turn of the event loop in which nobody has connected, and that was too short for anybody to have come since.
 * Each turn takes one client in. @returns whether there was such a turn in time
 */
async function takeIn(server: NetServer, withinMs: number): Promise<boolean> {
  let hasCome = false
  const onConnection = () => {
    hasCome = true
  }
  server.on('connection', onConnection)
  const deadline = performance.now() + withinMs
  let isQuiet = false
  while (!isQuiet && performance.now() < deadline) {
    // The first ends the turn in which we were called, the second a whole turn in which the port was polled.
    await setImmediate()
    hasCome = false
    const begun = performance.now()
    await setImmediate()
    isQuiet = !hasCome && performance.now() - begun < SHORT_TURN_MS
  }
  server.off('connection', onConnection)
  return isQuiet
}

/** Lets one client wait at a port at most; the system asks further ones to come again. Node has no method for it. */
function shortenLine(server: NetServer) {
  const { _handle: handle } = server as { _handle?: { listen?: (backlog: number) => number } }
  handle?.listen?.(0)
}

async function drain(server: Server, others: readonly NetServer[], withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs
  for (const other of others) await giveUp(other, withinMs)
  const closed = (await giveUp(server, withinMs)).closed
  await Promise.race([closed, sleep(Math.min(LAST_REQUEST_WITHIN_MS, withinMs))])
  const timer = setInterval(() => server.closeIdleConnections(), 20)
  await Promise.race([closed, sleep(Math.max(0, deadline - performance.now()), undefined, { ref: false })])
  clearInterval(timer)
  server.closeAllConnections()
}
