import {
  type AdditionalModuleRecord,
  findBillingStart,
  findModuleEnd,
  listPeriods,
  type Phase,
} from '../../membership-offers/index.ts'
import { isAfter, isBefore, laterDate } from '../../platform/time/order.ts'
import { defined } from '../../platform/values/defined.ts'
import { isInEffect, type SignedContract } from '../signed/signed-contract-facts.ts'
import { findRateOn } from '../switching/source-rules.ts'
import { readModuleTimelines, readTimeline } from '../timeline/timeline-rules.ts'
import type { BuyingContract, SoldModule } from './purchase-rules.ts'

/** A contract as far as it decides which modules may be bought to it on `today`. */
export function readBuyingContract(contract: SignedContract, today: Temporal.PlainDate): BuyingContract {
  const timeline = readTimeline(contract, today)
  const running = readModuleTimelines(contract, timeline, today).filter(({ end }) => !end || !isBefore(end, today))
  const start = laterDate(today, contract.plan.start)
  return {
    today,
    start,
    periodStart: findPeriodStart(timeline.phases, start),
    ...defined({ lastDay: timeline.finalEnd }),
    isCanceled: contract.cancelation !== undefined && isInEffect(contract.cancelation),
    rateId: findRateOn(contract, timeline, today),
    moduleIds: new Set(running.flatMap(({ sub }) => sub.row.moduleId ?? [])),
  }
}

/** The first day from `earliest` on with which a billing period begins; the billing of a later rate begins anew. */
function findPeriodStart(phases: readonly Phase[], earliest: Temporal.PlainDate): Temporal.PlainDate {
  const at = Math.max(
    phases.findLastIndex(({ runTime }) => !isAfter(runTime.start, earliest)),
    0,
  )
  const [phase, next] = phases.slice(at)
  const frequency = phase?.plan.rate.frequency
  if (!phase || frequency?.type !== 'RECURRING') return earliest
  for (const { from } of listPeriods(findBillingStart(phase.runTime), frequency.step, frequency.calculation)) {
    if (next && !isBefore(from, next.runTime.start)) return next.runTime.start
    if (!isBefore(from, earliest)) return from
  }
  return earliest
}

/** A module of the catalogue as far as it decides who may buy it; staff also sell those that members cannot buy online. */
export function readModule({ module, rateIds }: AdditionalModuleRecord, { isStaff } = { isStaff: false }): SoldModule {
  const { id, multipleAllowed, startRule } = module
  return {
    id,
    multipleAllowed,
    rateIds,
    startRule,
    isSoldOnline: module.onlineBookable || isStaff,
    hasTerm: module.termValue !== null,
    hasTrial: module.trialTermValue !== null,
    findEnd: (start, withTrial) => findModuleEnd(module, start, withTrial),
  }
}
