import pg from 'pg'

/** A server that does not answer at all must not hold a start or a command for ever. */
const CONNECT_WITHIN_MS = 10_000

/** A connection of its own as the login role, for what the role of requests may not do. */
export async function withLoginConnection<T>(
  connectionString: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    connectionString,
    application_name: 'palestra-migrate',
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
  })
  // The statement under way fails as well when the connection breaks.
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
