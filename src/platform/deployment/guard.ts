import type pg from 'pg'
import type { Config } from '../config/config.ts'
import { DEMO_SECRET } from '../config/demo-choice.ts'
import { refuseNewerSchema } from '../database/migrate.ts'
import { withLoginConnection } from '../database/login-connection.ts'
import { DatabaseRefusal } from '../database/refused-database.ts'
import { SealedByUnknownKey, Secrets } from '../secrets.ts'
import {
  findSealedValue,
  type KnownTenant,
  listKnownTenants,
  readDeployment,
  saveSecretCheck,
} from './deployment-store.ts'

const CHECK_TEXT = 'palestra'

export interface GuardDeps {
  readonly config: Pick<Config, 'secretKeys' | 'demoChoice'>
  /** The tenants that a demo by silence may find. */
  readonly demoTenants: readonly KnownTenant[]
}

/**
 * Refuses a database that this configuration must not serve, before anything is written: one of a newer program, one that
 * another secret has written, and for a demo by silence one that holds anything but the demo.
 */
export async function refuseForeignDatabase(connectionString: string, deps: GuardDeps): Promise<void> {
  await withLoginConnection(connectionString, async (client) => {
    await refuseNewerSchema(client)
    const tenants = await listKnownTenants(client)
    if (deps.config.demoChoice === 'silence') refuseOtherTenants(tenants, deps.demoTenants)
    await compareSecret(client, tenants, new Secrets(deps.config.secretKeys))
  })
}

/** Refuses a secret that does not open what the database holds. */
export async function refuseOtherSecret(connectionString: string, secrets: Secrets): Promise<void> {
  await withLoginConnection(connectionString, async (client) => {
    await compareSecret(client, await listKnownTenants(client), secrets)
  })
}

/** Keeps what later starts compare their secret with. To be called once the database is up to date and was not refused. */
export async function keepSecretCheck(connectionString: string, secrets: Secrets): Promise<void> {
  await withLoginConnection(connectionString, async (client) => {
    const { secretCheck } = await readDeployment(client)
    // What no tenant's data depends on may be replaced: the secret of a demo that was removed, for instance.
    if (secretCheck && opens(secrets, secretCheck)) return
    await saveSecretCheck(client, secrets.seal('field', CHECK_TEXT))
  })
}

/** Encrypts the check with the first secret; answers whether a later one had sealed it. */
export async function resealSecretCheck(connectionString: string, secrets: Secrets): Promise<boolean> {
  return withLoginConnection(connectionString, async (client) => {
    const { secretCheck } = await readDeployment(client)
    const fresh = secretCheck && secrets.reseal(secretCheck)
    if (fresh) await saveSecretCheck(client, fresh)
    return fresh !== undefined
  })
}

function refuseOtherTenants(tenants: readonly KnownTenant[], demoTenants: readonly KnownTenant[]) {
  const other = tenants.find(({ id, slug }) => !demoTenants.some((demo) => demo.id === id && demo.slug === slug))
  if (!other) return
  throw new DatabaseRefusal(
    `PALESTRA_SECRET_KEY is required, because this database holds the tenant ${other.slug}, which is not of the demo; ` +
      'PALESTRA_DEMO=true serves it as a demo with published keys.',
  )
}

/** A database without a tenant holds nothing sealed. One from before the check is judged by what its tenants have sealed. */
async function compareSecret(client: pg.ClientBase, tenants: readonly KnownTenant[], secrets: Secrets) {
  if (tenants.length === 0) return
  const { secretCheck } = await readDeployment(client)
  const sealed = secretCheck ? [secretCheck] : await readSealed(client, tenants)
  const closed = sealed.find((each) => !opens(secrets, each))
  if (!closed) return
  const isOfDemo = opens(new Secrets([DEMO_SECRET]), closed)
  throw new DatabaseRefusal(
    isOfDemo
      ? 'PALESTRA_SECRET_KEY does not open this database, which was written in demo mode with the published secret: ' +
          `remove its tenants (${tenants.map(({ slug }) => slug).join(', ')}) with palestra tenant remove, or use another database.`
      : 'PALESTRA_SECRET_KEY does not open what this database holds: set the secret that it was written with.',
  )
}

async function readSealed(client: pg.ClientBase, tenants: readonly KnownTenant[]): Promise<readonly Buffer[]> {
  const values: Buffer[] = []
  for (const { id } of tenants) {
    const value = await findSealedValue(client, id)
    if (value) values.push(value)
  }
  return values
}

function opens(secrets: Secrets, sealed: Uint8Array): boolean {
  try {
    secrets.open('field', sealed)
    return true
  } catch (error) {
    if (error instanceof SealedByUnknownKey || isDamaged(error)) return false
    throw error
  }
}

/** What node:crypto says of bytes that another key, or nobody, has sealed. */
function isDamaged(error: unknown): boolean {
  return error instanceof Error && /unable to authenticate|auth(entication)? tag/i.test(error.message)
}
