import type { Command } from 'commander'
import { createIntegration, listIntegrations, updateIntegration } from '../../integrations/index.ts'
import { publicOperations } from '../../api.ts'
import { defined } from '../../platform/values/defined.ts'
import { newSigningSecret } from '../../webhooks/index.ts'
import { parseId, parseList, parseWhole, tenantCommand } from '../command.ts'
import { UsageError } from '../failures.ts'

interface IntegrationOptions {
  readonly name?: string
  readonly contact?: string
  readonly scopes?: string[]
  readonly webhooks?: boolean
  readonly retry?: string
  readonly rateLimit?: number
}

type RetryPolicy = 'standard' | 'none' | 'exponential'

export function addIntegrationCommands(program: Command) {
  const integration = program.command('integration').description('products of partners that use the API')
  const create = describeOptions(integration.command('create').description('register a partner’s product')).option(
    '--id <id>',
    'id, where it has to be a certain one',
    parseId,
  )
  tenantCommand<IntegrationOptions & { id?: number }>(create, async ({ write, platform }, { options }) => {
    if (options.name === undefined || options.scopes === undefined)
      throw new UsageError('--name and --scopes are needed.')
    const secret = newSigningSecret()
    const settings = readSettings(options)
    const integrationId = await write((work) =>
      createIntegration(work, {
        ...defined({ id: options.id }),
        name: options.name ?? '',
        requestedScopes: expandScopes(options.scopes ?? []),
        webhookAccess: options.webhooks === true,
        ...settings,
        signingSecretEnc: platform.secrets.seal('signing-secret', secret),
      }),
    )
    return { integrationId, ...(options.webhooks === true ? { signingSecret: secret } : {}) }
  })
  const update = describeOptions(integration.command('update <integrationId>').description('change an integration'))
  tenantCommand<IntegrationOptions>(update, async ({ write }, { args: [id = ''], options }) => {
    const { name, scopes, webhooks } = options
    await write((work) =>
      updateIntegration(work, parseId(id), {
        ...defined({ name }),
        ...(scopes === undefined ? {} : { requestedScopes: expandScopes(scopes) }),
        ...defined({ webhookAccess: webhooks }),
        ...readSettings(options),
      }),
    )
    return { integrationId: parseId(id) }
  })
  tenantCommand(integration.command('list').description('list integrations'), ({ read }) =>
    read(async ({ db }) =>
      (await listIntegrations(db)).map(({ id, name, contactEmail, requestedScopes, webhookAccess, retryPolicy }) => ({
        id,
        name,
        contactEmail,
        requestedScopes,
        webhookAccess,
        retryPolicy,
      })),
    ),
  )
}

function describeOptions(command: Command): Command {
  return command
    .option('--name <name>', 'name of the product')
    .option(
      '--scopes <list>',
      'scopes that it asks for, comma-separated; `all`, `read` for all or all reading ones',
      parseList,
    )
    .option('--contact <mail>', 'whom to write to')
    .option('--webhooks', 'may receive events')
    .option('--no-webhooks', 'may not receive events')
    .option('--retry <policy>', 'standard, none or exponential')
    .option('--rate-limit <n>', 'requests per minute and operation', parseWhole)
}

function readSettings({ contact, retry, rateLimit }: IntegrationOptions) {
  return {
    ...defined({ contactEmail: contact }),
    ...(retry === undefined ? {} : { retryPolicy: readRetry(retry) }),
    ...defined({ rateLimitDefault: rateLimit }),
  }
}

function readRetry(text: string): RetryPolicy {
  const found = (['standard', 'none', 'exponential'] as const).find((policy) => policy === text)
  if (found) return found
  throw new UsageError('--retry is standard, none or exponential.')
}

/** `all` and `read` stand for what the operations of this version ask for. */
export function expandScopes(wanted: readonly string[]): string[] {
  const known = [...new Set(publicOperations.flatMap(({ scopes }) => scopes))].sort()
  const chosen = wanted.flatMap((scope) => {
    if (scope === 'all') return known
    return scope === 'read' ? known.filter((each) => each.endsWith('_READ')) : [scope]
  })
  const impossible = chosen.find((scope) => !/^[A-Z][A-Z_]+$/.test(scope))
  if (impossible !== undefined) throw new UsageError(`${impossible} is not the name of a scope.`)
  return [...new Set(chosen)]
}
