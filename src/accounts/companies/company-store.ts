import { and, asc, eq, ne } from 'drizzle-orm'
import type { Queryable } from '../../platform/database/database.ts'
import { studios } from '../../studios/tables.ts'
import { type Claim, readClaim } from '../claim-store.ts'
import { isLegalEntityOfStudio } from '../legal-entities/legal-entity-store.ts'
import { creditItems, debtClaims, legalEntities } from '../tables.ts'

/** Booked claims of a company of which something is open, by due date; credit notes among them, below zero. */
export async function listCompanyClaims(db: Queryable, companyId: number): Promise<Claim[]> {
  const { id, payer, state, openAmount, dueDate } = debtClaims
  const rows = await db
    .select()
    .from(debtClaims)
    .where(and(eq(debtClaims.companyId, companyId), eq(payer, 'COMPANY'), eq(state, 'POSTED'), ne(openAmount, '0')))
    .orderBy(asc(dueDate), asc(id))
  return rows.map(readClaim)
}

/** The legal entity that keeps the books of a studio; undefined where nothing was ever booked. */
export async function findEntityOfStudio(db: Queryable, studioId: number) {
  const [row] = await db
    .select({ entityId: legalEntities.id, currency: legalEntities.currency })
    .from(studios)
    .innerJoin(legalEntities, isLegalEntityOfStudio)
    .where(eq(studios.id, studioId))
  return row
}

/** What an entry has settled of companies, by customer; nothing for any other entry. */
export function listCompanyPayments(db: Queryable, entryId: number) {
  const { id, customerId, entityId, studioId, amount, reversed, currency } = creditItems
  return db
    .select({ id, customerId, entityId, studioId, amount, reversed, currency })
    .from(creditItems)
    .where(and(eq(creditItems.entryId, entryId), eq(creditItems.kind, 'COMPANY_PAYMENT')))
    .orderBy(asc(customerId), asc(id))
}
