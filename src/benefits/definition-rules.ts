import { type TypedArgument, type Violation, violation } from '../platform/errors/errors.ts'
import { isAfter } from '../platform/time/order.ts'
import type { NewBenefitRule } from './store.ts'

const atLeastOne: TypedArgument = { type: 'INTEGER', value: 1 }

/** What is wrong with a rule that staff want to add, field by field. */
export function judgeBenefitRule(rule: NewBenefitRule): Violation[] {
  const { source, sourceId, validFrom, validTo } = rule
  const violations = [...judgeContingent(rule)]
  if (source !== 'ALL_MEMBERS' && !sourceId) violations.push(violation('sourceId', 'required'))
  if (source === 'CUSTOMER' && rule.anchor === 'CONTRACT_START' && !validFrom) {
    violations.push(violation('validFrom', 'required'))
  }
  if (validFrom && validTo && isAfter(validFrom, validTo)) {
    violations.push(violation('validFrom', 'dateOrder', { type: 'STRING', value: 'validTo' }))
  }
  return violations
}

function judgeContingent({ contingent, amount, periodUnit, anchor }: NewBenefitRule): Violation[] {
  if (contingent === 'UNLIMITED') return []
  const violations: Violation[] = []
  if (amount === null || amount === undefined) violations.push(violation('amount', 'required'))
  else if (amount < 1) violations.push(violation('amount', 'min', atLeastOne))
  if (contingent === 'PER_PERIOD' && !periodUnit) violations.push(violation('periodUnit', 'required'))
  if (contingent === 'PER_PERIOD' && !anchor) violations.push(violation('anchor', 'required'))
  return violations
}

/** The rule with those fields alone that its source and its contingent have. */
export function planBenefitRule(rule: NewBenefitRule): NewBenefitRule {
  const isPeriodic = rule.contingent === 'PER_PERIOD'
  return {
    ...rule,
    sourceId: rule.source === 'ALL_MEMBERS' ? null : (rule.sourceId ?? null),
    amount: rule.contingent === 'UNLIMITED' ? null : (rule.amount ?? null),
    periodUnit: isPeriodic ? (rule.periodUnit ?? null) : null,
    anchor: isPeriodic ? (rule.anchor ?? null) : null,
  }
}
