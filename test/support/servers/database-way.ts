import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/**
 * A way to the database that can fail as networks do: stop carrying anything, or break when a transaction has been
 * committed and before its client receives the answer.
 */
export async function openWay(databaseUrl: string) {
  const url = new URL(databaseUrl)
  const sockets = new Set<Socket>()
  const state = { isSwallowing: false, losesCommits: false, losesNextCommit: false, lostCommits: 0 }
  const server = createServer((near) => {
    const far = connect(formatAddress(url))
    const carry = (from: Socket, to: Socket, mayPass: (bytes: Buffer) => boolean) => {
      sockets.add(from)
      from.on('data', (bytes: Buffer) => void (mayPass(bytes) && to.write(bytes)))
      from.on('error', () => to.destroy())
      from.on('close', () => to.destroy())
    }
    carry(near, far, () => !state.isSwallowing)
    carry(far, near, (bytes) => {
      const isLost = (state.losesCommits || state.losesNextCommit) && bytes.includes('COMMIT\0')
      if (isLost) {
        state.losesNextCommit = false
        state.lostCommits += 1
        near.destroy()
      }
      return !isLost && !state.isSwallowing
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const way = new URL(databaseUrl)
  way.hostname = '127.0.0.1'
  way.port = String((server.address() as AddressInfo).port)
  return {
    url: way.href,
    state,
    [Symbol.dispose]: () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

/** As `openTestApp` takes a database: the test that has made it drops it. */
export const through = (way: { readonly url: string }) => ({
  url: way.url,
  drop: async () => {},
  [Symbol.asyncDispose]: async () => {},
})

function formatAddress({
  hostname,
  port,
}: URL): { readonly path: string } | { readonly host: string; readonly port: number } {
  return hostname.includes('%2F')
    ? { path: `${decodeURIComponent(hostname)}/.s.PGSQL.${port || 5432}` }
    : { host: hostname, port: Number(port) }
}
