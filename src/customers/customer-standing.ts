import { type SQL, sql } from 'drizzle-orm'
import type { RestrictionPeriod } from './status-rules.ts'

/** What `customer_standings` holds of a customer. What depends on the day or the studio is decided on reading. */
export interface CustomerStanding {
  /** Time zone of the home studio. */
  readonly zone: string
  /** Bans of any source, past ones included; their dates are those of the home studio. */
  readonly restrictions: readonly RestrictionPeriod[] | null
  /** Main contracts that were not revoked, oldest first; memberships know what is in one. */
  readonly contracts: readonly unknown[] | null
}

/** The standing of a customer, as a part of a statement; null for a customer who was erased or merged into another. */
export const customerStanding = (customerId: SQL) => sql<CustomerStanding | null>`(
  select v.standing from customer_standings v where v.customer_id = ${customerId})`
