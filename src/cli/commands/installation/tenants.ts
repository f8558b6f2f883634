import type { Command } from 'commander'
import { createTenant, nextId } from '../../../studios/index.ts'
import { addSecretRotation } from '../access.ts'
import { type Given, platformCommand } from '../../command.ts'
import { exitCode } from '../../exit-codes.ts'
import { CommandFailure, UsageError } from '../../failures.ts'
import { countTenantRows, removeTenant } from '../../../platform/deployment/tenant-removal.ts'
import type { Platform } from '../../../platform/platform.ts'
import { cliCaller } from '../../session.ts'
import { listTenants } from '../../input/tenant-choice.ts'

interface NewTenant {
  readonly name: string
  readonly language: string
}

export function addTenantCommands(program: Command) {
  const tenant = program.command('tenant')
  const create = tenant
    .command('create <slug>')
    .description('add a gym company')
    .requiredOption('--name <name>', 'name of the company')
    .option('--language <tag>', 'language of texts where nothing else decides', 'en')
  const add = async (
    { config, database, units, secrets }: Platform,
    { args: [slug = ''], options }: Given<NewTenant>,
  ) => {
    refuseInTrial(config)
    const id = await database.read('none', nextId)
    const wanted = { slug, name: options.name, defaultLanguage: options.language }
    await units.write(cliCaller(id), (work) => createTenant(work, wanted, secrets))
    return { id, slug }
  }
  platformCommand<NewTenant>(create, add, { makesDatabase: true })
  platformCommand(tenant.command('list').description('list the gym companies'), ({ database }) =>
    database.read('none', listTenants),
  )
  addSecretRotation(tenant)
  addRemoval(tenant)
}

/** The next start of a demo by silence would find a gym company that is not of the demo, and refuse it. */
function refuseInTrial({ demoChoice }: Platform['config']) {
  if (demoChoice !== 'silence') return
  throw new UsageError(
    'Without settings this is the demo, whose keys are published: set PALESTRA_SECRET_KEY for a gym company of your own, or PALESTRA_DEMO=true.',
  )
}

interface Removal {
  readonly slug: string
  readonly yes?: boolean
}

/** Neither reads nor writes anything sealed, so that it also removes what another secret has written. */
function addRemoval(tenant: Command) {
  const remove = tenant
    .command('remove')
    .description('count what a gym company has here; with --yes remove all of it for good')
    .requiredOption('--slug <slug>', 'the gym company')
    .option('--yes', 'remove it: people, bookings, files, audit log, everything')
  const run = async ({ database, files }: Platform, { options: { slug, yes } }: { readonly options: Removal }) => {
    const found = (await database.read('none', listTenants)).find((each) => each.slug === slug)
    if (!found) throw new CommandFailure(`There is no tenant ${slug}.`, exitCode.notFound)
    if (yes) return removeTenant({ database, files }, found.id)
    console.error(`This is what tenant ${slug} has. Nothing was removed; --yes removes all of it for good.`)
    return countTenantRows(database, found.id)
  }
  platformCommand<Removal>(remove, run, { isForAnySecret: true })
}
