import type { Command } from 'commander'
import { notFound } from '../../platform/errors/errors.ts'
import type { TenantSession } from '../session.ts'
import { getStudio } from './studio-choice.ts'

/**
 * Refuses a studio or customer who is not there, whatever the command does: a list of what belongs to them would be empty,
 * and a typing error stay unnoticed. Erased customers are there, because books of theirs remain.
 */
export async function refuseUnknownParents(
  { read }: TenantSession,
  command: Command,
  args: readonly string[],
): Promise<void> {
  const named = (name: string) => findGiven(command, args, name)
  const [studioId, customerId] = [named('studio'), named('customer')]
  if (studioId === undefined && customerId === undefined) return
  const { isKnownCustomer } = await import('../../customers/index.ts')
  await read(async ({ db }) => {
    if (studioId !== undefined) await getStudio(db, studioId)
    if (customerId !== undefined && !(await isKnownCustomer(db, customerId))) throw notFound('customer', customerId)
  })
}

/** `<studioId>` or `--studio <id>`; a value that is no id is left to the command. */
function findGiven(command: Command, args: readonly string[], name: string): number | undefined {
  const at = command.registeredArguments.findIndex((argument) => argument.name() === `${name}Id`)
  const given: unknown = at < 0 ? command.getOptionValue(name) : Number(args[at])
  return typeof given === 'number' && Number.isSafeInteger(given) && given > 0 ? given : undefined
}
