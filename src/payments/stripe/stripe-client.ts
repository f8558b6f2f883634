import type Stripe from 'stripe'
import type { Config } from '../../platform/config/config.ts'
import { ProviderSilent } from '../provider.ts'

/** As long as a payer may be kept waiting for one call. */
const TIMEOUT_MS = 10_000

export type StripeClient = Stripe

/**
 * Opens the API of Stripe with a secret key. The library is loaded with the first studio that uses it: it takes 40 MB. It
 * sends nothing about itself, and repeats a call only where a connection was dropped. Every repeat carries the same key.
 */
export async function openStripe(key: string, { stripeApi }: Pick<Config, 'stripeApi'>): Promise<StripeClient> {
  const { default: Client } = await import('stripe')
  return new Client(key, { timeout: TIMEOUT_MS, maxNetworkRetries: 0, telemetry: false, ...readHost(stripeApi) })
}

function readHost(api: string | undefined): Pick<Stripe.StripeConfig, 'host' | 'port' | 'protocol'> {
  if (api === undefined) return {}
  const { hostname, port, protocol } = new URL(api)
  const isPlain = protocol === 'http:'
  return { host: hostname, port: port || (isPlain ? 80 : 443), protocol: isPlain ? 'http' : 'https' }
}

/**
 * Types of failure after which nothing is known of a charge: no answer, an answer that says no more, keys that were
 * withdrawn, and a key of ours that Stripe still works on or knows with other values.
 */
const silent: ReadonlySet<string> = new Set([
  'StripeConnectionError',
  'StripeAPIError',
  'StripeRateLimitError',
  'StripeAuthenticationError',
  'StripePermissionError',
  'StripeIdempotencyError',
])

/** Waits for an answer of Stripe; throws `ProviderSilent` where there is none that says what has become of a charge. */
export async function ask<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    if (silent.has(errorType(error))) throw new ProviderSilent(error)
    throw error
  }
}

const errorType = (error: unknown) => (error as { readonly type?: string } | null)?.type ?? ''

/** A card was declined. */
export const isCardError = (error: unknown): error is Stripe.errors.StripeCardError =>
  errorType(error) === 'StripeCardError'

/** Stripe does not do this: the thing is not there, or not in a state for it. */
export const isRefusal = (error: unknown): error is Stripe.errors.StripeInvalidRequestError =>
  errorType(error) === 'StripeInvalidRequestError'

/** The keys are wrong, or may not do this. */
export const isKeyError = (error: unknown) =>
  ['StripeAuthenticationError', 'StripePermissionError'].includes(errorType(error))
