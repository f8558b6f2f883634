import { eq } from 'drizzle-orm'
import type { Queryable } from '../platform/database/database.ts'
import { companies } from './tables.ts'

/** Whether the tenant has this company. */
export async function isCompany(db: Queryable, companyId: number): Promise<boolean> {
  return (await db.$count(companies, eq(companies.id, companyId))) > 0
}
