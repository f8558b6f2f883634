import { type ContractPlan, type ModulePlan, unpackPlan } from '../../membership-offers/pricing-rules.ts'
import type {
  CancelationRow,
  ContractRow,
  ContractRows,
  IdlePeriodRow,
  PhaseRow,
  SubContractRow,
} from './contract-store.ts'
import type { PhaseSnapshot } from './snapshot.ts'
import { nonNull } from '../../platform/values/defined.ts'
import { isAfter } from '../../platform/time/order.ts'

/** A module contract or flat fee beside a main contract. */
export interface SubContract {
  readonly row: SubContractRow
  /** What the module costs and how long it runs; a flat fee is in the plan of its contract. */
  readonly plan?: ModulePlan
  readonly cancelation?: CancelationRow
}

/** A main contract with all that decides what it costs and when it ends. */
export interface SignedContract {
  readonly row: ContractRow
  readonly studio: ContractRows['studio']
  readonly homeStudioId: number
  /** Prices and terms, with the modules that are part of it. */
  readonly plan: ContractPlan
  readonly phases: readonly PhaseRow[]
  readonly subContracts: readonly SubContract[]
  /** Those that wait for staff or are accepted, by their first day. */
  readonly idlePeriods: readonly IdlePeriodRow[]
  /** The live one. */
  readonly cancelation?: CancelationRow
}

/** Joins the rows of a contract, and reads what it froze. */
export function readContract(rows: ContractRows): SignedContract {
  const { row, studio, homeStudioId, phases, idlePeriods } = rows
  const cancelation = rows.cancelations.find(({ contractId }) => contractId === row.id)
  const subContracts = rows.subContracts.map((sub) => readSubContract(sub, rows.cancelations))
  const modules = subContracts.flatMap((sub) => (sub.plan && isPart(sub, row) ? [sub.plan] : []))
  return {
    row,
    studio,
    homeStudioId,
    phases,
    idlePeriods,
    subContracts,
    plan: { ...readPlan(row, studio.currency), modules },
    ...nonNull({ cancelation }),
  }
}

/** Whether a module or fee belongs to a contract: one that was voided for itself does not, one that was voided with it does. */
export function isPart(
  { row: { voidedAt } }: Pick<SubContract, 'row'>,
  contract: Pick<ContractRow, 'voidedAt'>,
): boolean {
  return voidedAt === null || (contract.voidedAt?.equals(voidedAt) ?? false)
}

function readSubContract(row: SubContractRow, cancelations: readonly CancelationRow[]): SubContract {
  const cancelation = cancelations.find(({ subContractId }) => subContractId === row.id)
  const more = cancelation ? { cancelation } : {}
  if (row.kind === 'FLAT_FEE') return { row, ...more }
  return { row, plan: { ...readModulePlan(row), ...readWish(cancelation) }, ...more }
}

function readWish(cancelation: CancelationRow | undefined): Pick<ModulePlan, 'canceledTo' | 'wishedEnd'> {
  if (!cancelation) return {}
  const { toDate } = cancelation
  return isInEffect(cancelation) ? { canceledTo: toDate } : { wishedEnd: toDate }
}

/** A module that was taken over without its prices costs nothing. */
function readModulePlan({ id, name, startDate, paidFrom, snapshot }: SubContractRow): ModulePlan {
  const days = { paidFrom: paidFrom ?? startDate, signedOn: startDate }
  if (snapshot.plan === undefined) {
    return { componentId: id, name, ...days, frequency: { type: 'FREE' }, ageAdjustments: [], alignment: 'OWN' }
  }
  return { ...unpackPlan<ModulePlan>(snapshot.plan), componentId: id }
}

/**
 * The plan that a contract froze. One that was taken over without it costs nothing, and ends, or goes on by the month, on
 * the last day that came with it.
 */
function readPlan(
  { snapshot, startDate, preUseDate, signingDate, committedEnd }: ContractRow,
  currency: string,
): ContractPlan {
  if (snapshot.plan !== undefined) return unpackPlan<ContractPlan>(snapshot.plan)
  const month = { value: 1, unit: 'MONTH' } as const
  const goesOn = snapshot.extensionType === 'TERM_EXTENSION'
  return {
    currency,
    start: startDate,
    useFrom: preUseDate ?? startDate,
    signedOn: signingDate,
    preUse: 'NOT_AVAILABLE',
    ageEvaluation: 'CONTRACT_START',
    initialTerm: { value: 1, unit: 'DAY' },
    endsNotBefore: committedEnd.add({ days: 1 }),
    extension: goesOn ? { type: 'TERM_EXTENSION', next: month } : { type: 'NONE' },
    cancelationStrategy: 'TERM',
    bonusPeriods: [],
    dueOnSigning: [],
    flatFees: [],
    modules: [],
    rate: { frequency: { type: 'FREE' }, ageAdjustments: [], priceRules: [] },
  }
}

/** A cancelation whose withdrawal still waits for staff is in effect. */
export function isInEffect({ state }: Pick<CancelationRow, 'state'>): boolean {
  return state === 'EFFECTIVE' || state === 'WITHDRAWAL_PENDING'
}

/** Pays a part of every price of a contract, also of one of its modules: that of the voucher with which it was sold. */
export function findPayingCompany({ row }: SignedContract, module?: SubContract): number | null {
  if (module?.plan?.carried?.prices) return module.row.snapshot.companyId ?? null
  return row.snapshot.voucher?.companyId ?? null
}

/** What was frozen of the rate of a day: that of a later rate counts from its first day. */
export function findFrozenRate({ row, phases }: SignedContract, day: Temporal.PlainDate): PhaseSnapshot {
  const phase = phases.findLast(({ seq, fromDate }) => seq > 0 && !isAfter(fromDate, day))
  return phase?.snapshot ?? row.snapshot
}
