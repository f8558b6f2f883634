import { changeCollection } from '../../accounts/index.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { banDebtor } from '../bans.ts'
import { readClient } from '../agencies/clients.ts'
import type { AgencyContract } from '../agencies/agency-store.ts'
import { lockDebtors, takeAccount } from '../debtor-locks.ts'
import { debtCollectionRunCreated } from '../events.ts'
import { findRun, listRunCases, lockRun, type RunRow, updateRun } from './run-store.ts'
import { freezeDebtors } from './snapshots.ts'

/**
 * Freezes what the agency is given of a verified run and announces it. Does nothing for a run that is past this step, so
 * that it may be repeated after a crash.
 */
export async function prepareRun(work: UnitOfWork, runId: number) {
  const run = await lockRun(work.tx, runId)
  const found = await findRun(work.tx, runId)
  if (!run || !found || run.state !== 'INTERNAL_PROCESSING') return
  const { agencyContract } = found
  const cases = await listRunCases(work.tx, runId)
  const accounts = await lockDebtors(
    work,
    cases.map(({ customerId }) => customerId),
  )
  const client = await readClient(work.tx, run.studioId)
  await freezeDebtors(work, cases)
  for (const { customerId } of cases) {
    const account = takeAccount(accounts, customerId)
    await changeCollection(work, account, { openCases: 1, stage: agencyContract.stageName })
    if (agencyContract.restrictAccess) await banDebtor(work, customerId, agencyContract.stageName)
  }
  const state = 'WAITING_FOR_CONFIRMATION'
  await updateRun(work.tx, runId, { state, client, announcedAt: work.now }, work.now)
  work.audit({
    action: 'debtCollectionRun.prepared',
    entityKind: 'debtCollectionRun',
    entityId: runId,
    studioId: run.studioId,
    diff: { state: [run.state, state] },
  })
  announceRun(work, run, agencyContract)
}

export function announceRun(work: UnitOfWork, { id, studioId }: RunRow, { integrationId }: AgencyContract) {
  work.emit(debtCollectionRunCreated({ entityId: id, audienceStudioIds: [studioId], onlyIntegrationId: integrationId }))
}
