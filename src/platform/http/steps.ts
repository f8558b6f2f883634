import type { HeldPlace } from '../places/held-place.ts'
import type { ApiCaller } from '../units/caller.ts'
import { ApiError } from '../errors/errors.ts'
import type { Answer } from '../units/idempotency.ts'
import type { Input, Operation, Output } from '../api/operation.ts'
import type { LockedRow, Turns } from '../units/single-file.ts'
import type { UnitOptions, Units } from '../units/units.ts'
import type { UnitOfWork, View } from '../units/work.ts'
import { defined } from '../values/defined.ts'

/** What a deciding operation may do, one after the other; what its `write` has done is committed when that returns. */
export interface Steps<C extends ApiCaller> {
  readonly caller: C
  read<T>(work: (view: View<C>) => Promise<T>): Promise<T>
  /** `rows` are those that the unit locks: writes of the same row wait for each other in memory, without a connection. */
  write<T>(work: (unit: UnitOfWork<C>) => Promise<T>, rows?: readonly LockedRow[]): Promise<T>
}

/**
 * The answer, nothing where the operation may answer without a body, or a refusal. A refusal that is returned keeps what
 * has been written before it; one that is thrown inside a step takes that step back.
 */
export type Decision<O extends Operation> = Output<O> | undefined | ApiError

export type Decide<C extends ApiCaller, O extends Operation> = (
  steps: Steps<C>,
  input: Input<O>,
) => Promise<Decision<O>>

interface StepsDeps<C extends ApiCaller> {
  readonly caller: C
  readonly units: Units
  readonly options: UnitOptions<Answer>
  readonly place: HeldPlace | undefined
  readonly turns: Turns
}

/**
 * Runs a decision. Under an `Idempotency-Key` all its steps share one transaction, the one that finds or stores the
 * answer; without one each step has its own, so that a decision that writes nothing costs no transaction.
 */
export function runSteps<C extends ApiCaller>(
  { caller, units, place, turns, options: { lockTimeoutMs, replay, remember } }: StepsDeps<C>,
  hasKey: boolean,
  decide: (steps: Steps<C>) => Promise<Answer | ApiError>,
): Promise<Answer | ApiError> {
  const wait = defined({ lockTimeoutMs })
  if (!hasKey) {
    return decide({
      caller,
      read: (work) => units.read(caller, work),
      write: (work, rows = []) => {
        const turn = { tenantId: caller.tenantId, rows, waits: place }
        return turns.run(turn, () => units.write(caller, work, wait))
      },
    })
  }
  return units.write<C, Answer | ApiError>(
    caller,
    (unit) => decide({ caller, read: (work) => work(unit), write: (work) => work(unit) }),
    {
      ...wait,
      ...defined({ replay }),
      // Only what was done is remembered: a refused call may be repeated once its reason is gone.
      remember: (made, done) => (made instanceof ApiError ? undefined : remember?.(made, done)),
    },
  )
}
