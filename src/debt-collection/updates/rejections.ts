import { markClaims, lockAccount } from '../../accounts/index.ts'
import { markAddress } from '../../customers/index.ts'
import { invalidateInstruments } from '../../payments/index.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { saveBlock } from '../blocks/block-store.ts'
import type { CaseRow, DebtRow } from '../cases/case-store.ts'
import type { Closure } from './closure-facts.ts'
import { effectsOfRejection, type RejectionEffects } from './update-rules.ts'

/** What the reason of a rejection brings about. Answers whether the address was found wrong by it. */
export async function applyRejection(
  work: UnitOfWork,
  row: CaseRow,
  debts: readonly DebtRow[],
  { reason, date, text }: Closure,
): Promise<boolean> {
  const effects = effectsOfRejection(reason ?? undefined)
  await addBlocks(work, row, debts, { effects, reason, date })
  const { customerId } = row.case
  if (effects.isFraud) {
    const account = await lockAccount(work, customerId)
    const claimIds = debts.map(({ claimId }) => claimId)
    await markClaims(work, account, claimIds, { latestRejectionReason: 'FRAUD' })
    await invalidateInstruments(work, customerId)
  }
  if (!effects.isAddressWrong) return false
  return markAddress(work, customerId, { status: 'INVALID', since: date, information: text })
}

interface BlockPlan {
  readonly effects: RejectionEffects
  readonly reason: string | null
  readonly date: Temporal.PlainDate
}

async function addBlocks(
  work: UnitOfWork,
  { case: { id: caseId, customerId }, agencyContract }: CaseRow,
  debts: readonly DebtRow[],
  { effects: { block, months }, reason, date }: BlockPlan,
) {
  if (block === undefined) return
  const limit =
    months === undefined
      ? ({ limitType: 'UNLIMITED', endDate: null } as const)
      : ({ limitType: 'LIMITED', endDate: date.add({ months }) } as const)
  const integrationId = block === 'DEBTOR_OF_AGENCY' ? agencyContract.integrationId : null
  const shared = { customerId, caseId, reason, source: 'SYSTEM', integrationId, ...limit } as const
  const claimIds = block === 'DEBTS' ? debts.map(({ claimId }) => claimId) : [null]
  for (const claimId of claimIds) await saveBlock(work.tx, { ...shared, claimId }, work.now)
}
