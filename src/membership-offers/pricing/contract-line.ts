import type { PriceLine } from './price-lines.ts'

/** Which part of a contract a line is for. `componentId` is the flat fee's or module's; 0 for the rate. */
export interface ContractLine extends PriceLine {
  readonly component: 'RATE' | 'PRE_USE' | 'BONUS' | 'FLAT_FEE' | 'MODULE'
  readonly componentId: number
  readonly type: 'STARTER_PACKAGE' | 'CONTRACT_FEE' | 'BONUS_PERIOD' | 'MODULE_FEE' | 'FLAT_FEE'
  readonly isMandatoryOnSigning: boolean
}
