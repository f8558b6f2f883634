import { Command } from 'commander'
import { type CommandGroup, commandGroups } from './command-groups.ts'

const EXIT_CODES = `
Exit codes: 0 done, 1 failed, 2 called wrongly, 3 not found, 4 conflict, 5 database not reachable.
Settings are read from the environment (PALESTRA_…), see docs/configuration.md.`

/**
 * The command line as far as `words` need it: the other groups are only named, because loading all of them takes seconds.
 * Errors are thrown, so that one function decides about exit codes.
 */
export async function buildProgram(words: readonly string[]): Promise<Command> {
  await refuseUnreadable(words)
  const called = words.find((word) => !word.startsWith('-') && word !== 'help')
  return addGroups((group) => called !== undefined && Object.hasOwn(group.about, called))
}

/** Node.js writes this sign in place of bytes that are no UTF-8: the text that was meant is lost. */
async function refuseUnreadable(words: readonly string[]) {
  if (!words.some((word) => word.includes('\uFFFD'))) return
  // Loaded only when needed: with it comes the driver of the database.
  const { UsageError } = await import('./failures.ts')
  throw new UsageError('The command line is not text in UTF-8.')
}

/** With every command. */
export const buildWholeProgram = (): Promise<Command> => addGroups(() => true)

async function addGroups(isNeeded: (group: CommandGroup) => boolean): Promise<Command> {
  const program = new Command('palestra')
    .description('Palestra, the open gym-management platform.')
    .addHelpText('after', EXIT_CODES)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
  for (const group of commandGroups) {
    if (isNeeded(group)) (await group.load())(program)
    else for (const name of Object.keys(group.about)) program.command(name)
    for (const command of program.commands) {
      const about = group.about[command.name()]
      if (about !== undefined) command.description(about)
    }
  }
  return program
}
