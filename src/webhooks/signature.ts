import { createHmac, randomBytes } from 'node:crypto'
import { isBefore } from '../platform/time/order.ts'

const PREFIX = 'whsec_'
const SECRET_BYTES = 32
/** How long the secret before a rotation signs beside the new one. */
const ROTATION = { hours: 24 }

/** A new signing secret in the form that partners see: `whsec_` and 32 bytes in base64. */
export function newSigningSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString('base64')
}

/** The key bytes of a secret as partners see it. */
export function signingKey(secret: string): Buffer {
  return Buffer.from(secret.slice(PREFIX.length), 'base64')
}

/** Whether the secret before the rotation at `rotatedAt` still signs. */
export function isRotating(rotatedAt: Temporal.Instant | null, now: Temporal.Instant): boolean {
  return rotatedAt !== null && isBefore(now, rotatedAt.add(ROTATION))
}

export interface SignedMessage {
  /** The uuid of the event, the same for all attempts. */
  readonly id: string
  /** Unix seconds, real time of the attempt. */
  readonly timestamp: number
  readonly body: string
}

/** The value of `webhook-signature` (Standard Webhooks): one signature per key, separated by spaces. */
export function formatSignatures(keys: readonly Buffer[], { id, timestamp, body }: SignedMessage): string {
  return keys.map((key) => `v1,${sign(key, `${id}.${timestamp}.${body}`)}`).join(' ')
}

function sign(key: Buffer, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64')
}
