import type { Command } from 'commander'
import { OutgoingHttp } from '../../platform/outgoing/outgoing-http.ts'
import { targetPolicy } from '../../platform/outgoing/outgoing-targets.ts'
import type { Platform } from '../../platform/platform.ts'
import { defined } from '../../platform/values/defined.ts'
import {
  changeEndpoint,
  checkEndpointUrl,
  createEndpoint,
  deleteEndpoint,
  listEndpoints,
  pauseEndpoint,
  resumeEndpoint,
  revealSigningSecret,
  rotateSigningSecret,
} from '../../webhooks/index.ts'
import { parseId, parseList, tenantCommand } from '../command.ts'
import type { TenantSession } from '../session.ts'

interface NewEndpoint {
  readonly integration: number
  readonly types?: string[]
  readonly extended?: boolean
}

/** For one command: an address is judged, or called, as the server would. */
export async function withOutgoingHttp<T>({ config }: Platform, work: (http: OutgoingHttp) => Promise<T>): Promise<T> {
  const http = new OutgoingHttp(targetPolicy(config))
  try {
    return await work(http)
  } finally {
    await http.close()
  }
}

export function addEndpointCommands(program: Command) {
  const endpoint = program.command('endpoint')
  addEndpoint(endpoint)
  const change = endpoint
    .command('change <endpointId>')
    .description('change the address or the types')
    .option('--url <url>', 'the new address')
    .option('--types <list>', 'event types, comma-separated; `all` for all that no other endpoint names', parseList)
  tenantCommand<{ url?: string; types?: string[] }>(
    change,
    async ({ write, platform }, { args: [id = ''], options: { url, types } }) => {
      const checked =
        url === undefined ? undefined : await withOutgoingHttp(platform, (http) => checkEndpointUrl(http, url))
      await write((work) =>
        changeEndpoint(work, parseId(id), {
          ...defined({ url: checked }),
          ...(types === undefined ? {} : { eventTypes: readTypes(types) }),
        }),
      )
      return { endpointId: parseId(id) }
    },
  )
  addStep(endpoint, 'pause', 'hold deliveries back; events of the pause are not sent later', ({ write }, id) =>
    write((work) => pauseEndpoint(work, id)),
  )
  addStep(endpoint, 'resume', 'end a pause', ({ write }, id) => write((work) => resumeEndpoint(work, id)))
  addStep(endpoint, 'remove', 'take it away and cancel what is not delivered yet', ({ write }, id) =>
    write((work) => deleteEndpoint(work, id)),
  )
  addSigningSecret(endpoint)
  tenantCommand(endpoint.command('list').description('list endpoints'), ({ read }) =>
    read(async ({ db }) =>
      (await listEndpoints(db)).map(({ id, integrationId, url, eventTypes, status, extendedPayload }) => ({
        id,
        integrationId,
        url,
        eventTypes: eventTypes ?? 'all',
        status,
        extendedPayload,
      })),
    ),
  )
}

function addEndpoint(endpoint: Command) {
  const add = endpoint
    .command('add <url>')
    .description('send events to this address')
    .requiredOption('--integration <id>', 'whose events', parseId)
    .option('--types <list>', 'event types, comma-separated; left out: all that no other endpoint names', parseList)
    .option('--extended', 'add tenant, studio and sequence to the body')
  tenantCommand<NewEndpoint>(add, async ({ write, platform }, { args: [url = ''], options }) => {
    const { integration: integrationId, types, extended } = options
    const checked = await withOutgoingHttp(platform, (http) => checkEndpointUrl(http, url))
    const wanted = {
      integrationId,
      url: checked,
      eventTypes: types === undefined ? null : readTypes(types),
      extendedPayload: extended === true,
    }
    return { endpointId: await write((work) => createEndpoint(work, wanted, platform.secrets)) }
  })
}

function addSigningSecret(endpoint: Command) {
  const show = endpoint
    .command('signing-secret <integrationId>')
    .description('show the secret that signs the events of an integration; leaves an audit line')
    .option('--rotate', 'make a new one; the old one signs beside it for 24 hours')
  tenantCommand<{ rotate?: boolean }>(
    show,
    async ({ write, platform: { secrets } }, { args: [id = ''], options: { rotate } }) => ({
      signingSecret: await write((work) =>
        rotate ? rotateSigningSecret(work, parseId(id), secrets) : revealSigningSecret(work, parseId(id), secrets),
      ),
    }),
  )
}

function addStep(
  endpoint: Command,
  name: string,
  about: string,
  step: (session: TenantSession, id: number) => Promise<void>,
) {
  const command = endpoint.command(`${name} <endpointId>`).description(about)
  tenantCommand(command, async (session, { args: [id = ''] }) => {
    await step(session, parseId(id))
    return { endpointId: parseId(id) }
  })
}

const readTypes = (types: string[]): string[] | null => (types.includes('all') ? null : types)
