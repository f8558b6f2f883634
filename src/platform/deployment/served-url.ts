import type { Config } from '../config/config.ts'
import { withLoginConnection } from '../database/login-connection.ts'
import { readDeployment, saveServedUrl } from './deployment-store.ts'

type Address = Pick<Config, 'host' | 'port'>

/** The address of a server as a program on the same machine reaches it. */
export function localUrl({ host, port }: Address): string {
  const bare = host.replace(/^\[(.*)\]$/, '$1')
  const reachable = bare === '0.0.0.0' ? '127.0.0.1' : bare === '::' ? '::1' : bare
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`
}

/** The configuration of a server that has bound `port`: links and calls of ourselves lead there. */
export function atBoundPort<C extends Pick<Config, 'port' | 'publicUrl' | 'hasPublicUrl'>>(config: C, port: number): C {
  const publicUrl = config.hasPublicUrl ? config.publicUrl.replace(/:0$/, `:${port}`) : `http://localhost:${port}`
  return { ...config, port, publicUrl }
}

/** Keeps the address for the command line, which may have other settings than the server. */
export function keepServedUrl(connectionString: string, config: Address): Promise<void> {
  return withLoginConnection(connectionString, (client) => saveServedUrl(client, localUrl(config)))
}

/** The configuration of a command: it makes links to the server that started last, unless an address is set for it. */
export async function atServedUrl<C extends Pick<Config, 'host' | 'port' | 'publicUrl' | 'hasPublicUrl'>>(
  config: C,
  connectionString: string,
): Promise<C> {
  const { servedUrl } = await withLoginConnection(connectionString, readDeployment)
  if (servedUrl === undefined) return config
  const { hostname, port } = new URL(servedUrl)
  return { ...atBoundPort(config, Number(port || 80)), host: hostname }
}
