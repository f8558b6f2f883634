import type { Command } from 'commander'
import { type BreakableRule, breakableRules } from '../../bookings/index.ts'
import { parseList } from '../command.ts'
import { UsageError } from '../failures.ts'

interface ForceOption {
  readonly force?: string[]
}

/** Rules that staff break on purpose; each is named in the audit log. */
export function withForce(command: Command): Command {
  return command.option('--force <list>', `break these rules: ${breakableRules.join(', ')}`, parseList)
}

export function readForce({ force = [] }: ForceOption): readonly BreakableRule[] {
  return force.map((text) => {
    const found = breakableRules.find((rule) => rule === text.toUpperCase())
    if (found) return found
    throw new UsageError(`--force knows ${breakableRules.join(', ')}.`)
  })
}

export function readAttendance(text: string) {
  const known = ['PARTICIPATING', 'NOT_PARTICIPATING', 'UNSET'] as const
  const found = known.find((status) => status === text.toUpperCase())
  if (found) return found
  throw new UsageError('The status is participating, not_participating or unset.')
}
