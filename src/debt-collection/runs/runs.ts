import { markClaims, storeMinor, sum } from '../../accounts/index.ts'
import type { ContractHooks } from '../../contracts/index.ts'
import { badRequest, notFound } from '../../platform/errors/errors.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { defined } from '../../platform/values/defined.ts'
import { findStudio } from '../../studios/index.ts'
import { type AgencyContract, findActiveContract, holdActiveContract } from '../agencies/agency-store.ts'
import { lockDebtors, takeAccount } from '../debtor-locks.ts'
import { prepareRun } from './preparation.ts'
import {
  deleteCases,
  deleteDebts,
  deleteRun,
  insertCase,
  insertRun,
  listCaseDebts,
  listRunCases,
  lockRun,
  openCases,
  type RunRow,
  setOriginal,
  updateRun,
} from './run-store.ts'
import { everythingDue, type JudgedDebtor, judgeDebtors, readRules } from './selections.ts'

/** The studio with its agency and today's date, or the refusal that it has no active agency contract (400). */
async function openStudio(work: UnitOfWork, studioId: number) {
  const studio = await findStudio(work.db, studioId)
  if (!studio) throw notFound('studio', studioId)
  const agencyContract = await holdActiveContract(work.tx, studioId)
  if (!agencyContract) throw badRequest('errormessage.debtCollection.contractMissing')
  return { studio, agencyContract, today: dateIn(work.now, studio.timeZone) }
}

/** Who would be handed over today with what, and why not the others. */
export async function previewRun(view: Pick<UnitOfWork, 'db' | 'now'>, studioId: number): Promise<JudgedDebtor[]> {
  const studio = await findStudio(view.db, studioId)
  if (!studio) throw notFound('studio', studioId)
  const agencyContract = await findActiveContract(view.db, studioId)
  if (!agencyContract) throw badRequest('errormessage.debtCollection.contractMissing')
  const question = { studioId, integrationId: agencyContract.integrationId, customerIds: null }
  const rules = readRules(agencyContract, studio.currency)
  return judgeDebtors(view.db, question, rules, dateIn(view.now, studio.timeZone))
}

/** Selects by the rules and keeps the outcome as a draft, which no agency sees. Refuses (400) when nobody is selected. */
export async function draftRun(work: UnitOfWork, studioId: number): Promise<number> {
  const { studio, agencyContract, today } = await openStudio(work, studioId)
  const question = { studioId, integrationId: agencyContract.integrationId, customerIds: null }
  const judged = await judgeDebtors(work.tx, question, readRules(agencyContract, studio.currency), today)
  const chosen = judged.filter(({ exclusion }) => exclusion === undefined)
  if (chosen.length === 0) throw badRequest('errormessage.debtCollection.nothingToTransfer')
  const runId = await addRun(work, { agencyContract, origin: 'DEBT_COLLECTION_RUN', state: 'DRAFT', today: null })
  for (const debtor of chosen) await addCase(work, runId, debtor)
  return runId
}

interface RunPlan {
  readonly id?: number | undefined
  readonly agencyContract: AgencyContract
  readonly origin: RunRow['origin']
  readonly state: 'DRAFT' | 'INTERNAL_PROCESSING'
  readonly today: Temporal.PlainDate | null
}

async function addRun(work: UnitOfWork, { id, agencyContract, origin, state, today }: RunPlan): Promise<number> {
  const { id: agencyContractId, studioId } = agencyContract
  const run = { ...defined({ id }), agencyContractId, studioId, origin, state, collectionDate: today }
  const runId = await insertRun(work.tx, run, work.now)
  recordRun(work, { id: runId, studioId }, 'created', [null, state])
  return runId
}

export function recordRun(
  work: UnitOfWork,
  { id, studioId }: Pick<RunRow, 'id' | 'studioId'>,
  action: string,
  state: readonly [RunRow['state'] | null, RunRow['state'] | null],
) {
  const diff = { state }
  work.audit({ action: `debtCollectionRun.${action}`, entityKind: 'debtCollectionRun', entityId: id, studioId, diff })
}

function addCase(work: UnitOfWork, runId: number, { customerId, debtorId, currency, selected }: JudgedDebtor) {
  const debts = selected.map(({ claimId, open }) => ({ claimId, original: storeMinor(open, currency) }))
  return insertCase(work.tx, runId, { customerId, debtorId, currency, debts }, work.now)
}

export async function takeRun(work: UnitOfWork, runId: number): Promise<RunRow> {
  const run = await lockRun(work.tx, runId)
  if (!run) throw notFound('debtCollectionRun', runId)
  return run
}

export function refuseState({ state }: Pick<RunRow, 'state'>) {
  return badRequest('errormessage.debtCollection.transferStateInvalid', { args: [{ type: 'ENUM', value: state }] })
}

/** Throws a draft away. */
export async function discardRun(work: UnitOfWork, runId: number) {
  const run = await takeRun(work, runId)
  if (run.state !== 'DRAFT') throw refuseState(run)
  await deleteRun(work.tx, runId)
  recordRun(work, run, 'discarded', ['DRAFT', null])
}

/**
 * Hands a draft over: its debts are judged once more, and what does not qualify any more stays behind. From now on the
 * agency sees the run, and the debts cannot be paid to the studio.
 */
export async function verifyRun(work: UnitOfWork, runId: number) {
  const run = await takeRun(work, runId)
  if (run.state !== 'DRAFT') throw refuseState(run)
  const { studio, agencyContract, today } = await openStudio(work, run.studioId)
  if (agencyContract.id !== run.agencyContractId) throw badRequest('errormessage.debtCollection.contractMissing')
  const cases = await listRunCases(work.tx, runId)
  const customerIds = cases.map(({ customerId }) => customerId)
  const accounts = await lockDebtors(work, customerIds)
  const question = { studioId: run.studioId, integrationId: agencyContract.integrationId, customerIds }
  const judged = await judgeDebtors(work.tx, question, readRules(agencyContract, studio.currency), today)
  const kept = await keepJudged(work, cases, judged)
  if (kept.length === 0) throw badRequest('errormessage.debtCollection.nothingToTransfer')
  await updateRun(work.tx, runId, { state: 'INTERNAL_PROCESSING', collectionDate: today }, work.now)
  recordRun(work, run, 'verified', ['DRAFT', 'INTERNAL_PROCESSING'])
  for (const { customerId, caseId, claimIds } of kept) {
    await openCases(work.tx, [caseId], true, work.now)
    await markClaims(work, takeAccount(accounts, customerId), claimIds, { collectionState: 'IN_TRANSFER' })
  }
  work.afterCommit((next) => next((unit) => prepareRun(unit, runId)))
}

type RunCases = Awaited<ReturnType<typeof listRunCases>>

/** Leaves in the run what still qualifies, at what is open now. */
async function keepJudged(work: UnitOfWork, cases: RunCases, judged: readonly JudgedDebtor[]) {
  const byCustomer = new Map(judged.map((debtor) => [debtor.customerId, debtor]))
  const drafted = Map.groupBy(
    await listCaseDebts(
      work.tx,
      cases.map(({ id }) => id),
    ),
    ({ debt }) => debt.caseId,
  )
  const kept: { readonly customerId: number; readonly caseId: number; readonly claimIds: number[] }[] = []
  for (const { id: caseId, customerId } of cases) {
    const debtor = byCustomer.get(customerId)
    const open = new Map(debtor?.exclusion ? [] : debtor?.selected.map((claim) => [claim.claimId, claim.open]))
    const debts = (drafted.get(caseId) ?? []).map(({ debt }) => debt)
    const staying = debts.filter(({ claimId }) => open.has(claimId))
    if (staying.length === 0) {
      await deleteCases(work.tx, [caseId])
      continue
    }
    await deleteDebts(
      work.tx,
      debts.filter((debt) => !staying.includes(debt)).map(({ id }) => id),
    )
    for (const { id, claimId, currency } of staying) {
      await setOriginal(work.tx, id, storeMinor(open.get(claimId) ?? 0n, currency), work.now)
    }
    kept.push({ customerId, caseId, claimIds: staying.map(({ claimId }) => claimId) })
  }
  return kept
}

export interface Handover {
  readonly studioId: number
  readonly customerId: number
  /** Left out: everything that is due. */
  readonly claimIds?: readonly number[] | undefined
  readonly origin: 'INDIVIDUAL_HANDOVER' | 'AUTOMATIC_HANDOVER' | 'CONTRACT_CANCELATION'
  /** Id of the run; left out: the next one. */
  readonly runId?: number | undefined
}

/** What a customer owes is handed over because a contract was ended for default. */
export const handOverDefaulter: ContractHooks['handOver'] = (work, debtor) =>
  handOver(work, { ...debtor, origin: 'CONTRACT_CANCELATION' })

/** Hands over one customer whom staff or a returned payment have chosen, whatever the rules say about age and amount of the debts. */
export async function handOver(work: UnitOfWork, handover: Handover): Promise<number> {
  const { studioId, customerId, claimIds, origin, runId: id } = handover
  const { agencyContract, today } = await openStudio(work, studioId)
  const accounts = await lockDebtors(work, [customerId])
  const question = { studioId, integrationId: agencyContract.integrationId, customerIds: [customerId] }
  const [debtor] = await judgeDebtors(work.tx, question, everythingDue, today)
  const chosen = debtor && chooseDebts(debtor, claimIds)
  if (!chosen || chosen.total === 0n) throw badRequest('errormessage.debtCollection.nothingToTransfer')
  const runId = await addRun(work, { id, agencyContract, origin, state: 'INTERNAL_PROCESSING', today })
  const caseId = await addCase(work, runId, chosen)
  await openCases(work.tx, [caseId], true, work.now)
  const taken = chosen.selected.map(({ claimId }) => claimId)
  await markClaims(work, takeAccount(accounts, customerId), taken, { collectionState: 'IN_TRANSFER' })
  work.afterCommit((next) => next((unit) => prepareRun(unit, runId)))
  return runId
}

/** The debts that staff name, if each of them may be handed over. */
function chooseDebts(debtor: JudgedDebtor, claimIds: readonly number[] | undefined): JudgedDebtor {
  if (debtor.exclusion !== undefined) throw refuseExcluded(debtor.exclusion)
  if (claimIds === undefined || claimIds.length === 0) return debtor
  const selected = claimIds.map((claimId) => {
    const claim = debtor.selected.find((each) => each.claimId === claimId)
    if (claim) return claim
    const excluded = debtor.excluded.find((each) => each.claimId === claimId)
    throw excluded ? refuseExcluded(excluded.reason) : notFound('debtClaim', claimId)
  })
  return { ...debtor, selected, total: sum(selected.map(({ open }) => open)) }
}

function refuseExcluded(reason: string) {
  return badRequest('errormessage.debtCollection.excluded', { args: [{ type: 'ENUM', value: reason }] })
}
