import type { FailureKind } from './mail.ts'

/** Minutes to wait after each attempt that failed for now: about a day, as mail servers themselves do. */
const waits = [1, 5, 15, 60, 240, 480, 720]

export type NextStep =
  | { readonly state: 'QUEUED'; readonly waitMinutes: number }
  | { readonly state: 'FAILED' | 'UNCERTAIN' }

/** What follows from an attempt that failed; `attempts` counts it. What may have arrived is never repeated by itself. */
export function planNextStep(kind: FailureKind, attempts: number): NextStep {
  if (kind === 'UNCERTAIN') return { state: 'UNCERTAIN' }
  const waitMinutes = waits[attempts - 1]
  return kind === 'PERMANENT' || waitMinutes === undefined ? { state: 'FAILED' } : { state: 'QUEUED', waitMinutes }
}
