import type { Command } from 'commander'
import { channels, directions, messageCategories, threadStatuses } from '../../communication/tables.ts'
import {
  configureChannel,
  findChannelConfig,
  getThreadForStaff,
  listConsent,
  recordReply,
  setPreferences,
  writeToCustomer,
} from '../../communication/index.ts'
import { defined } from '../../platform/values/defined.ts'
import { parseId, tenantCommand } from '../command.ts'
import { UsageError } from '../failures.ts'

interface Note {
  readonly subject: string
  readonly content: string
  readonly channel: string
  readonly direction: string
  readonly status: string
  readonly agent?: string
}

interface Offer {
  readonly studio: number
  readonly hide?: boolean
  readonly active?: boolean
  readonly fixed?: boolean
}

/** Conversations with customers, and how they may be written to. */
export function addCommunicationCommands(program: Command) {
  const thread = program.command('thread')
  tenantCommand(thread.command('show <threadId>').description('a conversation'), ({ read }, { args: [id = ''] }) =>
    read((view) => getThreadForStaff(view, parseId(id))),
  )
  const note = thread
    .command('note <threadId>')
    .description('record what was answered; nothing is sent')
    .requiredOption('--subject <text>')
    .requiredOption('--content <text>')
    .option('--channel <name>', channels.join(', '), 'OTHER')
    .option('--direction <name>', directions.join(', '), 'OUTGOING')
    .option('--status <name>', threadStatuses.join(', '), 'ONGOING')
    .option('--agent <name>', 'who spoke')
  tenantCommand<Note>(note, ({ write }, { args: [id = ''], options }) =>
    write((work) =>
      recordReply(work, parseId(id), {
        subject: options.subject,
        content: options.content,
        communicationChannel: parseChoice(channels, options.channel),
        communicationDirection: parseChoice(directions, options.direction),
        communicationThreadStatus: parseChoice(threadStatuses, options.status),
        ...defined({ agent: options.agent }),
      }),
    ),
  )
  addMessage(thread)
  addPreferenceCommands(program)
}

interface Message {
  readonly category: string
  readonly subject: string
  readonly text: string
  readonly agent?: string
  readonly thread?: number
}

function addMessage(thread: Command) {
  const write = thread
    .command('write <customerId>')
    .description('write a mail to a customer, unless the customer does not want it')
    .requiredOption('--subject <text>')
    .requiredOption('--text <text>')
    .option('--category <name>', messageCategories.join(', '), 'GENERAL')
    .option('--agent <name>', 'who writes')
    .option('--thread <id>', 'the conversation that it answers', parseId)
  tenantCommand<Message>(write, (session, { args: [id = ''], options }) => {
    const { category, thread: threadId, ...rest } = options
    const message = {
      customerId: parseId(id),
      category: parseChoice(messageCategories, category),
      subject: rest.subject,
      text: rest.text,
      ...defined({ agent: rest.agent, threadId }),
    }
    return session.write((work) => writeToCustomer(work, message, session.platform.secrets))
  })
}

function addPreferenceCommands(program: Command) {
  const preference = program.command('preference')
  const matrix = preference
    .command('matrix')
    .description('what a studio offers, and what counts without a choice of the customer')
    .requiredOption('--studio <id>', 'the studio', parseId)
  tenantCommand<{ studio: number }>(matrix, ({ read }, { options: { studio } }) =>
    read(({ db }) => findChannelConfig(db, studio)),
  )
  const offer = preference
    .command('configure <category> <channel>')
    .description('set what a studio offers; without options: offered, off, for the customer to choose')
    .requiredOption('--studio <id>', 'the studio', parseId)
    .option('--hide', 'not offered')
    .option('--active', 'on unless the customer chooses otherwise')
    .option('--fixed', 'not for the customer to choose')
  tenantCommand<Offer>(offer, async ({ write }, { args: [category, channel], options }) => {
    const config = {
      category: parseChoice(messageCategories, category),
      channel: parseChoice(channels, channel),
      available: options.hide !== true,
      defaultActive: options.active === true,
      customerOverridable: options.fixed !== true,
    }
    await write((work) => configureChannel(work, options.studio, config))
    return config
  })
  const set = preference
    .command('set <customerId> <category> <channel> <on|off>')
    .description('record what a customer has chosen')
  tenantCommand(set, async ({ write }, { args: [id = '', category, channel, choice] }) => {
    const active = parseChoice(['ON', 'OFF'], choice) === 'ON'
    const communicationChannel = parseChoice(channels, channel)
    const wish = {
      messageCategory: parseChoice(messageCategories, category),
      channels: [{ communicationChannel, active }],
    }
    await write((work) => setPreferences(work, parseId(id), [wish]))
    return { customerId: parseId(id), ...wish }
  })
  const history = preference.command('history <customerId>').description('every change of consent, latest first')
  tenantCommand(history, ({ read }, { args: [id = ''] }) => read(({ db }) => listConsent(db, parseId(id))))
}

function parseChoice<const T extends string>(words: readonly T[], given = ''): T {
  const found = words.find((word) => word === given.toUpperCase())
  if (found) return found
  throw new UsageError(`${given} is none of ${words.join(', ')}.`)
}
