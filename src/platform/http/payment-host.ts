import type { IncomingMessage } from 'node:http'
import type { Config } from '../config/config.ts'

/** Where the payment gateway and its page are mounted, on every host. */
export const PAYMENT_PATH = '/payment-gateway'

/** Where payers reach the gateway: its own host, or its path below the public address. */
export function paymentUrl({ publicUrl, paymentHost }: Pick<Config, 'publicUrl' | 'paymentHost'>): string {
  return paymentHost === undefined ? publicUrl + PAYMENT_PATH : `${new URL(publicUrl).protocol}//${paymentHost}`
}

/**
 * The path that a request is routed by. The host of payments has the gateway at its root and nothing else: neither the API
 * nor its reference is found there.
 */
export function routePath(paymentHost: string | undefined, { headers, url = '/' }: IncomingMessage): string {
  const isPayment = paymentHost !== undefined && headers.host?.toLowerCase() === paymentHost
  if (!isPayment || !url.startsWith('/') || /^\/+payment-gateway(?=[/?]|$)/.test(url)) return url
  return PAYMENT_PATH + url
}
