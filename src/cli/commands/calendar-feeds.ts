import type { Command } from 'commander'
import { listFeedsOfTenant, revokeFeed } from '../../calendar-feeds/index.ts'
import { parseId, tenantCommand } from '../command.ts'

export function addCalendarFeedCommands(program: Command) {
  const feed = program.command('calendar-feed')
  const list = feed
    .command('list')
    .description('list those that were not revoked, with whose and of what they are; addresses are stored nowhere')
    .option('--studio <id>', 'only of this studio', parseId)
  tenantCommand<{ studio?: number }>(list, ({ read }, { options }) =>
    read(async ({ db }) => {
      const rows = await listFeedsOfTenant(db, options.studio)
      return rows.map(({ id, ...row }) => ({ calendarFeedId: id, ...row }))
    }),
  )
  const revoke = feed.command('revoke <calendarFeedId>').description('end an address at once')
  tenantCommand(revoke, async ({ write }, { args: [id = ''] }) => {
    await write((work) => revokeFeed(work, parseId(id)))
    return { calendarFeedId: parseId(id) }
  })
}
