import { laterDate } from '../../platform/time/order.ts'
import type { Static } from 'typebox'
import {
  findPhaseOn,
  findRatePrice,
  listIdleReasons,
  type Phase,
  toMoney,
  toRatio,
} from '../../membership-offers/index.ts'
import { presentMoney } from '../../platform/api/values.ts'
import { notFound } from '../../platform/errors/errors.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { PartnerView } from '../../platform/units/work.ts'
import { type Money, multiply } from '../../platform/values/money.ts'
import { listAmendmentConfig } from '../../self-service/index.ts'
import { loadContracts } from '../changing/loading.ts'
import { findOwnContract } from '../own-contracts.ts'
import type { SignedContract } from '../signed/signed-contract-facts.ts'
import type { IdlePolicySnapshot } from '../signed/snapshot.ts'
import { findPauseUntil } from '../timeline/pause-rules.ts'
import { readTimeline } from '../timeline/timeline-rules.ts'
import { presentFeeConfig } from './fee-config.ts'
import type { IdlePeriodConfiguration } from './idle-config-schemas.ts'
import { findFirstStart } from './start-rules.ts'

/** How a contract may pause, by the rules with which it was signed. */
export async function findIdleConfig(
  view: PartnerView,
  contractId: number,
): Promise<Static<typeof IdlePeriodConfiguration>> {
  const { id } = await findOwnContract(view, contractId)
  const [contract] = await loadContracts(view.db, [id])
  const policy = contract?.row.snapshot.idlePolicy
  if (!contract || !policy) throw notFound('idlePolicy', contractId)
  const { studio } = view.caller
  const today = dateIn(view.now, studio.zone)
  const { phases } = readTimeline(contract, today)
  const [reasons, modes] = await Promise.all([
    listIdleReasons(view.db, studio.id),
    listAmendmentConfig(view, studio.id),
  ])
  const mode = modes.find(({ kind }) => kind === 'IDLE_PERIOD')?.mode ?? 'READ'
  return {
    temporalUnit: policy.temporalUnit,
    maxTerms: policy.maxTerms,
    firstPossibleStartDate: findStart(contract, policy, { today, phases }).toString(),
    nextPossibleStartDateOnly: policy.nextStartOnly,
    idlePeriodFee: presentMoney(findFee(policy, { contract, phases, today })),
    idlePeriodFeeCalculationConfig: presentFeeConfig(policy, contract.plan.currency),
    accessRefusal: policy.accessRefusal,
    idlePeriodReasons: reasons,
    idlePeriodCreationStatus: policy.enabled ? mode : 'READ',
    contractHasExtension: policy.extendsContract,
    unlimitedAllowed: policy.unlimitedAllowed,
    freeTerms: { value: policy.freeTerms, unit: policy.temporalUnit },
    dayBasedTermShorteningAllowed: policy.dayShortening,
  }
}

interface Moment {
  readonly today: Temporal.PlainDate
  readonly phases: readonly Phase[]
}

/** Not before the contract itself, and as many days ahead as the studio asks for. */
function findStart({ plan, idlePeriods }: SignedContract, policy: IdlePolicySnapshot, { today, phases }: Moment) {
  const earliest = laterDate(today.add({ days: policy.leadDays }), plan.start)
  const taken = idlePeriods.map((pause) => ({ from: pause.startDate, until: findPauseUntil(pause, today) }))
  return findFirstStart(policy, earliest, { phases, taken })
}

function findFee(
  { feeType, amount, amountPerUnit, percentage }: IdlePolicySnapshot,
  { contract: { plan }, phases, today }: Moment & { readonly contract: SignedContract },
): Money {
  const { currency } = plan
  switch (feeType) {
    case 'NONE':
      return { minor: 0n, currency }
    case 'ABSOLUTE':
      return toMoney(amount ?? '0', currency)
    case 'TERM_BASED':
      return toMoney(amountPerUnit ?? '0', currency)
    case 'RELATIVE': {
      const day = laterDate(today, plan.start)
      const phase = findPhaseOn(phases, day)
      const price = phase ? findRatePrice(plan, phase, day) : { minor: 0n, currency }
      return multiply(price, toRatio(percentage ?? '0'))
    }
  }
}
