import { and, eq, inArray, isNull, or } from 'drizzle-orm'
import { cancelationReasons } from '../../membership-offers/tables.ts'
import type { Queryable } from '../../platform/database/database.ts'
import { contractCancelations, contracts } from '../tables.ts'

/** How staff may cancel: by the notice that was agreed, out of the ordinary, or because the customer does not pay. */
export type StaffKind = 'ORDINARY' | 'EXTRAORDINARY' | 'DUNNING'

/** The words of a reason of a studio that staff may choose: also those that members do not see, and those of the kind. */
export async function findStaffReason(
  db: Queryable,
  studioId: number,
  { reasonId, kind }: { readonly reasonId: number; readonly kind: StaffKind },
): Promise<string | undefined> {
  const { id, name, studioId: at, active, systemKind } = cancelationReasons
  const isOfKind = kind === 'DUNNING' ? eq(systemKind, kind) : undefined
  const [row] = await db
    .select({ name })
    .from(cancelationReasons)
    .where(and(eq(id, reasonId), eq(at, studioId), eq(active, true), or(isNull(systemKind), isOfKind)))
  return row?.name
}

/** The contracts of a studio whose cancelation, or its withdrawal, waits. */
export async function listWaitingContracts(db: Queryable, studioId: number): Promise<number[]> {
  const rows = await db
    .select({ id: contracts.id })
    .from(contractCancelations)
    .innerJoin(contracts, eq(contracts.id, contractCancelations.contractId))
    .where(
      and(
        eq(contracts.studioId, studioId),
        isNull(contracts.voidedAt),
        inArray(contractCancelations.state, ['PENDING', 'WITHDRAWAL_PENDING']),
      ),
    )
  return rows.map(({ id }) => id)
}
