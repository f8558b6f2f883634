import { readMinor } from '../../accounts/index.ts'
import { nonNull } from '../../platform/values/defined.ts'
import { amountNumber } from '../../platform/values/money.ts'
import type { AgencyCollectionCaseUpdate, BlockDto, ClosureUpdate, DebtorUpdate } from '../api-schemas.ts'
import { type EffectiveBlock, joinBlocks } from '../blocks/block-rules.ts'
import type { BlockRow } from '../blocks/block-store.ts'
import type { CaseRow, DebtRow } from './case-store.ts'

/** Clients that need a date are shown the last one for a block without end. */
const noEnd = '9999-12-31'

export interface CaseContext {
  readonly today: Temporal.PlainDate
  readonly integrationId: number
}

/** How cases stand, by debtor, in the shape in which an agency reports them. */
export function presentCases(
  rows: readonly CaseRow[],
  debts: readonly DebtRow[],
  blocks: readonly BlockRow[],
  context: CaseContext,
): DebtorUpdate[] {
  const debtsByCase = Map.groupBy(debts, ({ caseId }) => caseId)
  return [...Map.groupBy(rows, (row) => row.case.debtorId)].map(([debtorId, ofDebtor]) => {
    const customerId = ofDebtor[0]?.case.customerId
    const own = blocks.filter((block) => block.customerId === customerId)
    const block = joinBlocks(
      own.filter(({ claimId }) => claimId === null),
      context.today,
      context.integrationId,
    )
    const files = Map.groupBy(ofDebtor, (row) => row.case.agencyCaseId ?? `own ${row.case.id}`)
    return {
      debtorId,
      agencyCollectionCases: [...files.values()].map((cases) => presentFile(cases, debtsByCase, own, context)),
      ...(block ? { block: presentEndingBlock(block) } : {}),
    }
  })
}

/** Cases that the agency keeps as one; a case that it has not named yet goes by our own id. */
function presentFile(
  cases: readonly CaseRow[],
  debtsByCase: ReadonlyMap<number, readonly DebtRow[]>,
  blocks: readonly BlockRow[],
  context: CaseContext,
): AgencyCollectionCaseUpdate {
  const [first] = cases
  if (!first) throw new Error('There is no case.')
  const debts = cases.flatMap((row) => debtsByCase.get(row.case.id) ?? [])
  const closed = cases.find((row) => row.case.closureType !== null)
  return {
    agencyCollectionCaseId: first.agencyId ?? first.case.uuid,
    ...nonNull({ publicCollectionCaseId: first.publicId }),
    collectionCaseIds: cases.map((row) => row.case.uuid),
    ...nonNull({ closure: closed ? presentClosure(closed.case) : undefined }),
    debts: debts.map((debt) => {
      const block = joinBlocks(
        blocks.filter(({ claimId }) => claimId === debt.claimId),
        context.today,
        context.integrationId,
      )
      return {
        debtId: debt.debtUuid,
        originalAmount: presentAmount(debt.original, debt.currency),
        canceledAmount: presentAmount(debt.canceled, debt.currency),
        paidAmount: presentAmount(debt.paid, debt.currency),
        currency: debt.currency,
        ...(block ? { block: presentEndingBlock(block) } : {}),
      }
    }),
  }
}

/** The closure of a case as agencies write and read it; undefined while it is open. */
export function presentClosure({
  closureType,
  closedOn,
  closureReason,
  closureText,
}: CaseRow['case']): ClosureUpdate | undefined {
  if (closureType === null || closedOn === null) return undefined
  return {
    type: closureType,
    date: closedOn.toString(),
    ...nonNull({ rejectionReason: closureReason, closureReason: closureText }),
  }
}

export const presentAmount = (stored: string, currency: string) =>
  amountNumber({ minor: readMinor(stored, currency), currency })

const presentEndingBlock = ({ limitType, endDate }: EffectiveBlock): BlockDto => ({
  limitType,
  endDate: endDate?.toString() ?? noEnd,
})
