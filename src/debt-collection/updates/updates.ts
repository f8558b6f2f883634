import { storeMinor } from '../../accounts/index.ts'
import { badRequest } from '../../platform/errors/errors.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { PartnerWork } from '../../platform/units/work.ts'
import { holdAgencyContract, insertAgencyCase, setPublicId } from '../agencies/agency-store.ts'
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
import { noteRequest } from './requests.ts'

/**
 * Carries out what an agency reports: how its cases stand in total, never what has changed. All of it or nothing; a
 * repeat with the same `requestId` changes nothing.
 */
export async function updateDebtCollection(work: PartnerWork, body: DebtCollectionUpdate) {
  const { studio, integration } = work.caller
  const key = { studioId: studio.id, integrationId: integration.id }
  if (!(await holdAgencyContract(work.tx, key))) throw badRequest('errormessage.debtCollection.contractMissing')
  if (!(await noteRequest(work, body))) return
  const customerIds: number[] = []
  for (const [n, { debtorId }] of body.debtors.entries()) {
    const [row] = await listCasesOfDebtor(work.tx, { ...key, debtorId })
    if (!row) throw unknown('debtor', debtorId, `debtors[${n}].debtorId`)
    customerIds.push(row.case.customerId)
  }
  const accounts = await lockDebtors(work, customerIds)
  for (const [n, debtor] of body.debtors.entries()) {
    await updateDebtor(work, accounts, { debtor, reference: `debtors[${n}]` })
  }
}

interface ReportedDebtor {
  readonly debtor: DebtorUpdate
  readonly reference: string
}

async function updateDebtor(work: PartnerWork, accounts: DebtorAccounts, { debtor, reference }: ReportedDebtor) {
  const { studio, integration } = work.caller
  const today = dateIn(work.now, studio.zone)
  const key = { studioId: studio.id, integrationId: integration.id, debtorId: debtor.debtorId }
  const block = debtor.block && checkBlock(debtor.block, `${reference}.block`, today)
  const blocks: BlockWish[] = block ? [block] : []
  let customerId: number | undefined
  for (const [n, update] of debtor.agencyCollectionCases.entries()) {
    const known = await listCasesOfDebtor(work.tx, key)
    const at = `${reference}.agencyCollectionCases[${n}]`
    if (known.some(isTerminated)) refuseTerminated(known, update.collectionCaseIds)
    const checked = await checkCase(work, known, { update, reference: at, today })
    customerId = checked.cases[0]?.case.customerId
    if (checked.block) blocks.push(checked.block)
    await applyCase(work, accounts, checked)
  }
  if (customerId === undefined) customerId = (await listCasesOfDebtor(work.tx, key))[0]?.case.customerId
  if (customerId === undefined) throw unknown('debtor', debtor.debtorId, `${reference}.debtorId`)
  await setBlock(work, { customerId, claimId: null }, blocks[0])
  work.concern(customerId)
}

const isTerminated = ({ agencyContract }: CaseRow) => agencyContract.state === 'TERMINATED'

/** What an agency reports of cases whose contract was terminated is refused like that of an agency without one. */
function refuseTerminated(known: readonly CaseRow[], caseIds: readonly string[]) {
  const named = known.filter((row) => caseIds.includes(row.case.uuid))
  if (named.some(isTerminated)) throw badRequest('errormessage.debtCollection.contractMissing')
}

async function applyCase(work: PartnerWork, accounts: DebtorAccounts, checked: CheckedCase) {
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
    await setBlock(work, { customerId: debt.customerId, claimId: debt.claimId }, block)
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
async function joinCases(work: PartnerWork, first: CaseRow, { agencyId, publicId, agencyCaseId, cases }: CheckedCase) {
  const { customerId } = first.case
  const named = { agencyContractId: first.agencyContract.id, customerId, agencyId, publicId: publicId ?? null }
  const joinedId = agencyCaseId ?? (await insertAgencyCase(work.tx, named, work.now))
  if (agencyCaseId !== undefined && publicId !== undefined) {
    await setPublicId(work.tx, agencyCaseId, publicId, work.now)
  }
  const fresh = cases.filter((row) => row.case.agencyCaseId === null).map((row) => row.case.id)
  await updateCases(work.tx, fresh, { agencyCaseId: joinedId }, work.now)
}

/** What the agency has set before is replaced; what it leaves out is taken away. */
async function setBlock(
  work: PartnerWork,
  target: { readonly customerId: number; readonly claimId: number | null },
  wish: BlockWish | undefined,
) {
  const integrationId = work.caller.integration.id
  if (wish === undefined || wish.limitType === 'DISABLED') {
    await deleteAgencyBlock(work.tx, { ...target, integrationId })
    return
  }
  const { limitType, endDate } = wish
  const limit = { limitType, endDate: limitType === 'LIMITED' ? (endDate ?? null) : null }
  await saveBlock(work.tx, { ...target, ...limit, source: 'AGENCY', integrationId }, work.now)
}
