import type { Command } from 'commander'
import { createIntegration, listIntegrations, updateIntegration } from '../../integrations/index.ts'
import { adminOperations, publicOperations } from '../../api.ts'
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
  readonly rateLimitFor?: string[]
  readonly dateTimes?: string
  readonly previews?: string
  readonly absent?: string
}

const retryPolicies = ['standard', 'none', 'exponential'] as const
const dateTimeForms = ['CONTRACT', 'RFC3339'] as const
const previewShapes = ['CONTRACT', 'NUMBERS'] as const
const absentForms = ['OMIT', 'NULL'] as const

export function addIntegrationCommands(program: Command) {
  const integration = program.command('integration')
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
      (await listIntegrations(db)).map(({ id, name, contactEmail, requestedScopes, ...row }) => ({
        id,
        name,
        contactEmail,
        requestedScopes,
        webhookAccess: row.webhookAccess,
        retryPolicy: row.retryPolicy,
        dateTimeForm: row.dateTimeForm,
        previewShape: row.previewShape,
        absentValues: row.absentValues,
        rateLimitDefault: row.rateLimitDefault,
        rateLimitOverrides: row.rateLimitOverrides,
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
    .option(
      '--rate-limit-for <list>',
      'other limits of single operations, for instance getCustomers=30,UNKNOWN=5; replaces all of them, "" removes them',
      parseList,
    )
    .option(
      '--date-times <form>',
      'contract: date-times as the API describes them, 2026-06-15T10:00:00.000+02:00[Europe/Berlin]; rfc3339: without bracket',
    )
    .option(
      '--previews <shape>',
      'contract: amounts in previews of contracts have a currency; numbers: they are plain numbers',
    )
    .option('--absent <form>', 'omit: answers leave out what has no value; null: they write null for it')
}

function readSettings(options: IntegrationOptions) {
  const { contact, retry, rateLimit, rateLimitFor, dateTimes, previews, absent } = options
  return {
    ...defined({ contactEmail: contact }),
    ...(retry === undefined ? {} : { retryPolicy: readChoice('--retry', retryPolicies, retry) }),
    ...defined({ rateLimitDefault: rateLimit }),
    ...(rateLimitFor === undefined ? {} : { rateLimitOverrides: readLimits(rateLimitFor) }),
    ...(dateTimes === undefined
      ? {}
      : { dateTimeForm: readChoice('--date-times', dateTimeForms, dateTimes.toUpperCase()) }),
    ...(previews === undefined
      ? {}
      : { previewShape: readChoice('--previews', previewShapes, previews.toUpperCase()) }),
    ...(absent === undefined ? {} : { absentValues: readChoice('--absent', absentForms, absent.toUpperCase()) }),
  }
}

function readChoice<T extends string>(option: string, known: readonly T[], text: string): T {
  const found = known.find((each) => each === text)
  if (found) return found
  throw new UsageError(`${option} is ${known.join(' or ').toLowerCase()}.`)
}

/** `operation=n`; UNKNOWN stands for requests that meet no operation. */
function readLimits(list: readonly string[]): Record<string, number> {
  const known = new Set(['UNKNOWN', ...publicOperations.map(({ operationId }) => operationId)])
  return Object.fromEntries(
    list.map((part) => {
      const [, operation = '', limit = ''] = /^(\w+)=([1-9]\d{0,8})$/.exec(part) ?? []
      if (known.has(operation)) return [operation, Number(limit)]
      throw new UsageError(`${part} is not an operation with its limit, such as getCustomers=30.`)
    }),
  )
}

/** `all` and `read` stand for what the operations of this version ask for. */
export function expandScopes(wanted: readonly string[]): string[] {
  const known = [...new Set(publicOperations.flatMap(({ scopes }) => scopes))].sort()
  const chosen = wanted.flatMap((scope) => {
    if (scope === 'all') return known
    return scope === 'read' ? known.filter((each) => each.endsWith('_READ')) : [scope]
  })
  const grantable = new Set([...known, ...adminOperations.flatMap(({ scopes }) => scopes)])
  const unknown = chosen.find((scope) => !grantable.has(scope))
  if (unknown !== undefined)
    throw new UsageError(`There is no scope ${unknown}; there are ${[...grantable].join(', ')}.`)
  return [...new Set(chosen)]
}
