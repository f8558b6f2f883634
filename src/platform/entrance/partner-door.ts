import type { FastifyRequest } from 'fastify'
import type { PartnerCaller } from '../units/caller.ts'
import type { RealTime } from '../time/clock.ts'
import { ApiError } from '../errors/errors.ts'
import type { Operation } from '../api/operation.ts'
import type { Authentication, CredentialKind } from './authentication.ts'
import type { Door } from './door.ts'
import { GuessLimiter } from './guess-limiter.ts'
import { networkGuesses, toNetwork } from './network-guesses.ts'
import { findKey, type KeyHolder, renewKeyHash, touchKey } from './key-store.ts'

export const apiKeys: CredentialKind<KeyHolder> = {
  purpose: 'api-key',
  demo: /^pal_(in|wh)_demo[A-Za-z]+0+$/,
  touchEveryMs: 60_000,
  getId: ({ keyId }) => keyId,
  find: findKey,
  renew: renewKeyHash,
  touch: touchKey,
}

/** Scopes that these operations take besides those that the original API names. */
const furtherScopes: Readonly<Record<string, string>> = {
  bookCustomerPayment: 'CUSTOMER_ACCOUNT_WRITE',
  updateCustomerPaymentInstrument: 'CUSTOMER_ACCOUNT_WRITE',
}

/** Partners come in with the API key of an activation. */
export class PartnerDoor implements Door<PartnerCaller> {
  readonly #keys: Authentication<KeyHolder>
  readonly #failedKeys: GuessLimiter<string>

  constructor(keys: Authentication<KeyHolder>, { monotonicMs }: RealTime) {
    this.#keys = keys
    this.#failedKeys = new GuessLimiter(networkGuesses, () => monotonicMs())
  }

  /**
   * Every failure but a missing header gives the same answer. A good key is let in from a network that others have closed,
   * too: behind a proxy that nobody has named, all partners are one network.
   */
  async identify(request: FastifyRequest, matchesHost: (slug: string) => boolean): Promise<KeyHolder> {
    const network = toNetwork(request.ip)
    const keys = keysIn(request.raw.rawHeaders)
    if (keys.length === 0) {
      this.#failedKeys.check(network)
      throw new ApiError(401, 'errormessage.auth.apiKeyMissing')
    }
    const [key = ''] = keys
    const isUse = request.method !== 'HEAD'
    const holder = keys.length === 1 && key !== '' ? await this.#keys.findHolder(key, { isUse }) : undefined
    if (holder && matchesHost(holder.tenant.slug)) return holder
    this.#failedKeys.check(network)
    this.#failedKeys.recordMiss(network)
    throw new ApiError(401, 'errormessage.auth.apiKeyInvalid')
  }

  getCounterKey({ activation }: PartnerCaller): number {
    return activation.id
  }

  findLimit({ rateLimit }: PartnerCaller, operationId: string): number | null {
    return rateLimit.overrides[operationId] ?? rateLimit.default
  }

  /** Any one of the scopes is enough; an operation without scopes is open to every key. */
  refuseStranger(caller: PartnerCaller, { operationId, scopes }: Operation) {
    const further = furtherScopes[operationId]
    const holdsOne = scopes.some((scope) => caller.scopes.has(scope))
    if (scopes.length === 0 || holdsOne || (further !== undefined && caller.scopes.has(further))) return
    throw new ApiError(403, 'errormessage.auth.scopeMissing', { args: [{ type: 'PERMISSION_LIST', value: scopes }] })
  }
}

/** All values of the header, since two of them must not pass as one list. */
function keysIn(rawHeaders: readonly string[]): string[] {
  const isKey = (name: string | undefined) => name?.length === 9 && name.toLowerCase() === 'x-api-key'
  return rawHeaders.filter((_, at) => at % 2 === 1 && isKey(rawHeaders[at - 1])).map((value) => value.trim())
}
