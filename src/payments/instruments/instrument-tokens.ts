import type { Secrets } from '../../platform/secrets.ts'

const LENGTH = 54

/**
 * How a payer names a stored instrument. It is derived, so that every session shows the same one and none is stored; it is
 * good only together with a session of the same payer.
 */
export function instrumentToken(secrets: Secrets, instrumentId: number): string {
  const parts = [1, 2].map((part) => secrets.hash('blind-index', `payment instrument ${part}\n${instrumentId}`))
  return Buffer.concat(parts).toString('base64').replaceAll(/[+/=]/g, '').slice(0, LENGTH)
}
