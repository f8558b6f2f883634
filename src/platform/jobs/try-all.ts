/** Takes the step for each thing, so that one that fails does not keep the others waiting; fails at the end. */
export async function tryAll<T>(all: readonly T[], step: (one: T) => Promise<void>, complaint: string) {
  const failures: unknown[] = []
  for (const one of all) await step(one).catch((error: unknown) => void failures.push(error))
  if (failures.length > 0) throw new AggregateError(failures, complaint)
}
