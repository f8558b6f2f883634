import { sql } from 'drizzle-orm'
import pg from 'pg'
import { outboxLag, unsealedAge } from '../platform/process/gauges.ts'
import { pendingMigrations } from '../platform/database/migrate.ts'
import { withLoginConnection } from '../platform/database/login-connection.ts'
import { readLoginRights, servingConnectionString } from '../platform/database/serving-role.ts'
import { describeUnnamedProxy } from '../platform/deployment/unnamed-proxy.ts'
import { refuseOtherSecret } from '../platform/deployment/guard.ts'
import type { Platform } from '../platform/platform.ts'
import { Readiness } from '../platform/process/readiness.ts'
import { defined } from '../platform/values/defined.ts'
import type { ExitCode } from './exit-codes.ts'
import type { ReachedDatabase } from './session.ts'
import { inspectStoredFiles } from './file-checks.ts'
import { listTenants } from './input/tenant-choice.ts'

export interface CheckResult {
  readonly name: string
  readonly state: 'ok' | 'warning' | 'failed'
  readonly detail?: string
  /** What a command ends with that fails for the same reason; 1 where it is left out. */
  readonly exit?: ExitCode
}

type Verdict = Omit<CheckResult, 'name'>

export interface Check {
  readonly name: string
  readonly run: () => Promise<Verdict>
}

const OLDEST_SERVER = 150_000
const LONGEST_LAG_SECONDS = 60
const LONGEST_UNSEALED_SECONDS = 300
const LARGEST_SKEW_MS = 2000

const ok = (detail?: string): Verdict => ({ state: 'ok', ...defined({ detail }) })
const warning = (detail: string): Verdict => ({ state: 'warning', detail })
const failed = (detail: string): Verdict => ({ state: 'failed', detail })

/** What must hold before anything else can be asked: the server's version, and its tables. */
export async function checkServer(connectionString: string): Promise<readonly CheckResult[]> {
  const client = new pg.Client({
    connectionString,
    application_name: 'palestra-doctor',
    connectionTimeoutMillis: 10_000,
  })
  await client.connect()
  try {
    const { rows } = await client.query(`select current_setting('server_version') as version,
      current_setting('server_version_num')::int as number`)
    const isOld = rows[0].number < OLDEST_SERVER
    const pending = await pendingMigrations(connectionString)
    return [
      { name: 'PostgreSQL', ...(isOld ? failed(`${rows[0].version} is older than 15`) : ok(rows[0].version)) },
      {
        name: 'migrations',
        ...(pending > 0 ? failed(`${pending} are missing: run palestra migrate`) : ok('all applied')),
      },
    ]
  } finally {
    await client.end()
  }
}

/** Everything that needs the platform; in the order in which it is reported. */
export function listChecks(
  platform: Platform,
  database: ReachedDatabase,
  { withFiles }: { readonly withFiles: boolean },
): readonly Check[] {
  return [
    { name: 'row-level security', run: () => checkRowSecurity(platform) },
    { name: 'login role', run: () => checkLoginRole(platform) },
    { name: 'secret key', run: () => checkSecretKey(platform) },
    { name: 'file storage', run: () => platform.files.probe().then(() => ok(platform.config.storage)) },
    ...(withFiles ? [{ name: 'stored files', run: () => checkStoredFiles(platform) }] : []),
    { name: 'clock of the database', run: () => checkSkew(platform) },
    { name: 'clocks of tenants', run: () => checkTenantClocks(platform) },
    { name: 'audit sealing', run: () => checkSealing(platform, database) },
    { name: 'outbox', run: () => checkOutbox(platform, database) },
    { name: 'deliveries', run: () => checkDeliveries(platform) },
    { name: 'proxies', run: () => checkProxies(platform) },
  ]
}

async function checkRowSecurity({ database, config, connectionString }: Platform): Promise<Verdict> {
  const readiness = new Readiness({ config, connectionString })
  try {
    await readiness.open()
  } finally {
    await readiness.close()
  }
  const [row] = await database.read('none', (db) =>
    db.select({ role: sql<string>`current_user` }).from(sql`(select 1) as one`),
  )
  return row?.role === 'palestra_app' ? ok(`as ${row.role}`) : failed(`the role is ${row?.role}, not palestra_app`)
}

/** A server does not serve with rights that it does not need, where it can help it. */
async function checkLoginRole({ connectionString, secrets }: Platform): Promise<Verdict> {
  const serving = await servingConnectionString(connectionString, secrets)
  const { isPowerful } = await withLoginConnection(serving, readLoginRights)
  return isPowerful
    ? warning('requests are served with all rights of the login: let it create roles, or give the server a lesser one')
    : ok(`serves as ${new URL(serving).username}`)
}

/** Every tenant has a sealed value of its own: one that does not open means the wrong PALESTRA_SECRET_KEY. */
async function checkSecretKey({ database, secrets, connectionString }: Platform): Promise<Verdict> {
  for (const { id } of await database.read('none', listTenants)) {
    const [row] = await database.read(id, (db) =>
      db.select({ sealed: sql<Buffer | null>`access_secret_enc` }).from(sql`tenants`).where(sql`id = ${id}`),
    )
    if (row?.sealed) secrets.open('field', row.sealed)
  }
  await refuseOtherSecret(connectionString, secrets)
  return ok()
}

async function checkStoredFiles(platform: Platform): Promise<Verdict> {
  const { files, damaged, kinds, named } = await inspectStoredFiles(platform)
  if (damaged === 0) return ok(`${files} as they were stored`)
  return failed(
    `${damaged} of ${files} are damaged (${kinds}): ${named.join(', ')}${damaged > named.length ? ', …' : ''}`,
  )
}

/** Signatures of webhooks and the expiry of keys rely on the time of the machine. */
async function checkSkew({ database, real }: Platform): Promise<Verdict> {
  const asked = real.now()
  const [row] = await database.read('none', (db) =>
    // real time: compared with ours, and nothing is decided by it
    db.select({ at: sql<string>`clock_timestamp()` }).from(sql`(select 1) as one`),
  )
  const at = Temporal.Instant.from(row?.at ?? '').epochMilliseconds
  const [early, late] = [asked.epochMilliseconds - at, at - real.now().epochMilliseconds]
  const skew = Math.max(0, early, late)
  return skew > LARGEST_SKEW_MS ? warning(`differs from this machine by ${skew} ms`) : ok()
}

async function checkTenantClocks({ database, tenantClocks }: Platform): Promise<Verdict> {
  if (!tenantClocks) return ok('all follow the machine')
  const moved: string[] = []
  for (const { id, slug } of await database.read('none', listTenants)) {
    const { mode } = await tenantClocks.state(id)
    if (mode !== 'SYSTEM') moved.push(`${slug} ${mode}`)
  }
  return moved.length === 0 ? ok('all follow the machine') : warning(moved.join(', '))
}

async function checkProxies({ connectionString }: Platform): Promise<Verdict> {
  const unnamed = await describeUnnamedProxy(connectionString)
  return unnamed === undefined ? ok() : warning(unnamed)
}

async function checkSealing(platform: Platform, { isOwn }: ReachedDatabase): Promise<Verdict> {
  const seconds = Math.round(await unsealedAge(platform))
  if (seconds <= LONGEST_UNSEALED_SECONDS) return ok()
  const detail = `the oldest row without a seal is ${seconds} s old`
  return isOwn ? warning(`${detail}; no server runs that would seal it`) : failed(detail)
}

async function checkOutbox(platform: Platform, { isOwn }: ReachedDatabase): Promise<Verdict> {
  const seconds = Math.round(await outboxLag(platform))
  if (seconds <= LONGEST_LAG_SECONDS) return ok()
  return warning(`the oldest waiting event is ${seconds} s old${isOwn ? '; no server runs that would send it' : ''}`)
}

async function checkDeliveries({ database }: Platform): Promise<Verdict> {
  let dead = 0
  for (const { id } of await database.read('none', listTenants)) {
    dead += await database.read(id, (db) =>
      db.$count(sql`webhook_deliveries`, sql`tenant_id = ${id} and state = 'DEAD'`),
    )
  }
  return dead === 0 ? ok() : warning(`${dead} were given up: palestra webhook list --state DEAD`)
}
