import { sql } from 'drizzle-orm'
import type { Queryable } from '../../platform/database/database.ts'
import type { Platform } from '../../platform/platform.ts'
import { exitCode } from '../exit-codes.ts'
import { CommandFailure, UsageError } from '../failures.ts'

export interface TenantLine {
  readonly id: number
  readonly slug: string
  readonly status: string
}

const DEMO_TENANT = 'demo'

/** All tenants of the installation. */
export function listTenants(db: Queryable): Promise<TenantLine[]> {
  return db
    .select({ id: sql<number>`tenant_id`, slug: sql<string>`slug`, status: sql<string>`status` })
    .from(sql`palestra_list_tenants()`)
}

/** The tenant that a command is about: the named one, else the only one, else the demo chain where that is on. */
export async function chooseTenant({ database, config }: Platform, slug: string | undefined): Promise<TenantLine> {
  const tenants = await database.read('none', listTenants)
  if (slug !== undefined) {
    const named = tenants.find((tenant) => tenant.slug === slug)
    if (named) return named
    throw new CommandFailure(`There is no tenant ${slug}.`, exitCode.notFound)
  }
  const [only, ...others] = tenants
  if (!only) throw new CommandFailure('There is no tenant yet: palestra tenant create.', exitCode.notFound)
  if (others.length === 0) return only
  const demo = config.demo ? tenants.find((tenant) => tenant.slug === DEMO_TENANT) : undefined
  if (demo) return demo
  throw new UsageError(`Name the tenant with --tenant: ${tenants.map((tenant) => tenant.slug).join(', ')}.`)
}
