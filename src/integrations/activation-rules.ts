import type { ActivationStatus } from './integration-store.ts'

const steps: Readonly<Record<ActivationStatus, readonly ActivationStatus[]>> = {
  REQUESTED: ['ACTIVE', 'ENDED'],
  ACTIVE: ['SUSPENDED', 'ENDED'],
  SUSPENDED: ['ACTIVE', 'ENDED'],
  ENDED: [],
}

/** Whether an activation may go from one state to another. */
export function judgeActivationStep(from: ActivationStatus, to: ActivationStatus): 'ALLOWED' | 'REFUSED' {
  return steps[from].includes(to) ? 'ALLOWED' : 'REFUSED'
}
