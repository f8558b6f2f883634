/** Rules that staff may break on purpose, by the names of the back office. */
export const breakableRules = [
  'CAPACITY',
  'WINDOW',
  'CONTINGENT',
  'RESTRICTION',
  'OTHER_BOOKING',
  'CLOSED',
  'IDLE',
  'BLOCKED',
  'RESOURCE',
] as const

export type BreakableRule = (typeof breakableRules)[number]

/** One line of a validation table: the answer, the rule that staff may break (null = never), and when it applies. */
export type Check<Status extends string, Facts> = readonly [
  status: Status,
  rule: BreakableRule | null,
  fails: (facts: Facts) => boolean,
]

/** The answer of the first check that fails, undefined when all pass. Broken rules are not asked. */
export function firstFailing<Status extends string, Facts>(
  checks: readonly Check<Status, Facts>[],
  facts: Facts,
  broken: readonly BreakableRule[] = [],
): Status | undefined {
  return checks.find(([, rule, fails]) => !(rule !== null && broken.includes(rule)) && fails(facts))?.[0]
}

/** The failing checks of the whole table, in order, with the rules that staff could break to pass. */
export function allFailing<Status extends string, Facts>(
  checks: readonly Check<Status, Facts>[],
  facts: Facts,
): readonly Failure<Status>[] {
  const failures: Failure<Status>[] = []
  for (const [status, rule, fails] of checks) if (fails(facts)) failures.push({ status, rule })
  return failures
}

/** Each answer once, in order. */
export function listStatuses<Status extends string>(failures: readonly Failure<Status>[]): readonly Status[] {
  return [...new Set(failures.map(({ status }) => status))]
}

export interface Failure<Status extends string> {
  readonly status: Status
  readonly rule: BreakableRule | null
}
