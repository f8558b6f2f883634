import { and, eq, gte, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '../../platform/database/database.ts'
import type { Likeness } from './duplicate-rules.ts'
import type { Sight } from '../reading/sight.ts'
import { isVisible } from '../reading/sight-store.ts'
import { fold, foldEmail, prefixRange } from '../reading/search-rules.ts'
import { customers } from '../customer-table.ts'
import { customerThirdPartyIds } from '../tables.ts'

/** Visible people with the same e-mail address, or born on the same day with a family name that begins alike. */
export async function listLookAlikes(db: Queryable, sight: Sight, person: Likeness): Promise<Likeness[]> {
  const { email, dateOfBirth, lastName } = person
  const { from, until } = prefixRange(fold(lastName))
  const alike = [
    ...(email === null ? [] : [eq(customers.emailFold, foldEmail(email))]),
    ...(dateOfBirth === null
      ? []
      : [and(eq(customers.dateOfBirth, dateOfBirth), gte(customers.lastFold, from), lt(customers.lastFold, until))]),
  ]
  const found = await Promise.all(alike.map((where) => listLikenesses(db, sight, where)))
  return found.flat()
}

function listLikenesses(db: Queryable, sight: Sight, where: SQL | undefined): Promise<Likeness[]> {
  return db
    .select({
      firstName: customers.firstName,
      lastName: customers.lastName,
      email: customers.email,
      dateOfBirth: customers.dateOfBirth,
    })
    .from(customers)
    .where(and(where, isVisible))
    .prepare('')
    .execute({ ...sight })
}

/** Whether an id of the integration's own is taken by any customer, or a migrated one by a visible customer. */
export async function isThirdPartyIdTaken(db: Queryable, sight: Sight, value: string): Promise<boolean> {
  const [row] = await db
    .select({ taken: sql`1` })
    .from(customerThirdPartyIds)
    .innerJoin(
      customers,
      and(eq(customers.tenantId, customerThirdPartyIds.tenantId), eq(customers.id, customerThirdPartyIds.customerId)),
    )
    .where(
      and(
        eq(customerThirdPartyIds.value, value),
        or(
          eq(customerThirdPartyIds.integrationId, sql.placeholder('integrationId')),
          and(isNull(customerThirdPartyIds.integrationId), isVisible),
        ),
      ),
    )
    .limit(1)
    .prepare('')
    .execute({ ...sight })
  return row !== undefined
}
