import pg from 'pg'
import { databaseUrl } from '../../src/platform/bundled-postgres/index.ts'
import { startTestServer } from '../../test/support/servers/server.ts'

/** Works on a database that has nothing but the migrations in it; the server is gone afterwards. */
export async function withMigratedDatabase<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const server = await startTestServer()
  const client = new pg.Client({ connectionString: databaseUrl(server, server.template) })
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end()
    await server.stop()
  }
}
