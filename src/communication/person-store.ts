import { and, eq, isNull } from 'drizzle-orm'
import { customers } from '../customers/customer-table.ts'
import type { Queryable } from '../platform/database/database.ts'
import { studios } from '../studios/tables.ts'

/** How a living customer is written to, and by which studio. */
export async function findPerson(db: Queryable, customerId: number) {
  const [row] = await db
    .select({
      studioId: customers.studioId,
      email: customers.email,
      emailStatus: customers.emailStatus,
      firstName: customers.firstName,
      lastName: customers.lastName,
      studioName: studios.name,
      studioEmail: studios.email,
    })
    .from(customers)
    .innerJoin(studios, and(eq(studios.tenantId, customers.tenantId), eq(studios.id, customers.studioId)))
    .where(and(eq(customers.id, customerId), isNull(customers.erasedAt)))
  return row
}
