/** Where a server listens: a socket in a folder that only its user and root may enter, or a port of this machine. */
export type Address =
  | { readonly kind: 'socket'; readonly folder: string; readonly folderForServer: string; readonly port: string }
  | { readonly kind: 'port'; readonly port: string }

/** Durable, and modest enough for a laptop. `options.settings` overrides any of them. */
const defaults: Readonly<Record<string, string>> = {
  shared_buffers: '128MB',
  max_connections: '120',
  fsync: 'on',
  synchronous_commit: 'on',
  wal_level: 'replica',
  max_wal_size: '1GB',
  jit: 'off',
  timezone: 'UTC',
  track_io_timing: 'off',
  password_encryption: 'scram-sha-256',
  logging_collector: 'off',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] ',
  log_checkpoints: 'off',
  // Statements and rejected values hold personal data. The client gets every error; the file gets messages of the server only.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
}

/** The arguments of `postgres`, except for its data folder. The version is among them, so that a newer one is noticed. */
export function serverArguments(
  address: Address,
  version: string,
  settings: Readonly<Record<string, string>>,
): readonly string[] {
  const socketFolder =
    address.kind === 'socket'
      ? { listen_addresses: '', unix_socket_directories: address.folderForServer, unix_socket_permissions: '0700' }
      : { listen_addresses: '127.0.0.1', unix_socket_directories: '' }
  const all = { ...defaults, ...socketFolder, ...settings, port: address.port, cluster_name: `palestra ${version}` }
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** The connection string of one database. The socket's folder stands percent-encoded as the host. */
export function connectionString(address: Address, password: string, database: string): string {
  const host = address.kind === 'socket' ? encodeURIComponent(address.folder) : '127.0.0.1'
  return `postgresql://postgres:${password}@${host}:${address.port}/${encodeURIComponent(database)}`
}
