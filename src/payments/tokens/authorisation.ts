import { ApiError, badRequest } from '../../platform/errors/errors.ts'
import type { RunUnit } from '../../platform/units/work.ts'
import type { CheckedToken } from './payment-tokens.ts'
import { ProviderSilent } from '../provider.ts'
import { updateRequest } from './request-store.ts'
import { provider } from '../providers.ts'

const RETRY_AFTER_SECONDS = 10

/**
 * Asks the provider for the amount of a token whose payer chose a known instrument. What it answers is stored in a unit of
 * its own: a token that was declined has failed for good (400), one without an answer may be sent again (503).
 */
export async function authoriseStored(run: RunUnit, token: CheckedToken) {
  const { requestId, providerKey: key, sessionStudioId: studioId, amount, instrumentRef, reference } = token
  const source = { kind: 'STORED', ref: instrumentRef ?? '' } as const
  const answer = await provider.authorise(run, { key, studioId, amount, source }).catch(refuseSilence)
  if (answer.kind === 'AUTHORISED') {
    return run(({ tx, now }) => updateRequest(tx, requestId, { authorised: true }, now))
  }
  const reason = answer.kind === 'DECLINED' ? answer.reason : 'AUTHORIZATION_DECLINED'
  await run(({ tx, now }) => updateRequest(tx, requestId, { state: 'FAILED', failure: reason }, now))
  throw badRequest('errormessage.payment.declined', { args: [{ type: 'ENUM', value: reason }], reference })
}

/** Turns the silence of the provider into a refusal that asks to try again. */
export function refuseSilence(error: unknown): never {
  if (!(error instanceof ProviderSilent)) throw error
  throw new ApiError(503, 'errormessage.payment.providerUnavailable', {
    headers: { 'retry-after': String(RETRY_AFTER_SECONDS) },
  })
}
