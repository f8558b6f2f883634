import { readMoney, requireCurrency } from '../../platform/values/money.ts'
import { refuseFields, violation } from '../../platform/errors/errors.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { findAgencyCase } from '../agencies/agency-store.ts'
import type { AgencyCollectionCaseUpdate, BlockDto, ClosureUpdate, DebtUpdate } from '../api-schemas.ts'
import { type BlockWish, isPossibleBlock } from '../blocks/block-rules.ts'
import { type CaseRow, type DebtRow, listDebts } from '../cases/case-store.ts'
import type { Closure } from './closure-facts.ts'
import { minor } from './debt-money.ts'
import { refuse, unknown } from './refusals.ts'
import { isPossibleClosure, judgeAmounts } from './update-rules.ts'
import { readDay } from '../../platform/time/zoned-time.ts'

/** A debt as an agency reports it; minor units. */
export interface CheckedDebt {
  readonly debt: DebtRow
  readonly paid: bigint
  readonly canceled: bigint
  readonly block: BlockWish | undefined
}

/** A case of an agency whose report was found possible. */
export interface CheckedCase {
  readonly agencyId: string
  readonly publicId: string | undefined
  readonly cases: readonly CaseRow[]
  readonly agencyCaseId: number | undefined
  readonly debts: readonly CheckedDebt[]
  readonly closure: Closure | undefined
  readonly block: BlockWish | undefined
}

/** Checks what is reported of one case of an agency, in the order in which it is refused. `known`: what the agency has of the debtor. */
export async function checkCase(
  work: UnitOfWork,
  known: readonly CaseRow[],
  { update, reference, today }: { update: AgencyCollectionCaseUpdate; reference: string; today: Temporal.PlainDate },
): Promise<CheckedCase> {
  const cases = findCases(known, update.collectionCaseIds, reference)
  const agencyCaseId = await checkJoining(work, known, { cases, agencyId: update.agencyCollectionCaseId, reference })
  const rows = await listDebts(
    work.tx,
    cases.map((row) => row.case.id),
  )
  return {
    agencyId: update.agencyCollectionCaseId,
    publicId: update.publicCollectionCaseId,
    cases,
    agencyCaseId,
    debts: update.debts.map((debt, n) => checkDebt(rows, update.debts, { n, debt, reference, today })),
    closure: update.closure && checkClosure(update.closure, `${reference}.closure`, today),
    block: update.block && checkBlock(update.block, `${reference}.block`, today),
  }
}

function findCases(known: readonly CaseRow[], caseIds: readonly string[], reference: string): CaseRow[] {
  const found = caseIds.map((caseId, n) => {
    const row = known.find((each) => each.case.uuid === caseId.toLowerCase())
    const at = `${reference}.collectionCaseIds[${n}]`
    if (!row) throw unknown('collectionCase', caseId, at)
    if (row.run.state !== 'COMPLETED') throw refuse('transferNotConfirmed', at)
    return row
  })
  return [...new Set(found)]
}

interface Joining {
  readonly cases: readonly CaseRow[]
  readonly agencyId: string
  readonly reference: string
}

/** The agency's case that ours belong to; undefined where it is new. All of ours that it has joined must be named. */
async function checkJoining(work: UnitOfWork, known: readonly CaseRow[], { cases, agencyId, reference }: Joining) {
  const at = `${reference}.collectionCaseIds`
  const [first] = cases
  if (!first) return undefined
  const { id: contractId } = first.agencyContract
  if (cases.some(({ agencyContract }) => agencyContract.id !== contractId)) throw refuse('caseAssignedElsewhere', at)
  const joined = await findAgencyCase(work.tx, contractId, agencyId)
  if (joined && joined.customerId !== first.case.customerId) throw refuse('caseAssignedElsewhere', at)
  const elsewhere = cases.some(({ case: { agencyCaseId } }) => agencyCaseId !== null && agencyCaseId !== joined?.id)
  if (elsewhere) throw refuse('caseAssignedElsewhere', at)
  const named = new Set(cases.map((row) => row.case.id))
  const isMissing = known.some((row) => joined && row.case.agencyCaseId === joined.id && !named.has(row.case.id))
  if (isMissing) throw refuse('caseIdsIncomplete', at)
  return joined?.id
}

interface ReportedDebtField {
  readonly n: number
  readonly debt: DebtUpdate
  readonly reference: string
  readonly today: Temporal.PlainDate
}

function checkDebt(
  rows: readonly DebtRow[],
  all: readonly DebtUpdate[],
  { n, debt: update, reference, today }: ReportedDebtField,
): CheckedDebt {
  const at = `${reference}.debts[${n}]`
  const debtId = update.debtId.toLowerCase()
  if (all.findIndex((each) => each.debtId.toLowerCase() === debtId) < n) {
    throw refuseFields([violation(`${reference}.debts`, 'uniqueItems')])
  }
  const debt = rows.find(({ debtUuid }) => debtUuid === debtId)
  if (!debt) throw unknown('debt', update.debtId, `${at}.debtId`)
  requireCurrency(update.currency, debt.currency, `${at}.currency`)
  const original = readReported(update.originalAmount, debt.currency, `${at}.originalAmount`)
  const canceled = readReported(update.canceledAmount, debt.currency, `${at}.canceledAmount`)
  const paid = readReported(update.paidAmount, debt.currency, `${at}.paidAmount`)
  const refusal = judgeAmounts({ original, canceled, paid }, minor(debt, 'original'))
  if (refusal === 'ORIGINAL_MISMATCH') throw refuse('originalAmountMismatch', `${at}.originalAmount`)
  if (refusal === 'EXCEED_ORIGINAL') throw refuse('amountsExceedOriginal', at)
  return { debt, paid, canceled, block: update.block && checkBlock(update.block, `${at}.block`, today) }
}

const readReported = (amount: number, currency: string, reference: string) =>
  readMoney(amount, currency, reference).minor

function checkClosure(update: ClosureUpdate, reference: string, today: Temporal.PlainDate): Closure {
  const { type, rejectionReason, closureReason, options = [] } = update
  const date = Temporal.PlainDate.from(update.date)
  if (!isPossibleClosure({ type, rejectionReason, options, date }, today)) throw refuse('closureInvalid', reference)
  return { type, reason: rejectionReason ?? null, text: closureReason ?? null, date, options, by: 'AGENCY' }
}

export function checkBlock({ limitType, endDate }: BlockDto, reference: string, today: Temporal.PlainDate): BlockWish {
  const wish = { limitType, endDate: readDay(endDate) }
  if (isPossibleBlock(wish, today)) return wish
  throw refuse('blockInvalid', reference)
}
