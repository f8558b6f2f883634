import type { Money } from '../../platform/values/money.ts'
import type { ContractLine } from '../pricing/contract-line.ts'
import { planInitialSchedule, sumDueOnSigning } from '../pricing/initial-schedule.ts'
import type { ContractPlan } from '../pricing/plan.ts'

/** What a member gets back of one part of the contract before. */
export interface SwitchCredit {
  /** Below 0. */
  readonly amount: Money
  readonly due: Temporal.PlainDate
  /** The days that are given back, both inclusive. */
  readonly from: Temporal.PlainDate
  readonly to: Temporal.PlainDate
}

export interface SwitchDues {
  readonly lines: readonly ContractLine[]
  /** Whether the credit is taken from what is due on signing; otherwise it settles what falls due next. */
  readonly isCreditMandatory: boolean
  /** What has to be paid when the contract is signed; a credit beyond it stays on the account. */
  readonly due: Money
}

/** What falls due by a switch. The credit counts at once if the first fee of the new contract does. */
export function findSwitchDues(plan: ContractPlan, credits: readonly Pick<SwitchCredit, 'amount'>[]): SwitchDues {
  const lines = planInitialSchedule(plan)
  const firstFee = lines.find(({ component }) => component === 'RATE')
  const isCreditMandatory = firstFee?.isMandatoryOnSigning ?? false
  const { currency } = plan
  const credit = isCreditMandatory ? credits.reduce((sum, { amount }) => sum + amount.minor, 0n) : 0n
  const rest = sumDueOnSigning(lines, currency).minor + credit
  return { lines, isCreditMandatory, due: { minor: rest < 0n ? 0n : rest, currency } }
}
