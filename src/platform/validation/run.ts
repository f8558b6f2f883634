import type { TypedArgument, ValidationReason, Violation } from '../errors/errors.ts'

const violationLimit = 50

export type BoundCode = 'min' | 'max' | 'minLength' | 'maxLength' | 'minItems' | 'maxItems'

/** One validation: collects refusals in the order of the checks and keeps the first fifty. */
export class Run {
  readonly violations: Violation[] = []
  /** How many failed, kept or not. */
  count = 0
  /** Whether the value being read must be present: a required text must not be blank either. */
  isRequired = false

  refuse(reference: string, reason: ValidationReason, ...args: readonly TypedArgument[]): undefined {
    this.count += 1
    if (this.violations.length < violationLimit) {
      this.violations.push({ reference, code: `errormessage.validation.${reason}`, args })
    }
    return undefined
  }

  refuseBound(reference: string, reason: BoundCode, bound: number): undefined {
    const type = reason === 'min' || reason === 'max' ? 'DECIMAL' : 'INTEGER'
    return this.refuse(reference, reason, { type: 'STRING', value: reference }, { type, value: bound })
  }
}

export function refuseType(run: Run, reference: string, expected: string): undefined {
  const subject = reference === '' ? 'body' : reference
  return run.refuse(reference, 'type', { type: 'STRING', value: subject }, { type: 'STRING', value: expected })
}

/** Reads one value: coerced and with defaults. Refusals go to the run; the result is then meaningless. */
export type Check = (value: unknown, path: string, run: Run) => unknown
