import type { Command } from 'commander'
import { allowSharing, switchStudio, withdrawSharing } from '../../../customers/index.ts'
import { parseId, tenantCommand } from '../../command.ts'
import { parseDate } from '../../input/local-times.ts'

interface Switch {
  readonly to: number
  readonly on: Temporal.PlainDate
  readonly description?: string
}

/** Commands about where a customer belongs and who may know. */
export function addCustomerStudioCommands(customer: Command) {
  const move = customer
    .command('switch-studio <customerId>')
    .description('move a customer to another studio, with contracts and open wishes')
    .requiredOption('--to <studioId>', 'where the customer belongs from then on', parseId)
    .requiredOption('--on <date>', 'first day there, in the past three months', parseDate)
    .option('--description <text>', 'why')
  tenantCommand<Switch>(move, async ({ write }, { args: [id = ''], options: { to, on, description } }) => {
    const request = { customerId: parseId(id), targetStudioId: to, switchDate: on, description }
    await write((work) => switchStudio(work, request))
    return { customerId: request.customerId, studioId: to }
  })
  const block = customer
    .command('block-integration <customerId> <integrationId>')
    .description(
      'share no data of a customer with an integration: it receives a last event, and sees the customer no more',
    )
    .option('--reason <text>', 'why')
  tenantCommand<{ reason?: string }>(block, async ({ write }, { args: [customer = '', integration = ''], options }) => {
    const [customerId, integrationId] = [parseId(customer), parseId(integration)]
    await write((work) => withdrawSharing(work, customerId, integrationId, options.reason ?? null))
    return { customerId, integrationId, isBlocked: true }
  })
  const unblock = customer
    .command('unblock-integration <customerId> <integrationId>')
    .description('share data of a customer with an integration again')
  tenantCommand(unblock, async ({ write }, { args: [customer = '', integration = ''] }) => {
    const [customerId, integrationId] = [parseId(customer), parseId(integration)]
    await write((work) => allowSharing(work, customerId, integrationId))
    return { customerId, integrationId, isBlocked: false }
  })
}
