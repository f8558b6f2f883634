import type { Command } from 'commander'
import { importKey, issueKey, listKeys, revealWebhookKey, revokeKey, rotateKey } from '../../integrations/index.ts'
import { defined } from '../../platform/values/defined.ts'
import { parseId, parseWhole, tenantCommand } from '../command.ts'
import { UsageError } from '../failures.ts'
import { readText } from '../input/text-file.ts'

interface KindOption {
  readonly kind: string
}

type KeyKind = 'INBOUND' | 'WEBHOOK'

export function addKeyCommands(program: Command) {
  const key = program.command('key')
  const issue = withKind(key.command('issue <activationId>').description('make one more key'))
  tenantCommand<KindOption>(issue, ({ write, platform: { secrets }, realNow }, { args: [id = ''], options }) =>
    write((work) => issueKey(work, parseId(id), readKind(options.kind), { secrets, realNow })),
  )
  const take = withKind(
    key
      .command('import <activationId>')
      .description('take over a key that the partner uses already; it is read from stdin, or from a file')
      .option('--file <path>', 'read the key from this file'),
  )
  tenantCommand<KindOption & { file?: string }>(
    take,
    ({ write, platform: { secrets }, realNow }, { args: [id = ''], options }) => {
      const wanted = { kind: readKind(options.kind), key: readText(options.file ?? '-').trim() }
      return write(async (work) => {
        const { keyId } = await importKey(work, parseId(id), wanted, { secrets, realNow })
        return { keyId }
      })
    },
  )
  const rotate = withKind(
    key
      .command('rotate <activationId>')
      .description('make a new key and let the newest inbound one live on for a while')
      .option('--grace-days <n>', 'how long (default 7)', parseWhole),
  )
  tenantCommand<KindOption & { graceDays?: number }>(
    rotate,
    ({ write, platform: { secrets }, realNow }, { args: [id = ''], options: { kind, graceDays } }) => {
      const wanted = { kind: readKind(kind), ...defined({ graceDays }) }
      return write((work) => rotateKey(work, parseId(id), wanted, { secrets, realNow }))
    },
  )
  const revoke = key.command('revoke <keyId>').description('end a key everywhere within five seconds')
  tenantCommand(revoke, async ({ write, realNow }, { args: [id = ''] }) => {
    await write((work) => revokeKey(work, parseId(id), realNow))
    return { keyId: parseId(id) }
  })
  const show = key
    .command('show-webhook <activationId>')
    .description('show the current webhook key; leaves an audit line')
  tenantCommand(show, async ({ write, platform: { secrets }, realNow }, { args: [id = ''] }) => ({
    key: await write((work) => revealWebhookKey(work, parseId(id), { secrets, realNow })),
  }))
  const list = key.command('list <activationId>').description('list keys with their last characters')
  tenantCommand(list, ({ read }, { args: [id = ''] }) => read((view) => listKeys(view, parseId(id))))
}

function withKind(command: Command): Command {
  return command.option('--kind <kind>', 'inbound (partner calls us) or webhook (we call the partner)', 'inbound')
}

function readKind(text: string): KeyKind {
  if (text === 'inbound') return 'INBOUND'
  if (text === 'webhook') return 'WEBHOOK'
  throw new UsageError('--kind is inbound or webhook.')
}
