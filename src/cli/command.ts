import { type Command, InvalidArgumentError } from 'commander'
import type { Platform } from '../platform/platform.ts'
import { printResult } from './output.ts'
import { openTenantSession, type PlatformNeeds, type TenantSession, withPlatform } from './session.ts'
import { showsNothing } from '../platform/validation/pasted-text.ts'
import { CommandFailure, UsageError } from './failures.ts'
import { refuseUnknownParents } from './input/known-parents.ts'
import { chooseTenant } from './input/tenant-choice.ts'
import { explainViolation, type GivenValues } from './violations.ts'

/** Values of a command line: the positional arguments in order, the options by name. */
export interface Given<O> {
  readonly args: readonly string[]
  readonly options: O
}

type Action<O, T> = (given: Given<O>) => Promise<T>

/** Gives a command its `--json` and prints what it answers. */
export function plainCommand<O extends object>(command: Command, action: Action<O, unknown>): Command {
  return command.option('--json', 'print the result as JSON').action(async (...all: unknown[]) => {
    const options = command.opts<O & { json?: boolean }>()
    const args = all.slice(0, -2) as string[]
    refuseUnseen(command, args)
    const result = await action({ args, options }).catch((error: unknown) => {
      const violation = explainViolation(error, nameValues(command, args))
      throw violation ? new CommandFailure(violation.message, violation.exit) : error
    })
    printResult(result, options.json === true)
  })
}

/** Texts of which nothing can be seen are refused; a blank one too where the command needs a text. */
function refuseUnseen(command: Command, args: readonly string[]) {
  const given = command.registeredArguments.map((argument, at) => [`<${argument.name()}>`, args[at], false] as const)
  const chosen = command.options.map(
    (option) => [option.long, command.getOptionValue(option.attributeName()), option.mandatory] as const,
  )
  for (const [name, value, isNeeded] of [...given, ...chosen]) {
    if (typeof value !== 'string') continue
    if (showsNothing(value) || (isNeeded && value.trim() === '')) throw new UsageError(`${name} holds no text.`)
  }
}

function nameValues(command: Command, args: readonly string[]): GivenValues {
  const positional = command.registeredArguments.map((argument, at) => [argument.name(), args[at]])
  return { ...Object.fromEntries(positional), ...command.opts() }
}

/** A command on the whole deployment. */
export function platformCommand<O extends object>(
  command: Command,
  action: (platform: Platform, given: Given<O>) => Promise<unknown>,
  options: PlatformNeeds = {},
): Command {
  return plainCommand<O>(command, (given) => withPlatform((platform) => action(platform, given), options))
}

/** A command about one tenant, chosen with `--tenant` where there are several. */
export function tenantCommand<O extends object>(
  command: Command,
  action: (session: TenantSession, given: Given<O>) => Promise<unknown>,
): Command {
  command.option('--tenant <slug>', 'the tenant; not needed where there is only one')
  return platformCommand<O & { tenant?: string }>(command, async (platform, given) => {
    const tenant = await chooseTenant(platform, given.options.tenant)
    // Fills the hooks by which modules take part in each other's units.
    await import('../modules.ts')
    const session = openTenantSession(platform, tenant)
    await refuseUnknownParents(session, command, given.args)
    return action(session, given)
  })
}

/** An id on the command line. */
export function parseId(text: string): number {
  if (/^[1-9]\d{0,15}$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text)
  throw new InvalidArgumentError('An id is a positive whole number.')
}

export function parseWhole(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('A whole number is needed.')
}

/** The parts of `a,b,c`; blanks around the commas do not matter. */
export function splitList(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/** The same for lists of names, of which each counts once. */
export const parseList = (text: string): string[] => [...new Set(splitList(text))]

export const parseIds = (text: string): number[] => [...new Set(splitList(text).map(parseId))]

/** A moment on the command line, with its offset. */
export function parseInstant(text: string): Temporal.Instant {
  try {
    return Temporal.Instant.from(text)
  } catch {
    throw new InvalidArgumentError('A time has an offset, as in 2026-06-15T09:00:00+02:00.')
  }
}
