import type { PlannedClaim } from '../../accounts/index.ts'
import { isAfter } from '../../platform/time/order.ts'
import { findFrozenRate, type SignedContract } from '../signed/signed-contract-facts.ts'
import type { Timeline } from '../timeline/timeline-rules.ts'
import { findIdleFee } from './fee-rules.ts'

/** What a contract wants for its accepted pauses, as far as it is committed: a unit that begins later is not owed yet. */
export function listIdleClaims(
  contract: SignedContract,
  { phases, end }: Timeline,
  today: Temporal.PlainDate,
): PlannedClaim[] {
  const accepted = contract.idlePeriods.filter(({ state }) => state === 'ACCEPTED')
  return accepted.flatMap((pause) => {
    const { lines } = findIdleFee(pause, { contract, phases, today })
    return lines
      .filter(({ from }) => !isAfter(from, end))
      .map(({ from, until, amount }) => ({
        taxCode: findFrozenRate(contract, from).taxCode,
        component: 'IDLE_PERIOD' as const,
        componentId: pause.id,
        periodFrom: from,
        payer: 'MEMBER' as const,
        companyId: null,
        kind: 'DEBT_CLAIM' as const,
        chargeType: 'IDLE_PERIOD_CHARGE' as const,
        description: pause.policySnapshot.lineText ?? contract.row.snapshot.rateName,
        amount: amount.minor,
        dueDate: from,
        serviceFrom: from,
        serviceTo: until.subtract({ days: 1 }),
        mandatoryOnSigning: false,
      }))
  })
}
