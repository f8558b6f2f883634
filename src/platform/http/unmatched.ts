import type { FastifyReply, FastifyRequest } from 'fastify'
import type { DeviceCaller, PartnerCaller } from '../units/caller.ts'
import { ApiError, badRequest } from '../errors/errors.ts'
import type { Operation } from '../api/operation.ts'
import { devicePaths } from '../entrance/device-door.ts'
import type { Gate } from '../entrance/gate.ts'
import { isTextUrl } from './urls.ts'

export interface UnmatchedDeps {
  readonly gate: Gate<PartnerCaller>
  readonly deviceGate: Gate<DeviceCaller>
  /** Every operation that is bound, to distinguish a wrong method from a wrong path. */
  readonly operations: readonly Operation[]
}

/**
 * Answers what no route takes, before its body is read: `HEAD` under `/v1/` only says whether the key is good,
 * everything else is an unknown path or a wrong method and counts against a limit of its own, whatever it asks for.
 */
export async function answerUnmatched(
  { gate, deviceGate, operations }: UnmatchedDeps,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  if (request.method === 'OPTIONS') return reply.code(204).send()
  gate.refuseWhileUnavailable()
  const path = withoutQuery(request.url)
  if (request.method === 'HEAD' && path.startsWith('/v1/')) {
    await gate.countHead(await gate.authenticate(request), reply)
    return reply.code(200).send()
  }
  if (`${path}/`.startsWith(devicePaths)) await deviceGate.countUnknown(await deviceGate.authenticate(request), reply)
  else await gate.countUnknown(await gate.authenticate(request), reply)
  const allowed = operations.filter((operation) => matches(operation.path, path)).map(({ method }) => method)
  if (allowed.length > 0 && !isTextUrl(path)) throw badRequest('errormessage.request.malformed')
  // With the right method only the text in place of a parameter can be wrong: it cannot be read.
  if (allowed.length === 0 || allowed.some((method) => method === request.method))
    throw new ApiError(404, 'errormessage.request.unknownPath')
  throw new ApiError(405, 'errormessage.request.methodNotAllowed', {
    args: [{ type: 'STRING', value: request.method }],
    headers: { allow: [...new Set(allowed)].sort().join(', ') },
  })
}

function withoutQuery(url: string): string {
  const [path = ''] = url.split('?', 1)
  return path.replace(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '')
}

function matches(template: string, path: string): boolean {
  const parts = template.split('/')
  const given = path.split('/')
  return parts.length === given.length && parts.every((part, at) => part.startsWith('{') || part === given[at])
}
