import { nonNull } from '../platform/values/defined.ts'
import type { BenefitValidation } from './api.ts'
import type { BenefitChoice, BenefitVerdict } from './benefit-rules.ts'
import { beginningOfTime } from './period-rules.ts'

/** A verdict with the figures of what would be used next, or of what is used up. */
export function presentBenefit(key: string, verdict: BenefitVerdict): BenefitValidation {
  const [next] = verdict.choices
  return {
    key,
    valid: verdict.isUsable,
    ...(next ? presentFigures(next) : {}),
    ...(verdict.isUsable ? {} : { reason: verdict.reason }),
  }
}

function presentFigures({ amount, used, period }: BenefitChoice): Partial<BenefitValidation> {
  if (amount === null || period === null) return {}
  const { from, until } = period
  return {
    used,
    amount,
    ...(from.equals(beginningOfTime) ? {} : { periodStart: from.toString() }),
    ...nonNull({ periodEnd: until?.subtract({ days: 1 }).toString() }),
  }
}
