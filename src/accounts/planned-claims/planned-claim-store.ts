import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { prepared, type Queryable, type Tx } from '../../platform/database/database.ts'
import { storeMinor } from '../amounts.ts'
import { type Claim, readClaim } from '../claim-store.ts'
import { debtClaims } from '../tables.ts'
import type { ClaimRow } from './planned-claim-rules.ts'

const contractClaims = prepared((db) =>
  db
    .select()
    .from(debtClaims)
    .where(eq(debtClaims.contractId, sql.placeholder('contractId')))
    .orderBy(asc(debtClaims.dueDate), asc(debtClaims.id))
    .prepare('accounts_list_contract_claims'),
)

/** All claims that a contract has had, those that were given up among them, by due date. */
export async function listContractClaims(db: Queryable, contractId: number): Promise<Claim[]> {
  return (await contractClaims(db).execute({ contractId })).map(readClaim)
}

/** What all claims of a contract share. */
export interface ClaimOwner {
  readonly entityId: number
  readonly studioId: number
  readonly customerId: number
  readonly contractId: number
  readonly currency: string
}

function toColumns({ net, tax, amount, maturity = 'NORMAL', ...row }: ClaimRow, { currency }: ClaimOwner) {
  const store = (minor: bigint) => storeMinor(minor, currency)
  return { ...row, maturity, amount: store(amount), net: store(net), tax: store(tax), openAmount: store(amount) }
}

/** Adds claims that wait, in one statement. */
export async function insertContractClaims(
  tx: Tx,
  owner: ClaimOwner,
  rows: readonly { readonly seq: number; readonly row: ClaimRow }[],
  now: Temporal.Instant,
) {
  if (rows.length === 0) return
  const stamps = { createdAt: now, updatedAt: now }
  await tx
    .insert(debtClaims)
    .values(
      rows.map(({ seq, row }) => ({ ...owner, ...toColumns(row, owner), seq, state: 'SCHEDULED' as const, ...stamps })),
    )
}

/** Makes a claim that waits, or that was given up, one that waits with these values. Its id stays. */
export async function updateContractClaim(
  tx: Tx,
  owner: ClaimOwner,
  { id, row }: { readonly id: number; readonly row: ClaimRow },
  now: Temporal.Instant,
) {
  await tx
    .update(debtClaims)
    .set({ ...toColumns(row, owner), state: 'SCHEDULED', updatedAt: now, version: sql`${debtClaims.version} + 1` })
    .where(and(eq(debtClaims.id, id), inArray(debtClaims.state, ['SCHEDULED', 'VOID'])))
}

/** Claims of a contract that were due when it was signed and still wait, by due date. */
export async function listSigningClaims(tx: Tx, contractId: number): Promise<Claim[]> {
  const claims = await listContractClaims(tx, contractId)
  return claims.filter(({ state, mandatoryOnSigning }) => state === 'SCHEDULED' && mandatoryOnSigning)
}

/** Makes another contract the owner of all claims of these module contracts. */
export async function moveContractClaims(
  tx: Tx,
  { contractId, moduleContractIds }: { readonly contractId: number; readonly moduleContractIds: readonly number[] },
  now: Temporal.Instant,
) {
  await tx
    .update(debtClaims)
    .set({ contractId, updatedAt: now, version: sql`${debtClaims.version} + 1` })
    .where(and(eq(debtClaims.component, 'MODULE'), inArray(debtClaims.componentId, [...moduleContractIds])))
}
