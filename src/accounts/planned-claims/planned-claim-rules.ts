import { earlierDate, isBefore, laterDate } from '../../platform/time/order.ts'
import type { Claim } from '../claim-store.ts'
import type { claimComponents } from '../claim-tables.ts'
import type { TaxedAmount } from '../legal-entities/tax-rules.ts'

/** What a contract wants to be paid for one part and one billing period. */
export interface PlannedClaim {
  readonly component: (typeof claimComponents)[number]
  /** The flat fee, module contract or pause; 0 for the rate. */
  readonly componentId: number
  /** First day of the billing period. */
  readonly periodFrom: Temporal.PlainDate
  readonly payer: 'MEMBER' | 'COMPANY'
  /** The company that pays. */
  readonly companyId: number | null
  readonly kind: Claim['kind']
  readonly chargeType: Claim['chargeType']
  readonly description: string
  /** Gross, in minor units. Claims of nothing are not stored. */
  readonly amount: bigint
  readonly dueDate: Temporal.PlainDate
  /** The days that are paid for, both inclusive. */
  readonly serviceFrom: Temporal.PlainDate
  readonly serviceTo: Temporal.PlainDate
  readonly mandatoryOnSigning: boolean
  /** Left out: NORMAL. */
  readonly maturity?: Claim['maturity']
  /** Name of its tax code in the books; left out: the usual one. */
  readonly taxCode?: string | undefined
}

/** A stored claim as far as the rules look at it. */
export type StoredClaim = Pick<
  Claim,
  | 'id'
  | 'component'
  | 'componentId'
  | 'periodFrom'
  | 'seq'
  | 'payer'
  | 'companyId'
  | 'state'
  | 'kind'
  | 'chargeType'
  | 'description'
  | 'amount'
  | 'net'
  | 'tax'
  | 'taxCodeId'
  | 'dueDate'
  | 'serviceFrom'
  | 'serviceTo'
  | 'mandatoryOnSigning'
  | 'maturity'
  | 'parentClaimId'
>

export type TaxedClaim = PlannedClaim & TaxedAmount & { readonly taxCodeId: number | null }

/** A row as it is to be stored. */
export type ClaimRow = TaxedClaim & { readonly parentClaimId: number | null }

export type ClaimChange =
  | { readonly type: 'INSERT'; readonly seq: number; readonly row: ClaimRow }
  | { readonly type: 'UPDATE'; readonly id: number; readonly row: ClaimRow }
  | { readonly type: 'VOID'; readonly id: number }

/** From which day on facts have changed, and the day on which they did. */
export interface PlanDays {
  readonly today: Temporal.PlainDate
  readonly effectiveFrom: Temporal.PlainDate
}

/**
 * What makes the stored claims of a contract those that it wants. A period whose claim waits keeps its row. What is booked
 * stays: the difference becomes a claim or credit note of its own. Periods that end before `effectiveFrom` stay as they
 * are. Planning twice changes nothing.
 */
export function planClaimChanges(
  wanted: readonly TaxedClaim[],
  stored: readonly StoredClaim[],
  days: PlanDays,
): ClaimChange[] {
  const groups = new Map<string, { claim?: TaxedClaim; rows: StoredClaim[] }>()
  const openGroup = (key: string) => {
    const group = groups.get(key) ?? { rows: [] }
    groups.set(key, group)
    return group
  }
  for (const claim of wanted) openGroup(makeKey(claim)).claim = claim
  for (const row of stored) openGroup(makeKey(row)).rows.push(row)
  return [...groups.values()].flatMap(({ claim, rows }) =>
    isAffected(claim, rows, days) ? planPeriod(claim, rows, days) : [],
  )
}

function makeKey({
  component,
  componentId,
  periodFrom,
  payer,
}: Pick<StoredClaim, 'component' | 'componentId' | 'periodFrom' | 'payer'>) {
  return `${component} ${componentId} ${periodFrom} ${payer}`
}

function isAffected(claim: TaxedClaim | undefined, rows: readonly StoredClaim[], { effectiveFrom }: PlanDays): boolean {
  const ends = [claim?.serviceTo, ...rows.map((row) => row.serviceTo ?? row.dueDate)]
  return ends.some((end) => end !== undefined && !isBefore(end, effectiveFrom))
}

function planPeriod(claim: TaxedClaim | undefined, rows: readonly StoredClaim[], { today }: PlanDays): ClaimChange[] {
  const posted = rows.filter(({ state }) => state === 'POSTED')
  const lastPosted = Math.max(-1, ...posted.map(({ seq }) => seq ?? 0))
  const row = rows.find(({ seq, state }) => state !== 'POSTED' && (seq ?? 0) > lastPosted)
  const target = posted.length === 0 ? claim && { ...claim, parentClaimId: null } : findDifference(claim, posted)
  if (!target || target.amount === 0n) return row?.state === 'SCHEDULED' ? [{ type: 'VOID', id: row.id }] : []
  if (!row)
    return [{ type: 'INSERT', seq: lastPosted + 1, row: { ...target, dueDate: laterDate(target.dueDate, today) } }]
  const planned = { ...target, dueDate: keepDueDate(target.dueDate, row, today) }
  return row.state === 'SCHEDULED' && isSame(row, planned) ? [] : [{ type: 'UPDATE', id: row.id, row: planned }]
}

/** What is missing in, or too much of, what was booked of a period; net and tax each as the exact difference. */
function findDifference(claim: TaxedClaim | undefined, posted: readonly StoredClaim[]): ClaimRow | undefined {
  const first = posted.toSorted((a, b) => (a.seq ?? 0) - (b.seq ?? 0))[0]
  if (!first) return undefined
  const less = (field: 'amount' | 'net' | 'tax') =>
    (claim?.[field] ?? 0n) - posted.reduce((sum, row) => sum + row[field], 0n)
  const shown = claim ?? toPlanned(first)
  const amount = less('amount')
  const isCredit = amount < 0n
  return {
    ...shown,
    kind: first.kind,
    chargeType: isCredit ? 'CREDIT' : shown.chargeType,
    amount,
    net: less('net'),
    tax: less('tax'),
    taxCodeId: first.taxCodeId,
    mandatoryOnSigning: false,
    parentClaimId: isCredit ? first.id : null,
  }
}

function toPlanned(row: StoredClaim): TaxedClaim {
  const { component, componentId, periodFrom, serviceFrom, serviceTo } = row
  if (component === null || componentId === null || periodFrom === null) {
    throw new Error(`The claim ${row.id} is not of a contract.`)
  }
  // Field by field: the row of a booked claim also names its journal entry, which is that of no other claim.
  return {
    component,
    componentId,
    periodFrom,
    serviceFrom: serviceFrom ?? row.dueDate,
    serviceTo: serviceTo ?? row.dueDate,
    payer: row.payer,
    companyId: row.companyId,
    kind: row.kind,
    chargeType: row.chargeType,
    description: row.description,
    amount: row.amount,
    net: row.net,
    tax: row.tax,
    taxCodeId: row.taxCodeId,
    dueDate: row.dueDate,
    mandatoryOnSigning: row.mandatoryOnSigning,
  }
}

/** A claim that was added after its nominal day keeps the day on which it was added. */
function keepDueDate(nominal: Temporal.PlainDate, row: StoredClaim, today: Temporal.PlainDate): Temporal.PlainDate {
  if (row.state === 'VOID') return laterDate(nominal, today)
  return laterDate(nominal, earlierDate(row.dueDate, today))
}

const compared = [
  'kind',
  'chargeType',
  'description',
  'amount',
  'net',
  'tax',
  'taxCodeId',
  'companyId',
  'mandatoryOnSigning',
  'parentClaimId',
] as const

function isSame(row: StoredClaim, planned: ClaimRow): boolean {
  const isEqualDay = (a: Temporal.PlainDate | null, b: Temporal.PlainDate) => a !== null && a.equals(b)
  return (
    compared.every((field) => row[field] === planned[field]) &&
    row.maturity === (planned.maturity ?? 'NORMAL') &&
    isEqualDay(row.dueDate, planned.dueDate) &&
    isEqualDay(row.serviceFrom, planned.serviceFrom) &&
    isEqualDay(row.serviceTo, planned.serviceTo)
  )
}
