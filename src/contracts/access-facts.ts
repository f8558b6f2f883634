import type { CustomerStanding } from '../customers/index.ts'
import {
  type AllowedTime,
  type ContractStanding,
  readContracts,
  type PhaseJson,
  readSpan,
  readTimes,
  type SpanJson,
} from './contract-facts.ts'

/** A main contract as a door sees it. Dates are local and inclusive; no last day = it goes on. */
export interface AccessContract {
  readonly contractId: number
  /** First day of use. */
  readonly from: Temporal.PlainDate
  readonly lastDay: Temporal.PlainDate | null
  /** Null unless the day of the question is one of the days above. */
  readonly today: AccessToday | null
}

/** What a contract says about the day, the studio and the hour. */
export interface AccessToday {
  /** The pause that keeps the member out, with its last day where it has one. */
  readonly idle: { readonly lastDay: Temporal.PlainDate | null } | null
  readonly includesStudio: boolean
  /** Null = at any hour. */
  readonly allowedTimes: readonly AllowedTime[] | null
  readonly limit: PhaseJson['checkinLimit']
}

/**
 * All contracts of a customer that were not revoked, oldest first, and what those in force say about entering a studio on
 * a local date of it. Only pauses whose policy refuses access count.
 */
export function readAccessContracts(
  standing: CustomerStanding,
  { studioId, date }: { readonly studioId: number; readonly date: Temporal.PlainDate },
): AccessContract[] {
  const day = date.toString()
  return readContracts(standing).map((contract) => ({
    contractId: contract.contractId,
    ...readSpan(contract),
    today: isOn(contract, day) ? readToday(contract, { studioId, day }) : null,
  }))
}

const isOn = ({ from, lastDay }: SpanJson, day: string) => from <= day && (lastDay === null || day <= lastDay)

/** The first phase counts from the first day of use; a contract without phases lets nobody in. */
function readToday(
  { phases, idlePeriods, checkinStudioIds }: ContractStanding,
  { studioId, day }: { readonly studioId: number; readonly day: string },
): AccessToday | null {
  const phase = (phases ?? []).findLast(({ from }, k) => k === 0 || from <= day)
  if (phase === undefined) return null
  const idle = (idlePeriods ?? []).find((period) => period.refusesAccess && isOn(period, day))
  return {
    idle: idle === undefined ? null : { lastDay: readSpan(idle).lastDay },
    includesStudio: checkinStudioIds === null || checkinStudioIds.includes(studioId),
    allowedTimes: readTimes(phase.allowedTimes),
    limit: phase.checkinLimit,
  }
}
