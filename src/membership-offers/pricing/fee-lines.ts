import type { Phase } from './commitment-rules.ts'
import type { ContractLine } from './contract-line.ts'
import { priceFlatFee } from './part-prices.ts'
import { factsFor, timePart } from './phase-time.ts'
import type { ContractPlan, FlatFee } from './plan.ts'
import { listPartLines } from './price-lines.ts'
import { noShift, shiftDate, toShift } from './terms.ts'

/** The joining fee belongs to the beginning of the contract; other fees of a later rate count from its first day. */
export function listFeeLines(fee: FlatFee, phase: Phase, plan: ContractPlan): ContractLine[] {
  if (fee.isStarterPackage && phase.plan.start !== plan.start) return []
  const time = timePart(phase)
  const passed = fee.firstBookingDelay ? toShift(fee.firstBookingDelay) : noShift
  const start = shiftDate(time.start, passed)
  const [, ...later] = time.termStarts
  const lines = listPartLines({
    ...time,
    frequency: fee.frequency,
    start,
    billingStart: { start: time.start, passed },
    termStarts: [start, ...later],
    // A fee is never cut: its last period is planned whole.
    isFinal: false,
    freeDays: fee.isSuspendedInPause ? phase.runTime.pauses : [],
    hasPriceAfterExtension: false,
    priceOn: priceFlatFee(factsFor(phase, plan), fee),
  })
  const type = fee.isStarterPackage ? ('STARTER_PACKAGE' as const) : ('FLAT_FEE' as const)
  const component = { component: 'FLAT_FEE', componentId: fee.componentId, type, isMandatoryOnSigning: false } as const
  return lines.map((line) => ({ ...line, ...component }))
}
