import { isInForce, judgeStatus } from '../customers/status-rules.ts'
import { isAfter } from '../platform/time/order.ts'
import { dateIn } from '../platform/time/zoned-time.ts'
import type { BenefitContract, BenefitFacts, BenefitRule, OfferedBenefit } from './benefit-facts.ts'
import { type Anchorage, type BenefitPeriod, benefitPeriodAt } from './period-rules.ts'

/** Why a benefit cannot be used now. */
export type BenefitRefusal =
  | 'NOT_FOUND'
  | 'ACCESS_RESTRICTED'
  | 'NO_ACTIVE_CONTRACT'
  | 'IDLE_PERIOD'
  | 'NOT_ENTITLED'
  | 'CONTINGENT_EXHAUSTED'

/** A rule that applies to the customer by one contract (0 = by a personal grant), and how far it is used up. */
export interface BenefitChoice {
  readonly ruleId: number
  readonly contractId: number
  /** Null = without limit, and then there is no period. */
  readonly amount: number | null
  readonly period: BenefitPeriod | null
  readonly used: number
}

export type BenefitVerdict =
  | { readonly isUsable: true; readonly benefitId: number; readonly choices: readonly BenefitChoice[] }
  /** `choices` are those that are used up. */
  | { readonly isUsable: false; readonly reason: BenefitRefusal; readonly choices: readonly BenefitChoice[] }

const unknown: BenefitVerdict = { isUsable: false, reason: 'NOT_FOUND', choices: [] }

/**
 * Whether a customer may use a benefit now, by the configuration and the calendar of the home studio. The choices come in
 * the order in which they are to be used: without limit first, then what ends first, then the older contract.
 */
export function judgeBenefit(facts: BenefitFacts, benefit: OfferedBenefit | undefined, now: Temporal.Instant) {
  if (benefit === undefined) return unknown
  const today = dateIn(now, facts.zone)
  if (facts.restrictions.some((each) => isInForce(each, today.toString()))) return refuse('ACCESS_RESTRICTED')
  const choices = benefit.rules.flatMap((rule) => listChoices(rule, facts, today)).toSorted(compareChoices)
  if (choices.length === 0) return refuse(reasonWithoutRule(facts, today))
  const usable = choices.filter(hasRest)
  if (usable.length === 0) return refuse('CONTINGENT_EXHAUSTED', choices)
  return { isUsable: true, benefitId: benefit.benefitId, choices: usable } satisfies BenefitVerdict
}

/**
 * All benefits by key, or those of the keys in their order without repeats; a key may hold several, separated by commas.
 * Unknown keys get a verdict too.
 */
export function judgeBenefits(facts: BenefitFacts, keys: readonly string[] | undefined, now: Temporal.Instant) {
  const offered = new Map(facts.benefits.map((benefit) => [benefit.key, benefit]))
  const given = keys?.flatMap((key) => key.split(',')).map((key) => key.trim())
  const wanted = given?.filter((key) => key !== '') ?? [...offered.keys()].sort((a, b) => (a < b ? -1 : 1))
  return [...new Set(wanted)].map((key) => ({ key, verdict: judgeBenefit(facts, offered.get(key), now) }))
}

function refuse(reason: BenefitRefusal, choices: readonly BenefitChoice[] = []): BenefitVerdict {
  return { isUsable: false, reason, choices }
}

const hasRest = ({ amount, used }: BenefitChoice) => amount === null || used < amount

interface Span {
  readonly from: Temporal.PlainDate
  readonly lastDay: Temporal.PlainDate | null
}

function covers({ from, lastDay }: Span, date: Temporal.PlainDate): boolean {
  return !isAfter(from, date) && isNotAfter(date, lastDay)
}

function isNotAfter(date: Temporal.PlainDate, lastDay: Temporal.PlainDate | null): boolean {
  return lastDay === null || !isAfter(date, lastDay)
}

function isValid({ validFrom, validTo }: BenefitRule, today: Temporal.PlainDate): boolean {
  return (validFrom === null || !isAfter(validFrom, today)) && isNotAfter(today, validTo)
}

const isIdle = ({ idlePeriods }: BenefitContract, today: Temporal.PlainDate) =>
  idlePeriods.some((idle) => covers(idle, today))

/** Contracts that open something today, the oldest first. */
function runningContracts({ contracts }: BenefitFacts, today: Temporal.PlainDate): BenefitContract[] {
  return contracts
    .filter((contract) => covers(contract, today) && !isIdle(contract, today))
    .toSorted((a, b) => a.contractId - b.contractId)
}

/** The contracts through which a rule applies today; a member has what all members have once. */
function grantingContracts({ source, sourceId }: BenefitRule, facts: BenefitFacts, today: Temporal.PlainDate) {
  const running = runningContracts(facts, today)
  if (source === 'RATE') return running.filter(({ rateId }) => rateId === sourceId)
  if (source === 'MODULE') {
    return running.filter(({ modules }) => modules.some((one) => one.moduleId === sourceId && covers(one, today)))
  }
  return judgeStatus(facts.membershipUntil, today.toString()) === 'MEMBER' ? running.slice(0, 1) : []
}

function listChoices(rule: BenefitRule, facts: BenefitFacts, today: Temporal.PlainDate): BenefitChoice[] {
  if (!isValid(rule, today)) return []
  if (rule.source !== 'CUSTOMER') {
    return grantingContracts(rule, facts, today).map(({ contractId, startOn, lastDay }) =>
      findChoice(rule, contractId, { anchorOn: startOn, lastDay }, today),
    )
  }
  if (rule.sourceId !== facts.customerId) return []
  return [findChoice(rule, 0, { anchorOn: rule.validFrom ?? today, lastDay: rule.validTo }, today)]
}

function findChoice(
  { ruleId, limit, counters }: BenefitRule,
  contractId: number,
  anchorage: Anchorage,
  today: Temporal.PlainDate,
): BenefitChoice {
  if (limit.kind === 'UNLIMITED') return { ruleId, contractId, amount: null, period: null, used: 0 }
  const period = benefitPeriodAt(limit, anchorage, today)
  const counter = counters.find((each) => each.contractId === contractId && each.periodStart.equals(period.from))
  return { ruleId, contractId, amount: limit.amount, period, used: counter?.used ?? 0 }
}

function compareChoices(a: BenefitChoice, b: BenefitChoice): number {
  return (
    Number(a.amount !== null) - Number(b.amount !== null) ||
    compareEnds(a.period?.until ?? null, b.period?.until ?? null) ||
    a.contractId - b.contractId ||
    a.ruleId - b.ruleId
  )
}

/** What never ends comes last. */
function compareEnds(a: Temporal.PlainDate | null, b: Temporal.PlainDate | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return Temporal.PlainDate.compare(a, b)
}

function reasonWithoutRule(facts: BenefitFacts, today: Temporal.PlainDate): BenefitRefusal {
  const covering = facts.contracts.filter((contract) => covers(contract, today))
  if (covering.length === 0) return 'NO_ACTIVE_CONTRACT'
  return covering.every((contract) => isIdle(contract, today)) ? 'IDLE_PERIOD' : 'NOT_ENTITLED'
}
