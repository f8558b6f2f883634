import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { demoTenants } from '../../../demo/house/chain.ts'
import { backUp, restore } from '../../../platform/bundled-postgres/index.ts'
import { pendingMigrations } from '../../../platform/database/migrate.ts'
import { refuseForeignDatabase } from '../../../platform/deployment/guard.ts'
import type { Config } from '../../../platform/config/config.ts'
import { plainCommand } from '../../command.ts'
import { exitCode } from '../../exit-codes.ts'
import { CommandFailure } from '../../failures.ts'
import { reachDatabase, readEnvironment } from '../../session.ts'

export function addBackupCommand(program: Command) {
  const command = program.command('backup <folder>')
  plainCommand(command, async ({ args: [folder = ''] }) => {
    const config = readEnvironment()
    refuseOwnServer(config, 'back it up with pg_dump, or with base backups and WAL')
    const database = await reachDatabase(config)
    try {
      await backUp(database.connectionString, resolve(config.dataDir), resolve(folder))
      return { backup: resolve(folder) }
    } finally {
      await database.close()
    }
  })
}

export function addRestoreCommand(program: Command) {
  const command = program.command('restore <folder>')
  plainCommand(command, async ({ args: [folder = ''] }) => {
    const config = readEnvironment()
    refuseOwnServer(config, 'restore it with pg_restore')
    if (!existsSync(folder)) throw new CommandFailure(`There is no folder ${folder}.`, exitCode.notFound)
    await restore(resolve(folder), resolve(config.dataDir))
    // Recovers the copy, and says at once when the secret does not fit.
    const database = await reachDatabase(config)
    try {
      await refuseForeignDatabase(database.connectionString, { config, demoTenants })
      return {
        restoredTo: resolve(config.dataDir),
        missingMigrations: await pendingMigrations(database.connectionString),
      }
    } finally {
      await database.close()
    }
  })
}

function refuseOwnServer({ databaseUrl }: Config, advice: string) {
  if (databaseUrl === undefined) return
  throw new CommandFailure(`PALESTRA_DATABASE_URL names a PostgreSQL of your own: ${advice}.`, exitCode.usage)
}
