import type { UnitOfWork } from '../../platform/units/work.ts'
import { requireCurrency } from '../../platform/values/money.ts'
import { type Account, lockAccount } from '../account-lock.ts'
import { settleAccount } from '../allocation/allocation.ts'
import { postClaims } from '../charge.ts'
import { type Claim, listClaims, updateClaims } from '../claim-store.ts'
import { openTaxes } from '../legal-entities/books.ts'
import { splitTax } from '../legal-entities/tax-rules.ts'
import { planClaimChanges, type PlanDays, type PlannedClaim } from './planned-claim-rules.ts'
import {
  type ClaimOwner,
  insertContractClaims,
  listContractClaims,
  listSigningClaims,
  moveContractClaims,
  updateContractClaim,
} from './planned-claim-store.ts'

/** A contract as far as its claims depend on it. */
export interface ClaimingContract {
  readonly contractId: number
  readonly customerId: number
  /** Where the claims arise. */
  readonly studioId: number
  readonly currency: string
}

/**
 * Makes the claims of a contract that wait those that it wants now; their only writer but for a new rate of tax. Locks the account.
 * What is booked stays, see `planClaimChanges`. Answers whether anything changed.
 */
export async function syncPlannedClaims(
  work: UnitOfWork,
  contract: ClaimingContract,
  planned: readonly PlannedClaim[],
  days: PlanDays,
): Promise<boolean> {
  const account = await lockAccount(work, contract.customerId)
  requireCurrency(contract.currency, account.currency, 'currency')
  const owner = toOwner(contract, account)
  const taxOn = await openTaxes(work, account.entityId)
  const wanted = planned
    .filter(({ amount }) => amount !== 0n)
    .map(({ taxCode, ...claim }) => {
      const { taxCodeId, rate } = taxOn(claim.serviceTo, taxCode)
      return { ...claim, ...splitTax(claim.amount, rate), taxCodeId }
    })
  const changes = planClaimChanges(wanted, await listContractClaims(work.tx, contract.contractId), days)
  await insertContractClaims(
    work.tx,
    owner,
    changes.filter((change) => change.type === 'INSERT'),
    work.now,
  )
  for (const change of changes)
    if (change.type === 'UPDATE') await updateContractClaim(work.tx, owner, change, work.now)
  const given = changes.flatMap((change) => (change.type === 'VOID' ? [change.id] : []))
  if (given.length > 0) await updateClaims(work.tx, given, { state: 'VOID' }, work.now)
  return changes.length > 0
}

function toOwner({ contractId, customerId, studioId }: ClaimingContract, { entityId, currency }: Account): ClaimOwner {
  return { contractId, customerId, studioId, entityId, currency }
}

/**
 * Books the claims that were due when the contract was signed; credit of the account settles them as far as it goes.
 * Answers those of the member in which something is open.
 */
export async function postSigningClaims(
  work: UnitOfWork,
  { contractId, customerId }: Pick<ClaimingContract, 'contractId' | 'customerId'>,
): Promise<number[]> {
  const account = await lockAccount(work, customerId)
  const claims = await listSigningClaims(work.tx, contractId)
  await postClaims(work, account, claims)
  await settleAccount(work, account)
  const booked = await listClaims(
    work.tx,
    claims.map(({ id }) => id),
  )
  return booked.flatMap(({ id, payer, openAmount }) => (payer === 'MEMBER' && openAmount > 0n ? [id] : []))
}

/** Books the credit notes of a contract that wait, so that what they give back settles what is booked next. */
export function postCreditNotes(work: UnitOfWork, contract: NamedContract) {
  return postWaiting(work, contract, ({ amount }) => amount < 0n)
}

/** Books what is left of a contract that was ended for default. */
export function postResidualClaims(work: UnitOfWork, contract: NamedContract) {
  return postWaiting(work, contract, ({ maturity }) => maturity === 'RESIDUAL')
}

type NamedContract = Pick<ClaimingContract, 'contractId' | 'customerId'>

async function postWaiting(
  work: UnitOfWork,
  { contractId, customerId }: NamedContract,
  isMeant: (claim: Claim) => boolean,
) {
  const account = await lockAccount(work, customerId)
  const claims = await listContractClaims(work.tx, contractId)
  await postClaims(
    work,
    account,
    claims.filter((claim) => claim.state === 'SCHEDULED' && isMeant(claim)),
  )
  await settleAccount(work, account)
}

/** Module contracts that go over to another contract of the customer take all their claims along. */
export async function moveModuleClaims(
  work: UnitOfWork,
  move: { readonly customerId: number; readonly contractId: number; readonly moduleContractIds: readonly number[] },
) {
  if (move.moduleContractIds.length === 0) return
  await lockAccount(work, move.customerId)
  await moveContractClaims(work.tx, move, work.now)
}
