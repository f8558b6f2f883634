import type { Command } from 'commander'
import {
  approveActivation,
  endActivation,
  listActivations,
  requestActivation,
  resumeActivation,
  type RevealDeps,
  sendNewLink,
  setActivationScopes,
  suspendActivation,
} from '../../integrations/index.ts'
import { defined } from '../../platform/values/defined.ts'
import type { Platform } from '../../platform/platform.ts'
import { parseId, parseList, parseWhole, tenantCommand } from '../command.ts'
import { expandScopes } from './integrations.ts'
import type { TenantSession } from '../session.ts'

interface Request {
  readonly integration: number
  readonly studio: number
  readonly scopes?: string[]
  readonly id?: number
}

export function addActivationCommands(program: Command) {
  const activation = program.command('activation')
  const request = activation
    .command('request')
    .description('ask for an integration in a studio')
    .requiredOption('--integration <id>', 'the integration', parseId)
    .requiredOption('--studio <id>', 'the studio', parseId)
    .option('--scopes <list>', 'scopes, if not those that the integration asks for', parseList)
    .option('--id <id>', 'id, where it has to be a certain one', parseId)
  tenantCommand<Request>(request, async ({ write }, { options: { integration, studio, scopes, id } }) => ({
    activationId: await write((work) =>
      requestActivation(work, {
        integrationId: integration,
        studioId: studio,
        ...defined({ id }),
        ...(scopes === undefined ? {} : { scopes: expandScopes(scopes) }),
      }),
    ),
  }))
  const approve = activation
    .command('approve <activationId>')
    .description('switch a requested integration on; prints its keys this once and mails a link to them to its contact')
  tenantCommand(approve, async ({ write, platform, realNow }, { args: [id = ''] }) => {
    const keys = await write((work) => approveActivation(work, parseId(id), revealDeps(platform, realNow)))
    const { inbound, webhook, mailId } = keys
    return { activationId: parseId(id), inboundKey: inbound.key, webhookKey: webhook?.key, mailId }
  })
  const sendLink = activation
    .command('send-link <activationId>')
    .description('make a new inbound key and mail a link to it to the contact; the newest key lives on for a while')
    .option('--grace-days <n>', 'how long (default 7); 0 where a stranger may have seen it', parseWhole)
  tenantCommand<{ graceDays?: number }>(
    sendLink,
    async ({ write, platform, realNow }, { args: [id = ''], options }) => {
      const { key, mailId } = await write((work) =>
        sendNewLink(work, parseId(id), options, revealDeps(platform, realNow)),
      )
      return { activationId: parseId(id), keyId: key.keyId, inboundKey: key.key, mailId }
    },
  )
  addSteps(activation)
  const scopes = activation
    .command('scopes <activationId> <list>')
    .description('change what an integration may do in one studio')
  tenantCommand(scopes, async ({ write }, { args: [id = '', list = ''] }) => {
    const wanted = expandScopes(parseList(list))
    await write((work) => setActivationScopes(work, parseId(id), wanted))
    return { activationId: parseId(id), scopes: wanted }
  })
  tenantCommand(activation.command('list').description('list activations that have not ended'), ({ read }) =>
    read(async ({ db }) =>
      (await listActivations(db)).map(({ id, integrationId, studioId, status, confirmedAt, webhooksEnabledAt }) => ({
        id,
        integrationId,
        studioId,
        status,
        confirmedAt,
        webhooksEnabledAt,
      })),
    ),
  )
}

const revealDeps = ({ secrets, config }: Platform, realNow: Temporal.Instant): RevealDeps => ({
  secrets,
  realNow,
  publicUrl: config.publicUrl,
})

function addSteps(activation: Command) {
  const addStep = (name: string, about: string, step: (session: TenantSession, id: number) => Promise<void>) =>
    tenantCommand(
      activation.command(`${name} <activationId>`).description(about),
      async (session, { args: [id = ''] }) => {
        await step(session, parseId(id))
        return { activationId: parseId(id) }
      },
    )
  addStep('suspend', 'refuse calls and hold deliveries back', ({ write }, id) =>
    write((work) => suspendActivation(work, id)),
  )
  addStep('resume', 'end a suspension', ({ write }, id) => write((work) => resumeActivation(work, id)))
  addStep('end', 'end it for good and revoke its keys', ({ write, realNow }, id) =>
    write((work) => endActivation(work, id, realNow)),
  )
}
