import type { Command } from 'commander'
import { migrate, pendingMigrations } from '../../../platform/database/migrate.ts'
import { plainCommand } from '../../command.ts'
import { exitCode } from '../../exit-codes.ts'
import { reachDatabase, readEnvironment } from '../../session.ts'

export function addDatabaseCommands(program: Command) {
  const command = program
    .command('migrate')
    .option('--check', 'only say how many migrations are missing; fails when there are any')
  plainCommand<{ check?: boolean }>(command, async ({ options }) => {
    const database = await reachDatabase(readEnvironment(), { makesDatabase: options.check !== true })
    try {
      const pending = await pendingMigrations(database.connectionString)
      if (options.check && pending > 0) process.exitCode = exitCode.failure
      if (!options.check) await migrate(database.connectionString)
      return options.check ? { pending } : { applied: pending }
    } finally {
      await database.close()
    }
  })
}
