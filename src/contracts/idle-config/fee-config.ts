import type { Static } from 'typebox'
import { toMoney } from '../../membership-offers/index.ts'
import { presentMoney } from '../../platform/api/values.ts'
import type { IdlePolicySnapshot } from '../signed/snapshot.ts'
import type { FeeCalculationConfig } from './idle-config-schemas.ts'
import { nonNull } from '../../platform/values/defined.ts'

/** How the fee of a pause is worked out, in the form of the API; each kind of fee has its own members. */
export function presentFeeConfig(
  policy: Partial<IdlePolicySnapshot>,
  currency: string,
): Static<typeof FeeCalculationConfig> {
  const { feeType, amount, amountPerUnit, percentage, temporalUnit, recurringCharges = false } = policy
  const read = (text: string | null | undefined) => presentMoney(toMoney(text ?? '0', currency))
  return {
    idlePeriodAmount: read(feeType === 'ABSOLUTE' ? amount : '0'),
    ...(feeType === 'TERM_BASED' ? { idlePeriodAmountPerTermUnit: read(amountPerUnit) } : {}),
    ...nonNull({ defaultTemporalUnit: temporalUnit }),
    ...(feeType === 'RELATIVE' ? { dynamicIdlePeriodAmountPercentage: Number(percentage ?? '0') } : {}),
    recurringIdlePeriodCharges: recurringCharges,
  }
}
