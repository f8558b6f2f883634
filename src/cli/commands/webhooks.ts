import type { Command } from 'commander'
import { defined } from '../../platform/values/defined.ts'
import {
  cancelDelivery,
  countReplayable,
  type DeliveryFilter,
  type DeliveryState,
  listAttempts,
  listDeliveries,
  replayDeliveries,
  replayDelivery,
  sendTestEvent,
} from '../../webhooks/index.ts'
import { parseId, parseInstant, parseList, parseWhole, tenantCommand } from '../command.ts'
import { withOutgoingHttp } from './endpoints.ts'
import { CommandFailure, UsageError } from '../failures.ts'

interface FilterOptions {
  readonly state?: string[]
  readonly integration?: number
  readonly endpoint?: number
  readonly activation?: number
  readonly entity?: number
  readonly type?: string
  readonly event?: string
  readonly from?: string
  readonly until?: string
}

const states: readonly DeliveryState[] = ['PENDING', 'RETRY_WAIT', 'DELIVERED', 'DEAD', 'CANCELLED']

export function addWebhookCommands(program: Command) {
  const webhook = program.command('webhook')
  const list = withFilter(webhook.command('list').description('list deliveries, newest first'))
    .option('--limit <n>', 'how many', parseWhole, 50)
    .option('--before <deliveryId>', 'only older ones', parseId)
  tenantCommand<FilterOptions & { limit: number; before?: number }>(list, ({ read }, { options }) => {
    const { limit, before } = options
    const page = { limit, ...defined({ before }) }
    return read(({ db }) => listDeliveries(db, readFilter(options), page))
  })
  const show = webhook.command('attempts <deliveryId>').description('every call of a delivery and what came back')
  tenantCommand(show, ({ read }, { args: [id = ''] }) => read(({ db }) => listAttempts(db, parseId(id))))
  addReplay(webhook)
  const cancel = webhook.command('cancel <deliveryId>').description('give up a delivery that is not finished')
  tenantCommand(cancel, async ({ write }, { args: [id = ''] }) => {
    await write((work) => cancelDelivery(work, parseId(id)))
    return { deliveryId: parseId(id) }
  })
  addTest(webhook)
}

function addReplay(webhook: Command) {
  const replay = withFilter(
    webhook
      .command('replay [deliveryId]')
      .description('deliver again what is dead or was delivered: one delivery, or all that match the options')
      .option('--dry-run', 'only count'),
  )
  tenantCommand<FilterOptions & { dryRun?: boolean }>(replay, async ({ read, write }, { args: [id], options }) => {
    if (id !== undefined) {
      await write((work) => replayDelivery(work, parseId(id)))
      return { replayed: 1 }
    }
    const filter = readFilter(options)
    if (Object.keys(filter).length === 0) throw new UsageError('Name a delivery, or narrow with the options.')
    if (options.dryRun) return { replayable: await read((view) => countReplayable(view, filter)) }
    return { replayed: await write((work) => replayDeliveries(work, filter)) }
  })
}

function addTest(webhook: Command) {
  const call = webhook
    .command('test <endpointId>')
    .description('send a signed event now and print what came back; fails unless it was accepted')
    .option('--activation <id>', 'on whose behalf; left out: the first that sends', parseId)
  tenantCommand<{ activation?: number }>(call, async ({ platform, caller }, { args: [id = ''], options }) => {
    const { units, secrets, real, config } = platform
    const { activation } = options
    const wanted = { endpointId: parseId(id), ...defined({ activationId: activation }) }
    const outcome = await withOutgoingHttp(platform, (http) =>
      sendTestEvent({ http, real, units, secrets, timeoutMs: config.webhookTimeoutMs }, caller, wanted),
    )
    const { httpStatus, error } = outcome
    if (httpStatus !== null && httpStatus >= 200 && httpStatus < 300) return outcome
    throw new CommandFailure(`Not accepted: ${httpStatus ?? error}.`)
  })
}

function withFilter(command: Command): Command {
  return command
    .option('--state <list>', states.join(', '), parseList)
    .option('--integration <id>', 'of one integration', parseId)
    .option('--endpoint <id>', 'to one endpoint', parseId)
    .option('--activation <id>', 'on behalf of one activation', parseId)
    .option('--entity <id>', 'about one thing', parseId)
    .option('--type <type>', 'of one type')
    .option('--event <uuid>', 'of one event')
    .option('--from <time>', 'of events from this time on, for instance 2026-06-15T09:00:00+02:00')
    .option('--until <time>', 'of events before this time')
}

function readFilter(options: FilterOptions): DeliveryFilter {
  const { state, integration, endpoint, activation, entity, type, event, from, until } = options
  return {
    ...defined({
      states: state?.map(readState),
      integrationId: integration,
      endpointId: endpoint,
      activationId: activation,
      entityId: entity,
      eventType: type,
      eventUuid: event,
    }),
    ...(from === undefined ? {} : { from: parseInstant(from) }),
    ...(until === undefined ? {} : { until: parseInstant(until) }),
  }
}

function readState(text: string): DeliveryState {
  const found = states.find((state) => state === text.toUpperCase())
  if (found) return found
  throw new UsageError(`A state is one of ${states.join(', ')}.`)
}
