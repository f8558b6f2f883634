import type { Command } from 'commander'
import { createTenant, nextId } from '../../studios/index.ts'
import { addSecretRotation } from './access.ts'
import { platformCommand } from '../command.ts'
import { cliCaller } from '../session.ts'
import { listTenants } from '../input/tenant-choice.ts'

interface NewTenant {
  readonly name: string
  readonly language: string
}

export function addTenantCommands(program: Command) {
  const tenant = program.command('tenant').description('gym companies on this installation')
  const create = tenant
    .command('create <slug>')
    .description('add a gym company')
    .requiredOption('--name <name>', 'name of the company')
    .option('--language <tag>', 'language of texts where nothing else decides', 'en')
  platformCommand<NewTenant>(create, async ({ database, units, secrets }, { args: [slug = ''], options }) => {
    const id = await database.read('none', nextId)
    const wanted = { slug, name: options.name, defaultLanguage: options.language }
    await units.write(cliCaller(id), (work) => createTenant(work, wanted, secrets))
    return { id, slug }
  })
  platformCommand(tenant.command('list').description('list the gym companies'), ({ database }) =>
    database.read('none', listTenants),
  )
  addSecretRotation(tenant)
}
