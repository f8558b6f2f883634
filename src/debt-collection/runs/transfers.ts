import { assignClaims, changeCollection, listClaims, markClaims, storeMinor } from '../../accounts/index.ts'
import { badRequest, notFound } from '../../platform/errors/errors.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { type AgencyKey, holdAgencyContract } from '../agencies/agency-store.ts'
import { liftBan } from '../bans.ts'
import { setAssigned } from '../cases/case-store.ts'
import { type DebtorAccounts, lockDebtors, takeAccount } from '../debtor-locks.ts'
import { newKey } from '../journal-keys.ts'
import { findRun, listCaseDebts, listRunCases, openCases, updateRun } from './run-store.ts'
import { recordRun, refuseState, takeRun } from './runs.ts'

/** The agency has taken the debts of a run. A repeat changes nothing. */
export async function confirmTransfer(work: UnitOfWork, { studioId, integrationId }: AgencyKey, runId: number) {
  if (!(await holdAgencyContract(work.tx, { studioId, integrationId })))
    throw badRequest('errormessage.debtCollection.contractMissing')
  const known = await findRun(work.tx, runId)
  if (!known || known.run.studioId !== studioId || known.agencyContract.integrationId !== integrationId) {
    throw notFound('debtCollectionRun', runId)
  }
  if (known.run.state === 'DRAFT') throw notFound('debtCollectionRun', runId)
  if (known.agencyContract.state === 'TERMINATED') throw badRequest('errormessage.debtCollection.contractMissing')
  const run = await takeRun(work, runId)
  if (run.state === 'COMPLETED') return
  if (run.state !== 'WAITING_FOR_CONFIRMATION') throw refuseState(run)
  const cases = await listRunCases(work.tx, runId)
  const accounts = await lockDebtors(
    work,
    cases.map(({ customerId }) => customerId),
  )
  await updateRun(work.tx, runId, { state: 'COMPLETED', confirmedAt: work.now }, work.now)
  recordRun(work, run, 'confirmed', [run.state, 'COMPLETED'])
  for (const { id, customerId } of cases) {
    await takeOver(work, accounts, { caseId: id, customerId, isBought: known.agencyContract.type === 'PURCHASE' })
  }
}

interface TakenCase {
  readonly caseId: number
  readonly customerId: number
  readonly isBought: boolean
}

async function takeOver(work: UnitOfWork, accounts: DebtorAccounts, { caseId, customerId, isBought }: TakenCase) {
  const account = takeAccount(accounts, customerId)
  const debts = (await listCaseDebts(work.tx, [caseId])).map(({ debt }) => debt)
  const claimIds = debts.map(({ claimId }) => claimId)
  await markClaims(work, account, claimIds, { collectionState: 'AT_AGENCY' })
  if (!isBought) return
  const claims = (await listClaims(work.tx, claimIds)).filter(({ openAmount }) => openAmount > 0n)
  await assignClaims(work, account, { claims, description: 'Sold to a debt collection agency', key: newKey() })
  for (const { id, claimId, currency } of debts) {
    const open = claims.find((claim) => claim.id === claimId)?.openAmount ?? 0n
    await setAssigned(work.tx, id, storeMinor(open, currency), work.now)
  }
}

/** Takes a run back that the agency has not confirmed: its debts can be paid to the studio again. */
export async function withdrawRun(work: UnitOfWork, runId: number) {
  const run = await takeRun(work, runId)
  const isAnnounced = run.state === 'WAITING_FOR_CONFIRMATION'
  if (!isAnnounced && run.state !== 'INTERNAL_PROCESSING') throw refuseState(run)
  const cases = await listRunCases(work.tx, runId)
  const accounts = await lockDebtors(
    work,
    cases.map(({ customerId }) => customerId),
  )
  await updateRun(work.tx, runId, { state: 'FAILED' }, work.now)
  recordRun(work, run, 'withdrawn', [run.state, 'FAILED'])
  for (const { id, customerId } of cases) {
    const account = takeAccount(accounts, customerId)
    await openCases(work.tx, [id], false, work.now)
    const claimIds = (await listCaseDebts(work.tx, [id])).map(({ debt }) => debt.claimId)
    await markClaims(work, account, claimIds, { collectionState: 'NONE' })
    const { isCollected } = await changeCollection(work, account, { openCases: isAnnounced ? -1 : 0 })
    if (!isCollected) await liftBan(work, customerId)
  }
}
