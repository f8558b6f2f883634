import { notFound, refuseFields, violation } from '../../platform/errors/errors.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { PartnerCaller } from '../../platform/units/caller.ts'
import type { UnitOfWork, View } from '../../platform/units/work.ts'
import type { DebtorUpdate } from '../api-schemas.ts'
import { listBlocks } from '../blocks/block-store.ts'
import { acknowledgeAdjustment, findAdjustment } from './adjustment-store.ts'
import { type CaseSearch, searchCases } from './case-search-store.ts'
import { type CaseRow, listDebts, listJoinedCases } from './case-store.ts'
import { presentCases } from './present-cases.ts'

export interface CaseQuery {
  readonly debtorId?: readonly string[] | undefined
  readonly collectionCaseId?: readonly string[] | undefined
  readonly agencyCollectionCaseId?: readonly string[] | undefined
  readonly caseAdjustmentRequestId?: number | undefined
}

/** An empty list of a kind narrows nothing. */
const given = (ids: readonly string[] | undefined) => (ids && ids.length > 0 ? ids : undefined)

/** How the cases that an agency asks for stand. Unknown ids find nothing. */
export async function findCases(view: View<PartnerCaller>, query: CaseQuery): Promise<DebtorUpdate[]> {
  const { studio, integration } = view.caller
  const search: CaseSearch = {
    studioId: studio.id,
    integrationId: integration.id,
    debtorIds: given(query.debtorId),
    caseUuids: given(query.collectionCaseId)?.map((id) => id.toLowerCase()),
    agencyIds: given(query.agencyCollectionCaseId),
  }
  const { caseAdjustmentRequestId: adjustmentId } = query
  const isEmpty = !search.debtorIds && !search.caseUuids && !search.agencyIds && adjustmentId === undefined
  if (isEmpty) throw refuseFields([violation('debtorId', 'required')])
  if (adjustmentId === undefined) return present(view, await searchCases(view.db, search))
  const adjustment = await findAdjustment(view.db, adjustmentId)
  const found = adjustment && (await searchCases(view.db, { ...search, caseId: adjustment.caseId }))
  const isOwn =
    adjustment &&
    (await searchCases(view.db, { studioId: studio.id, integrationId: integration.id, caseId: adjustment.caseId }))
  if (!found || !isOwn || isOwn.length === 0) throw notFound('caseAdjustmentRequest', adjustmentId)
  return present(view, found)
}

/** Shows whole files: of cases that the agency keeps as one, all. */
async function present(view: View<PartnerCaller>, found: readonly CaseRow[]) {
  const rows: CaseRow[] = []
  for (const row of found) {
    if (rows.some((each) => each.case.id === row.case.id)) continue
    rows.push(...(await listJoinedCases(view.db, row.case)))
  }
  const caseIds = rows.map((row) => row.case.id)
  const blocks = await listBlocks(view.db, [...new Set(rows.map((row) => row.case.customerId))])
  const { studio, integration } = view.caller
  const context = { today: dateIn(view.now, studio.zone), integrationId: integration.id }
  return presentCases(rows, await listDebts(view.db, caseIds), blocks, context)
}

/** Whether the agency has not seen a change of staff yet that it now reads. */
export async function isUnseen(view: View, adjustmentId: number | undefined): Promise<boolean> {
  if (adjustmentId === undefined) return false
  return (await findAdjustment(view.db, adjustmentId))?.state === 'OPEN'
}

/** Notes that the agency has seen a change of staff. */
export async function markSeen(work: UnitOfWork, adjustmentId: number) {
  await acknowledgeAdjustment(work.tx, adjustmentId, work.now)
  const diff = { state: ['OPEN', 'ACKNOWLEDGED'] } as const
  work.audit({ action: 'collectionCase.changeSeen', entityKind: 'caseAdjustmentRequest', entityId: adjustmentId, diff })
}
