import { notFound } from '../platform/errors/errors.ts'
import { parsePosition, positionSlice } from '../platform/api/slices.ts'
import type { Operations } from '../platform/http/operations.ts'
import type { ModuleDeps } from '../platform/module-deps.ts'
import { dateIn } from '../platform/time/zoned-time.ts'
import type { PartnerCaller } from '../platform/units/caller.ts'
import type { PartnerView, View } from '../platform/units/work.ts'
import { nonNull } from '../platform/values/defined.ts'
import { readClient } from './agencies/clients.ts'
import { type Agency, findAgencyContract } from './agencies/agency-store.ts'
import { presentClient } from './agencies/present-persons.ts'
import * as api from './api.ts'
import { findBlockedDebtors, findBlockedDebts } from './blocks/blocked.ts'
import { listBlocks } from './blocks/block-store.ts'
import { findCases, isUnseen, markSeen } from './cases/case-search.ts'
import { listDebtors } from './runs/debtor-store.ts'
import { presentDebtor } from './runs/present-debtors.ts'
import { findRun } from './runs/run-store.ts'
import { confirmTransfer } from './runs/transfers.ts'
import { updateDebtCollection } from './updates/updates.ts'

export function debtCollectionRoutes({ read, run, write }: Operations, deps: ModuleDeps) {
  read(api.getDebtCollectionConfiguration, async (view) => {
    const { studio, integration } = view.caller
    const found = await findAgencyContract(view.db, { studioId: studio.id, integrationId: integration.id })
    if (!found) throw notFound('debtCollectionConfiguration', studio.id)
    return {
      client: presentClient(await readClient(view.db, studio.id)),
      debtCollectionType: found.type,
      derecognizeRemainingDebtsOnClosure: found.onClosure,
      derecognizeRemainingDebtsOnRejection: found.onRejection,
    }
  })
  read(api.getTransferDetails, async (view, { params: { debtCollectionRunId } }) => {
    const { run: found, agencyContract } = await findOwnRun(view, debtCollectionRunId)
    return nonNull({
      collectionDate: found.collectionDate?.toString(),
      debtCollectionType: agencyContract.type,
      client: found.client && presentClient(found.client),
      status: found.state === 'DRAFT' ? undefined : found.state,
      origin: found.origin,
    })
  })
  read(api.getDebtors, (view, { params: { debtCollectionRunId }, query }) =>
    readDebtors(view, debtCollectionRunId, { ...query, deps }),
  )
  write(api.confirmTransfer, (work, { params: { debtCollectionRunId } }) =>
    confirmTransfer(work, readAgency(work), debtCollectionRunId),
  )
  write(api.updateDebtCollection, (work, { body }) => updateDebtCollection(work, readAgency(work), body))
  run(api.getDebtCollectionCases, async ({ caller }, { query }) => {
    const { caseAdjustmentRequestId: adjustmentId } = query
    const { cases, mustMark } = await deps.units.read(caller, async (view) => ({
      cases: await findCases(view, query),
      mustMark: await isUnseen(view, adjustmentId),
    }))
    if (mustMark && adjustmentId !== undefined) await deps.units.write(caller, (work) => markSeen(work, adjustmentId))
    return cases
  })
  read(api.getDebtCollectionBlockedDebtors, (view, { query }) => findBlockedDebtors(view, query))
  read(api.getDebtCollectionBlockedDebts, (view, { query }) => findBlockedDebts(view, query))
}

/** The agency that calls. */
const readAgency = ({ caller: { studio, integration } }: View<PartnerCaller>): Agency => ({
  studioId: studio.id,
  integrationId: integration.id,
  zone: studio.zone,
})

/** A run of the key's studio and agency. Drafts and runs of others do not exist. */
async function findOwnRun(view: PartnerView, runId: number) {
  const { studio, integration } = view.caller
  const found = await findRun(view.db, runId)
  const isOwn =
    found &&
    found.run.state !== 'DRAFT' &&
    found.run.studioId === studio.id &&
    found.agencyContract.integrationId === integration.id
  if (!isOwn) throw notFound('debtCollectionRun', runId)
  return found
}

interface DebtorQuery {
  readonly offset: string
  readonly sliceSize: number
  readonly deps: ModuleDeps
}

async function readDebtors(view: PartnerView, runId: number, { offset, sliceSize, deps }: DebtorQuery) {
  const { run } = await findOwnRun(view, runId)
  const skipped = parsePosition(offset)
  const isShown = run.state === 'WAITING_FOR_CONFIRMATION' || run.state === 'COMPLETED'
  const rows = isShown ? await listDebtors(view.db, { runId, skipped, limit: sliceSize + 1 }) : []
  const blocks = Map.groupBy(
    await listBlocks(
      view.db,
      rows.map((row) => row.case.customerId),
    ),
    ({ customerId }) => customerId,
  )
  const { studio, integration } = view.caller
  const context = {
    secrets: deps.secrets,
    languageTag: studio.languageTag,
    today: dateIn(view.now, studio.zone),
    integrationId: integration.id,
  }
  const debtors = rows.map((row) => presentDebtor(row, blocks.get(row.case.customerId) ?? [], context))
  return positionSlice(debtors, sliceSize, skipped)
}
