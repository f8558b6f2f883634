import type { PhaseJson } from '../contract-facts.ts'

/** The rate of a contract on a day: that of the latest phase that has begun, or of the first one where none has. */
export function findRateOn(phases: readonly Pick<PhaseJson, 'from' | 'rateId'>[], day: string): number | undefined {
  return (phases.findLast(({ from }) => from <= day) ?? phases[0])?.rateId
}
