import { storeMinor } from '../../accounts/index.ts'
import { badRequest } from '../../platform/errors/errors.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { type Agency, holdAgencyContract, insertAgencyCase, setPublicId } from '../agencies/agency-store.ts'
import type { DebtCollectionUpdate, DebtorUpdate } from '../api-schemas.ts'
import type { BlockWish } from '../blocks/block-rules.ts'
import { deleteAgencyBlock, saveBlock } from '../blocks/block-store.ts'
import { acknowledgeCases } from '../cases/adjustment-store.ts'
import { type CaseRow, listCasesOfDebtor, updateCases, updateDebt } from '../cases/case-store.ts'
import { type DebtorAccounts, lockDebtors, takeAccount } from '../debtor-locks.ts'
import { closeCases } from './closures.ts'
import { bookReported } from './debt-money.ts'
import { unknown } from './refusals.ts'
import { checkBlock, checkCase, type CheckedCase } from './reported-cases.ts'
import { recordRequest } from './requests.ts'

/**
 * Carries out what an agency reports: how its cases stand in total, never what has changed. All of it or nothing; a
 * repeat with the same `requestId` changes nothing.
 */
export async function updateDebtCollection(work: UnitOfWork, agency: Agency, body: DebtCollectionUpdate) {
  if (!(await holdAgencyContract(work.tx, agency))) throw badRequest('errormessage.debtCollection.contractMissing')
  const isNew = await recordRequest(work, agency, body)
  const customerIds: number[] = []
  for (const [n, { debtorId }] of body.debtors.entries()) {
    const [row] = await listCasesOfDebtor(work.tx, { ...agency, debtorId })
    if (row) customerIds.push(row.case.customerId)
    else if (isNew) throw unknown('debtor', debtorId, `debtors[${n}].debtorId`)
  }
  const [first] = customerIds
  if (first !== undefined) work.concern(first)
  if (!isNew) return
  const accounts = await lockDebtors(work, customerIds)
  for (const [n, debtor] of body.debtors.entries()) {
    await updateDebtor(work, { agency, accounts }, { debtor, reference: `debtors[${n}]` })
  }
}

/** Whose report it is, and the locked accounts of all who are in it. */
interface Reporting {
  readonly agency: Agency
  readonly accounts: DebtorAccounts
}

interface ReportedDebtor {
  readonly debtor: DebtorUpdate
  readonly reference: string
}

async function updateDebtor(work: UnitOfWork, reporting: Reporting, { debtor, reference }: ReportedDebtor) {
  const { agency } = reporting
  const today = dateIn(work.now, agency.zone)
  const key = { ...agency, debtorId: debtor.debtorId }
  const block = debtor.block && checkBlock(debtor.block, `${reference}.block`, today)
  const blocks: BlockWish[] = block ? [block] : []
  for (const [n, update] of debtor.agencyCollectionCases.entries()) {
    const known = await listCasesOfDebtor(work.tx, key)
    const at = `${reference}.agencyCollectionCases[${n}]`
    refuseTerminated(known, update.collectionCaseIds)
    const checked = await checkCase(work, known, { update, reference: at, today })
    if (checked.block) blocks.push(checked.block)
    await applyCase(work, reporting, checked)
  }
  const [first] = await listCasesOfDebtor(work.tx, key)
  if (!first) throw unknown('debtor', debtor.debtorId, `${reference}.debtorId`)
  await setBlock(work, { customerId: first.case.customerId, claimId: null, ...agency }, blocks[0])
}

const isTerminated = ({ agencyContract }: CaseRow) => agencyContract.state === 'TERMINATED'

/** What an agency reports of cases whose contract was terminated is refused like that of an agency without one. */
function refuseTerminated(known: readonly CaseRow[], caseIds: readonly string[]) {
  const named = known.filter((row) => caseIds.includes(row.case.uuid))
  if (named.some(isTerminated)) throw badRequest('errormessage.debtCollection.contractMissing')
}

async function applyCase(work: UnitOfWork, { agency, accounts }: Reporting, checked: CheckedCase) {
  const { cases, debts, closure } = checked
  const [first] = cases
  if (!first) return
  const account = takeAccount(accounts, first.case.customerId)
  await joinCases(work, first, checked)
  const caseIds = cases.map((row) => row.case.id)
  await acknowledgeCases(work.tx, caseIds, work.now)
  await bookReported(work, account, debts)
  for (const { debt, canceled, block } of debts) {
    const stored = storeMinor(canceled, debt.currency)
    await updateDebt(work.tx, debt.id, { canceled: stored }, work.now)
    await setBlock(work, { customerId: debt.customerId, claimId: debt.claimId, ...agency }, block)
  }
  if (closure) await closeCases(work, account, cases, closure)
  work.audit({
    action: 'collectionCase.reported',
    entityKind: 'collectionCase',
    entityId: first.case.id,
    studioId: first.run.studioId,
  })
}

/** Notes under which case the agency keeps ours. */
async function joinCases(work: UnitOfWork, first: CaseRow, { agencyId, publicId, agencyCaseId, cases }: CheckedCase) {
  const { customerId } = first.case
  const named = { agencyContractId: first.agencyContract.id, customerId, agencyId, publicId: publicId ?? null }
  const joinedId = agencyCaseId ?? (await insertAgencyCase(work.tx, named, work.now))
  if (agencyCaseId !== undefined && publicId !== undefined) {
    await setPublicId(work.tx, agencyCaseId, publicId, work.now)
  }
  const fresh = cases.filter((row) => row.case.agencyCaseId === null).map((row) => row.case.id)
  await updateCases(work.tx, fresh, { agencyCaseId: joinedId }, work.now)
}

interface BlockTarget {
  readonly customerId: number
  readonly claimId: number | null
  readonly integrationId: number
}

/** What the agency has set before is replaced; what it leaves out is taken away. */
async function setBlock(
  work: UnitOfWork,
  { customerId, claimId, integrationId }: BlockTarget,
  wish: BlockWish | undefined,
) {
  const target = { customerId, claimId, integrationId }
  if (wish === undefined || wish.limitType === 'DISABLED') {
    await deleteAgencyBlock(work.tx, target)
    return
  }
  const { limitType, endDate } = wish
  const limit = { limitType, endDate: limitType === 'LIMITED' ? (endDate ?? null) : null }
  await saveBlock(work.tx, { ...target, ...limit, source: 'AGENCY' }, work.now)
}
