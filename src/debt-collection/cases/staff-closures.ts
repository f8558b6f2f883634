import { badRequest, conflict, notFound } from '../../platform/errors/errors.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { findStudio } from '../../studios/index.ts'
import { lockDebtors, takeAccount } from '../debtor-locks.ts'
import { debtCollectionCaseUpdated } from '../events.ts'
import type { Closure } from '../updates/closure-facts.ts'
import { closeCases, writeOffRests } from '../updates/closures.ts'
import { isPossibleClosure } from '../updates/update-rules.ts'
import { insertAdjustment } from './adjustment-store.ts'
import { type CaseRow, findCase, listDebts, listJoinedCases } from './case-store.ts'
import { presentClosure } from './present-cases.ts'
import { reopenCase } from './reopening.ts'

/** A case with its customer and account locked, and all cases that its agency keeps together with it. */
async function openCase(work: UnitOfWork, caseId: number) {
  const known = await findCase(work.tx, caseId)
  if (!known) throw notFound('collectionCase', caseId)
  const accounts = await lockDebtors(work, [known.case.customerId])
  const row = (await findCase(work.tx, caseId)) ?? known
  const studio = await findStudio(work.db, row.run.studioId)
  if (!studio) throw notFound('studio', row.run.studioId)
  return {
    row,
    account: takeAccount(accounts, row.case.customerId),
    joined: await listJoinedCases(work.tx, row.case),
    today: dateIn(work.now, studio.timeZone),
  }
}

function refuseUnagreed({ agencyContract }: CaseRow) {
  if (!agencyContract.allowCaseUpdates) throw badRequest('errormessage.debtCollection.caseUpdatesNotAllowed')
}

type ClosureOfStaff = Pick<Closure, 'type' | 'reason' | 'text'> & { readonly writeOff: boolean }

/** Closes a case for the studio, at once and for its agency to read. Refuses (409) one that is not open. */
export async function closeForStudio(work: UnitOfWork, caseId: number, wish: ClosureOfStaff): Promise<number> {
  const { row, account, joined, today } = await openCase(work, caseId)
  refuseUnagreed(row)
  if (!row.case.isOpen || row.run.state !== 'COMPLETED') throw conflict('errormessage.debtCollection.caseNotOpen')
  const { type, reason, text, writeOff } = wish
  const options = [{ key: 'WRITE_OFF_REMAINING_DEBTS', value: String(writeOff) }]
  const closure: Closure = { type, reason, text, options, date: today, by: 'STAFF' }
  if (!isPossibleClosure({ type, rejectionReason: reason ?? undefined, options, date: today }, today)) {
    throw badRequest('errormessage.debtCollection.closureInvalid')
  }
  await closeCases(work, account, joined, closure)
  return announceChange(work, row, 'CLOSED')
}

/** Takes back what staff closed today, as if it had not been closed. Refuses (409) what cannot be taken back any more. */
export async function revertClosure(work: UnitOfWork, caseId: number): Promise<number> {
  const { row, account, joined, today } = await openCase(work, caseId)
  refuseUnagreed(row)
  const { closedBy, closedAt } = row.case
  const studio = await findStudio(work.db, row.run.studioId)
  const isOfToday = closedAt !== null && studio && dateIn(closedAt, studio.timeZone).equals(today)
  if (closedBy !== 'STAFF' || !isOfToday) throw conflict('errormessage.debtCollection.closureFinal')
  const closedTogether = joined.filter((each) => each.case.closedBy === 'STAFF' && each.case.closedAt?.equals(closedAt))
  for (const each of closedTogether) await reopenCase(work, account, each)
  return announceChange(work, row, 'REOPENED')
}

/** Notes the change for the agency, and sends it an event. Answers the adjustment request. */
async function announceChange(work: UnitOfWork, before: CaseRow, kind: 'CLOSED' | 'REOPENED'): Promise<number> {
  const after = (await findCase(work.tx, before.case.id)) ?? before
  const closures = { before: presentClosure(before.case) ?? null, after: presentClosure(after.case) ?? null }
  const requestId = await insertAdjustment(work.tx, { caseId: before.case.id, kind, ...closures }, work.now)
  const { agencyId, case: own, run, agencyContract } = after
  work.emit(
    debtCollectionCaseUpdated({
      entityId: requestId,
      customerId: own.customerId,
      audienceStudioIds: [run.studioId],
      onlyIntegrationId: agencyContract.integrationId,
      content:
        agencyId === null
          ? { collectionCaseId: own.uuid }
          : { agencyDebtCollectionCaseId: agencyId, agencyCollectionCaseId: agencyId },
    }),
  )
  return requestId
}

/** Gives up what is still open of the debts of a closed case, and answers how much; minor units. */
export async function writeOffCase(work: UnitOfWork, caseId: number) {
  const { row, account } = await openCase(work, caseId)
  if (row.case.closureType === null) throw conflict('errormessage.debtCollection.caseNotClosed')
  const amount = await writeOffRests(work, await listDebts(work.tx, [caseId]))
  return { minor: amount, currency: account.currency }
}
