import type { FastifyRequest } from 'fastify'
import type { DeviceCaller } from '../units/caller.ts'
import { type DeviceHolder, findDevice, renewTokenHash, touchDevice } from './device-store.ts'
import { ApiError } from '../errors/errors.ts'
import type { Operation } from '../api/operation.ts'
import type { Authentication, CredentialKind } from './authentication.ts'
import type { Door } from './door.ts'

export const deviceTokens: CredentialKind<DeviceHolder> = {
  purpose: 'device-token',
  demo: /^00000000-0000-4000-8000-/,
  touchEveryMs: 30_000,
  getId: ({ device }) => device.id,
  find: findDevice,
  renew: renewTokenHash,
  touch: touchDevice,
}

/** Everything that devices call, and nothing else, lies below this path. */
export const devicePaths = '/open-api/device/'

const bearer = /^Bearer +([\x21-\x7e]+)$/i

/**
 * Devices come in with their token. Nobody guesses one, so failures close no address: behind it stand the doors of a
 * whole studio, and one device that was taken out of use must not lock the others.
 */
export class DeviceDoor implements Door<DeviceCaller> {
  readonly #tokens: Authentication<DeviceHolder>

  constructor(tokens: Authentication<DeviceHolder>) {
    this.#tokens = tokens
  }

  async identify(request: FastifyRequest, matchesHost: (slug: string) => boolean): Promise<DeviceHolder> {
    const [, token] = bearer.exec(request.headers.authorization ?? '') ?? []
    const holder = token === undefined ? undefined : await this.#tokens.findHolder(token)
    if (holder && matchesHost(holder.tenant.slug)) return holder
    throw tokenInvalid()
  }

  getCounterKey({ device }: DeviceCaller): number {
    return device.id
  }

  findLimit(): null {
    return null
  }

  /** Each model has operations of its own. */
  refuseStranger({ device: { model } }: DeviceCaller, { scopes }: Operation) {
    if (scopes.includes(model)) return
    throw new ApiError(403, 'errormessage.device.wrongModel', { args: [{ type: 'ENUM', value: model }] })
  }
}

/** The one answer to a token that is missing, unknown, or of a device that is not active. */
export function tokenInvalid(): ApiError {
  return new ApiError(401, 'errormessage.auth.deviceTokenInvalid', { headers: { 'www-authenticate': 'Bearer' } })
}
