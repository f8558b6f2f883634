import type { UnitOfWork } from '../../platform/units/work.ts'
import type { Account } from '../account-lock.ts'
import { recordReduction } from '../reductions.ts'
import { partialTax } from '../legal-entities/tax-rules.ts'
import { bookLines, type ClaimPart, takeBack } from './agency-entries.ts'
import { listAllocationsOfKind } from './agency-store.ts'

interface Recovery extends ClaimPart {
  readonly description: string
  readonly key: string
}

/** The tax in a written-off part that comes back: counted from the total, as when it was given up. */
const recoveredTax = ({ claim, amount }: ClaimPart) => -partialTax(claim, -amount)

/**
 * Revives so much of what was written off: it is open again, with its tax. The account is locked, and the caller settles
 * it afterwards.
 */
export async function recoverWriteOff(work: UnitOfWork, account: Account, recovery: Recovery) {
  const { claim, amount, description, key } = recovery
  const tax = recoveredTax(recovery)
  const taken = await takeBack(work, account, await listAllocationsOfKind(work.tx, claim.id, 'WRITE_OFF'), amount)
  const entry = { kind: 'WRITE_OFF_RECOVERY', studioId: claim.studioId, description, key } as const
  await bookLines(work, account, entry, [
    ...taken,
    { role: 'BAD_DEBT', amount: tax - amount, claimId: claim.id },
    { role: 'TAX_OUTPUT', amount: -tax, taxCodeId: claim.taxCodeId, claimId: claim.id },
  ])
  await recordReduction(work, claim, -amount)
}

/** The same of a claim that an agency has bought. */
export async function recoverAssigned(work: UnitOfWork, account: Account, recovery: Recovery) {
  const { claim, amount, description, key } = recovery
  const tax = recoveredTax(recovery)
  const entry = { kind: 'WRITE_OFF_RECOVERY', studioId: claim.studioId, description, key } as const
  await bookLines(work, account, entry, [
    { role: 'RECEIVABLE_AGENCY', amount, claimId: claim.id },
    { role: 'BAD_DEBT', amount: tax - amount, claimId: claim.id },
    { role: 'TAX_OUTPUT', amount: -tax, taxCodeId: claim.taxCodeId, claimId: claim.id },
  ])
  await recordReduction(work, claim, -amount)
}
