import type { Command } from 'commander'
import { listAllTenantIds } from '../../../platform/jobs/schedule-store.ts'
import { resealTenant } from '../../../platform/database/reseal.ts'
import { resealSecretCheck } from '../../../platform/deployment/guard.ts'
import { platformCommand } from '../../command.ts'

export function addSecretCommands(program: Command) {
  const rotate = program
    .command('secret')
    .command('rotate')
    .description('encrypt everything with the first key that is still encrypted with a later one')
  platformCommand(rotate, async ({ database, secrets, connectionString }) => {
    let resealed = (await resealSecretCheck(connectionString, secrets)) ? 1 : 0
    for (const tenantId of await database.read('none', listAllTenantIds)) {
      resealed += await resealTenant(database, secrets, tenantId)
    }
    return { resealed }
  })
}
