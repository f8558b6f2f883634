import { localSight } from '../../customers/index.ts'
import { parsePosition, positionSlice } from '../../platform/api/slices.ts'
import { notFound } from '../../platform/errors/errors.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { PartnerView } from '../../platform/units/work.ts'
import { findAgencyContract } from '../agencies/agency-store.ts'
import type { Debt, DebtorId } from '../api-schemas.ts'
import { presentBlock, presentDebt } from '../runs/present-debtors.ts'
import { joinBlocks } from './block-rules.ts'
import { listBlocks } from './block-store.ts'
import { type BlockedQuestion, listBlockedDebtors, listDebtorsOfBlockedDebts, listOpenClaims } from './blocked-store.ts'

interface SliceQuery {
  readonly offset: string
  readonly sliceSize: number
}

/** Who is blocked as a whole, with everything that is open. Refuses (404) an agency without contract. */
export async function findBlockedDebtors(
  view: PartnerView,
  query: SliceQuery & { debtorId?: readonly string[] | undefined },
) {
  const question = await openQuestion(view, query)
  const rows = await listBlockedDebtors(view.db, question, given(query.debtorId))
  return present(view, query, rows, () => true)
}

/** Who has a debt that is blocked, with those debts alone; what is settled is not shown any more. */
export async function findBlockedDebts(
  view: PartnerView,
  query: SliceQuery & { debtId?: readonly string[] | undefined },
) {
  const question = await openQuestion(view, query)
  const debtIds = given(query.debtId)?.map((id) => id.toLowerCase())
  const rows = await listDebtorsOfBlockedDebts(view.db, question, debtIds)
  const isAsked = (debt: Debt) => debt.block !== undefined && (!debtIds || debtIds.includes(debt.debtId))
  return present(view, query, rows, isAsked)
}

const given = (ids: readonly string[] | undefined) => (ids && ids.length > 0 ? ids : undefined)

async function openQuestion(view: PartnerView, { offset, sliceSize }: SliceQuery): Promise<BlockedQuestion> {
  const { studio, integration } = view.caller
  const key = { studioId: studio.id, integrationId: integration.id }
  if (!(await findAgencyContract(view.db, key))) throw notFound('debtCollectionConfiguration', studio.id)
  return {
    sight: localSight(view),
    integrationId: integration.id,
    today: dateIn(view.now, studio.zone),
    limit: sliceSize + 1,
    skipped: parsePosition(offset),
  }
}

type BlockedRow = Awaited<ReturnType<typeof listBlockedDebtors>>[number]

async function present(
  view: PartnerView,
  { offset, sliceSize }: SliceQuery,
  rows: readonly BlockedRow[],
  isShown: (debt: Debt) => boolean,
) {
  const { studio, integration } = view.caller
  const today = dateIn(view.now, studio.zone)
  const customerIds = rows.map(({ customerId }) => customerId)
  const blocks = Map.groupBy(await listBlocks(view.db, customerIds), ({ customerId }) => customerId)
  const claims = Map.groupBy(await listOpenClaims(view.db, customerIds), ({ customerId }) => customerId)
  const debtors = rows.map(({ customerId, debtorId }): DebtorId => {
    const own = blocks.get(customerId) ?? []
    const find = (claimId: number | null) =>
      joinBlocks(
        own.filter((block) => block.claimId === claimId),
        today,
        integration.id,
      )
    const debts = (claims.get(customerId) ?? []).map((claim) => presentDebt(describe(claim), find(claim.id)))
    const block = find(null)
    return { debtorId, ...(block ? { block: presentBlock(block) } : {}), debts: debts.filter(isShown) }
  })
  return positionSlice(debtors, sliceSize, parsePosition(offset))
}

type ClaimRow = Awaited<ReturnType<typeof listOpenClaims>>[number]

const describe = (claim: ClaimRow) => ({
  claimId: claim.id,
  debtId: claim.debtUuid,
  debtDate: claim.dueDate.toString(),
  amount: claim.openAmount,
  currency: claim.currency,
  type: claim.kind,
  designation: claim.description,
  serviceFrom: claim.serviceFrom?.toString() ?? null,
  serviceTo: claim.serviceTo?.toString() ?? null,
  latestRejectionReason: claim.latestRejectionReason,
})
