import type { Command } from 'commander'
import {
  acceptAmendment,
  configureAmendments,
  listAmendmentConfig,
  listAmendments,
  rejectAmendment,
} from '../../../self-service/index.ts'
import { parseId, tenantCommand } from '../../command.ts'
import { UsageError } from '../../failures.ts'

interface Inbox {
  readonly studio: number
}

interface Configuration {
  readonly studio: number
  readonly requireSignature?: boolean
}

const kinds = [
  ...(['CONTACT_DATA', 'ADDRESS_DATA', 'MASTER_DATA', 'PAYMENT_DATA'] as const),
  ...(['CONTRACT_CANCELATION', 'MODULE_CANCELATION', 'IDLE_PERIOD'] as const),
]
const modes = ['READ', 'CHANGES_REQUIRE_VERIFICATION', 'CHANGES_WITHOUT_VERIFICATION'] as const

export function addAmendmentCommands(program: Command) {
  const amendment = program.command('amendment')
  const list = amendment
    .command('list')
    .description('what waits for the staff of a studio: what is there, what is wished, what changed meanwhile')
    .requiredOption('--studio <id>', 'the studio', parseId)
  tenantCommand<Inbox>(list, ({ read }, { options: { studio } }) => read((view) => listAmendments(view, studio)))
  const accept = amendment
    .command('accept <amendmentId>')
    .description('let a wish come true')
    .option('--force', 'also when the same data was changed meanwhile')
  tenantCommand<{ force?: boolean }>(accept, async ({ write, platform: { secrets } }, { args: [id = ''], options }) => {
    await write((work) => acceptAmendment(work, parseId(id), { force: options.force === true, secrets }))
    return { amendmentId: parseId(id), status: 'ACCEPTED' }
  })
  const reject = amendment
    .command('reject <amendmentId>')
    .description('turn a wish down')
    .requiredOption('--reason <text>', 'shown to the customer')
  tenantCommand<{ reason: string }>(reject, async ({ write }, { args: [id = ''], options: { reason } }) => {
    await write((work) => rejectAmendment(work, parseId(id), reason))
    return { amendmentId: parseId(id), status: 'REJECTED' }
  })
  addConfiguration(amendment)
}

function addConfiguration(amendment: Command) {
  const show = amendment
    .command('modes')
    .description('what customers of a studio may change by themselves')
    .requiredOption('--studio <id>', 'the studio', parseId)
  tenantCommand<Inbox>(show, ({ read }, { options: { studio } }) => read((view) => listAmendmentConfig(view, studio)))
  const set = amendment
    .command('configure <kind> <mode>')
    .description(`set one kind (${kinds.join(', ')}) to one of ${modes.join(', ')}`)
    .requiredOption('--studio <id>', 'the studio', parseId)
    .option('--require-signature', 'PAYMENT_DATA only')
  tenantCommand<Configuration>(set, async ({ write }, { args: [kind, mode], options }) => {
    const config = {
      studioId: options.studio,
      kind: parseChoice(kinds, kind),
      mode: parseChoice(modes, mode),
      requireSignature: options.requireSignature === true,
    }
    await write((work) => configureAmendments(work, config))
    return config
  })
}

function parseChoice<const T extends string>(words: readonly T[], given = ''): T {
  const found = words.find((word) => word === given.toUpperCase())
  if (found) return found
  throw new UsageError(`${given} is none of ${words.join(', ')}.`)
}
