import { hash } from 'node:crypto'
import pg from 'pg'
import type { Secrets } from '../secrets.ts'
import { withLoginConnection } from './login-connection.ts'

/** What a login role may do beyond what requests need. */
export interface LoginRights {
  /** Superuser, past row-level security, maker of roles, or owner of the tables. */
  readonly isPowerful: boolean
  readonly mayCreateRoles: boolean
}

/** Two processes that start at once set the same password, one after the other. */
const ROLE_LOCK = 7_252_538_002
const NOT_ALLOWED = '42501'

/**
 * The connection string with which a server serves: that of a role which may become `palestra_app` and nothing else, so that no
 * statement, however it came in, gets past row-level security by `reset role`. The role belongs to this database, and its
 * password follows from the secret. A login that has no more rights anyway, or that may not make roles, is used as it is.
 */
export async function servingConnectionString(connectionString: string, secrets: Secrets): Promise<string> {
  const role = await withLoginConnection(connectionString, async (client) => {
    const { isPowerful, mayCreateRoles } = await readLoginRights(client)
    if (!isPowerful || !mayCreateRoles) return undefined
    const { rows } = await client.query('select oid from pg_database where datname = current_database()')
    const password = secrets.hash('serving-role', String(rows[0].oid)).toString('hex')
    // Each secret has a role of its own: a process that still has the old one goes on connecting.
    const name = `palestra_serving_${rows[0].oid}_${hash('sha256', password).slice(0, 8)}`
    return (await makeRole(client, name, password)) ? { name, password } : undefined
  })
  if (role === undefined) return connectionString
  const url = new URL(connectionString)
  url.username = role.name
  url.password = role.password
  return (await isAdmitted(url.href)) ? url.href : connectionString
}

export async function readLoginRights(client: pg.ClientBase): Promise<LoginRights> {
  const { rows } = await client.query(`select
      rolsuper or rolbypassrls or rolcreaterole or exists (
        select 1 from pg_class where oid = to_regclass('public.tenants') and pg_has_role(session_user, relowner, 'MEMBER')
      ) as powerful,
      rolsuper or rolcreaterole as makes
    from pg_roles where rolname = session_user`)
  return { isPowerful: rows[0].powerful, mayCreateRoles: rows[0].makes }
}

/** Whether the role is there now, with this password. */
async function makeRole(client: pg.Client, name: string, password: string): Promise<boolean> {
  const role = client.escapeIdentifier(name)
  await client.query('select pg_advisory_lock($1)', [ROLE_LOCK])
  try {
    const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [name])
    const verb = rowCount === 0 ? 'create' : 'alter'
    await client.query(`${verb} role ${role} login noinherit password ${client.escapeLiteral(password)}`)
    await client.query(`grant palestra_app to ${role}`)
    await client.query(`grant usage on schema drizzle to ${role}`)
    await client.query(`grant select on all tables in schema drizzle to ${role}`)
    // All that a server writes outside of the role of requests.
    await client.query(`grant update (unnamed_proxy) on deployment to ${role}`)
    return true
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === NOT_ALLOWED) return false
    throw error
  } finally {
    await client.query('select pg_advisory_unlock($1)', [ROLE_LOCK])
  }
}

/** A server that admits only the roles that its operator named goes on with the one that was given. */
async function isAdmitted(connectionString: string): Promise<boolean> {
  try {
    await withLoginConnection(connectionString, (client) => client.query('set role palestra_app'))
    return true
  } catch {
    return false
  }
}
