import pg from 'pg'

/** What a mere request may write: when a key was used, what it may still ask, who read whom. */
const bookkeeping = ['api_keys', 'rate_windows', 'customer_access_log', 'scheduled_jobs']

/**
 * One hash per table of a tenant (all tenants if none is given), as the superuser sees them; the tables of `apart` are
 * left out.
 */
export async function rowHashes(
  databaseUrl: string,
  tenantId?: number,
  apart: readonly string[] = bookkeeping,
): Promise<Readonly<Record<string, string>>> {
  return asSuperuser(databaseUrl, async (client) => {
    const tables = await client.query<{ name: string }>(
      `select table_name as name from information_schema.columns
       where table_schema = 'public' and column_name = 'tenant_id' and table_name <> all($1) order by 1`,
      [apart],
    )
    const hashes: Record<string, string> = {}
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ hash: string | null }>(
        `select count(*) || ':' || md5(string_agg(t::text, '|' order by t::text)) as hash from ${name} as t
         where $1::bigint is null or tenant_id = $1`,
        [tenantId ?? null],
      )
      hashes[name] = rows[0]?.hash ?? 'empty'
    }
    return hashes
  })
}

/** Runs `work` on a connection that bypasses row-level security. */
export async function asSuperuser<T>(databaseUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
