import type pg from 'pg'

/** What the installation knows about itself. Both are absent before the first start of a server. */
export interface Deployment {
  readonly secretCheck: Buffer | undefined
  /** Address of the server that started last, as this machine reaches it: `http://127.0.0.1:8080`. */
  readonly servedUrl: string | undefined
}

const unknown: Deployment = { secretCheck: undefined, servedUrl: undefined }

/** Reads the one row, on a connection of the login role; also in a database from before there was one. */
export async function readDeployment(client: pg.ClientBase): Promise<Deployment> {
  const { rows: known } = await client.query(`select to_regclass('public.deployment') is not null as known`)
  if (!known[0].known) return unknown
  const { rows } = await client.query('select secret_check, served_url from deployment')
  const [row] = rows
  return row ? { secretCheck: row.secret_check ?? undefined, servedUrl: row.served_url ?? undefined } : unknown
}

export async function saveSecretCheck(client: pg.ClientBase, sealed: Uint8Array): Promise<void> {
  await client.query(
    `insert into deployment (secret_check) values ($1) on conflict (id) do update set secret_check = excluded.secret_check`,
    [sealed],
  )
}

/** Keeps the address of a server that starts; what the server before it has noticed is forgotten. */
export async function saveServedUrl(client: pg.ClientBase, url: string): Promise<void> {
  await client.query(
    `insert into deployment (served_url) values ($1)
     on conflict (id) do update set served_url = excluded.served_url, unnamed_proxy = null`,
    [url],
  )
}

/** Into the row that the start of the server has made: who serves may change nothing else of it. */
export async function saveUnnamedProxy(client: pg.ClientBase, peer: string): Promise<void> {
  await client.query('update deployment set unnamed_proxy = $1', [peer])
}

export async function findUnnamedProxy(client: pg.ClientBase): Promise<string | undefined> {
  const { rows } = await client.query('select unnamed_proxy from deployment')
  return rows[0]?.unnamed_proxy ?? undefined
}

/** A tenant of the installation, as the rules about demo mode know it. */
export interface KnownTenant {
  readonly id: number
  readonly slug: string
}

/** All tenants; none in a database that has no tables yet. */
export async function listKnownTenants(client: pg.ClientBase): Promise<readonly KnownTenant[]> {
  const { rows: known } = await client.query(`select to_regproc('palestra_list_tenants') is not null as known`)
  if (!known[0].known) return []
  const { rows } = await client.query('select tenant_id as id, slug from palestra_list_tenants()')
  return rows.map(({ id, slug }) => ({ id: Number(id), slug }))
}

/** One value that the tenant keeps sealed; undefined for a tenant that has none. */
export async function findSealedValue(client: pg.ClientBase, tenantId: number): Promise<Buffer | undefined> {
  await client.query('begin')
  try {
    await client.query(`select set_config('palestra.tenant_id', $1, true)`, [String(tenantId)])
    // reads tenants: each has one sealed value, and the secret is judged before any module is loaded
    const { rows } = await client.query('select access_secret_enc as sealed from tenants where id = $1', [tenantId])
    return rows[0]?.sealed ?? undefined
  } finally {
    await client.query('rollback')
  }
}
