import type { Logger } from 'pino'
import { withLoginConnection } from '../database/login-connection.ts'
import { findUnnamedProxy, saveUnnamedProxy } from './deployment-store.ts'

const advice = 'forwards requests of others: name it in PALESTRA_TRUSTED_PROXIES, or all callers behind it count as one'

/** Writes a peer that forwards requests into the log, and keeps it for the doctor until the next start of a server. */
export function recordUnnamedProxy(
  { log, connectionString }: { readonly log: Logger; readonly connectionString: string },
  peer: string,
) {
  log.warn({ peer }, `a peer ${advice}`)
  // The request does not wait for it, and the log has it already.
  withLoginConnection(connectionString, (client) => saveUnnamedProxy(client, peer)).catch(({ code }) =>
    log.warn({ sqlState: code }, 'the doctor will not know of this peer'),
  )
}

/** What the doctor says of the last such peer; undefined where there was none since the start. */
export async function describeUnnamedProxy(connectionString: string): Promise<string | undefined> {
  const peer = await withLoginConnection(connectionString, findUnnamedProxy)
  return peer === undefined ? undefined : `${peer} ${advice}`
}
