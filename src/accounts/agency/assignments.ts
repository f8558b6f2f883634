import type { UnitOfWork } from '../../platform/units/work.ts'
import type { Account } from '../account-lock.ts'
import { settleAccount, storeAllocations } from '../allocation/allocation.ts'
import { storeMinor, sum } from '../amounts.ts'
import type { Claim } from '../claim-store.ts'
import { insertCreditItem } from '../credits/credit-item-store.ts'
import { beginEntry, type NewEntry, writeLines } from '../journal/journal.ts'
import { recordReduction } from '../reductions.ts'
import { partialTax } from '../legal-entities/tax-rules.ts'
import { bookLines, type ClaimPart, takeBack } from './agency-entries.ts'
import { listAllocationsOfKind } from './agency-store.ts'

interface Named {
  readonly description: string
  readonly key: string
}

/**
 * Moves what is open of claims to an agency that has bought them: the agency owes it now, and the balance of the customer
 * does not count it any more. The account is locked.
 */
export async function assignClaims(
  work: UnitOfWork,
  account: Account,
  { claims, description, key }: Named & { readonly claims: readonly Claim[] },
) {
  const [first] = claims
  if (!first) return
  const { customerId, entityId, currency } = account
  const { studioId } = first
  const entry: NewEntry = { kind: 'ASSIGN_TO_AGENCY', studioId, description, key }
  const { entryId, today } = await beginEntry(work, account, entry)
  const total = sum(claims.map(({ openAmount }) => openAmount))
  const item = { customerId, entityId, currency, studioId, valueDate: today, entryId, kind: 'ASSIGNMENT' } as const
  const id = await insertCreditItem(work.tx, { ...item, amount: storeMinor(total, currency) }, work.now)
  await writeLines(work, account, { entryId, entry }, [
    ...claims.map((claim) => ({ role: 'RECEIVABLE_AGENCY' as const, amount: claim.openAmount, claimId: claim.id })),
    { role: 'RECEIVABLE', amount: -total, creditItemId: id },
  ])
  const credit = { kind: 'ITEM', id } as const
  const moved = claims.map((claim) => ({ claimId: claim.id, credit, amount: claim.openAmount }))
  await storeAllocations(work, account, moved)
  await settleAccount(work, account)
}

/** Takes so much of a claim back from the agency: the customer owes it again. The caller settles the account. */
export async function releaseAssigned(
  work: UnitOfWork,
  account: Account,
  { claim, amount, description, key }: ClaimPart & Named,
) {
  const taken = await takeBack(work, account, await listAllocationsOfKind(work.tx, claim.id, 'ASSIGNMENT'), amount)
  const entry = { kind: 'ASSIGN_TO_AGENCY', studioId: claim.studioId, description, key } as const
  await bookLines(work, account, entry, [...taken, { role: 'RECEIVABLE_AGENCY', amount: -amount, claimId: claim.id }])
}

/** Books what the agency pays for claims that it has bought; amounts below zero take it back. Answers the entry. */
export async function settleAssigned(
  work: UnitOfWork,
  account: Account,
  { parts, description, key }: Named & { readonly parts: readonly ClaimPart[] },
): Promise<number> {
  const [first] = parts
  if (!first) throw new Error('There is nothing to settle.')
  const entry = { kind: 'AGENCY_SETTLEMENT', studioId: first.claim.studioId, description, key } as const
  const { entryId } = await bookLines(work, account, entry, [
    { role: 'AGENCY_CLEARING', amount: sum(parts.map(({ amount }) => amount)) },
    ...parts.map(({ claim, amount }) => ({
      role: 'RECEIVABLE_AGENCY' as const,
      amount: -amount,
      claimId: claim.id,
    })),
  ])
  return entryId
}

/** Gives up so much of a claim that the agency has bought, with the tax in it. */
export async function writeOffAssigned(
  work: UnitOfWork,
  account: Account,
  { claim, amount, description, key }: ClaimPart & Named,
) {
  const tax = partialTax(claim, amount)
  const entry = { kind: 'WRITE_OFF', studioId: claim.studioId, description, key } as const
  await bookLines(work, account, entry, [
    { role: 'BAD_DEBT', amount: amount - tax, claimId: claim.id },
    { role: 'TAX_OUTPUT', amount: tax, taxCodeId: claim.taxCodeId, claimId: claim.id },
    { role: 'RECEIVABLE_AGENCY', amount: -amount, claimId: claim.id },
  ])
  await recordReduction(work, claim, amount)
}
