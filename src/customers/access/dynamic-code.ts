import { createHmac, timingSafeEqual } from 'node:crypto'

const STEP_SECONDS = 30
const CODE_DIGITS = 9
const CODES = 10n ** BigInt(CODE_DIGITS)
const LEAST_ID_DIGITS = 10
/** Below 2^53, so that the id is exact as a number. */
const MOST_ID_DIGITS = 15

/** Whose code: raising `version` makes every code of the person invalid. */
export interface CodeHolder {
  readonly customerId: number
  readonly uuid: string
  readonly version: number
}

/** A code as a reader has seen it: whose it claims to be, and the whole text. */
export interface DynamicCode {
  readonly customerId: number
  readonly text: string
}

/** The half minute since 1970 that `now` lies in: a code is made for one. */
export function stepAt(now: Temporal.Instant): number {
  return Math.floor(now.epochMilliseconds / (STEP_SECONDS * 1000))
}

/** The moment from which a code of this step counts no more: the end of the step that follows. */
export function stepEnd(step: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds((step + 2) * STEP_SECONDS * 1000)
}

/** The code of a person in one step: nine digits that only the tenant's secret yields, then the customer id. */
export function dynamicCode(secret: Uint8Array, { customerId, uuid, version }: CodeHolder, step: number): string {
  const key = createHmac('sha256', secret).update(`access-code:${version}:${uuid}`).digest()
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const number = createHmac('sha256', key).update(counter).digest().readBigUInt64BE(0) % CODES
  return String(number).padStart(CODE_DIGITS, '0') + String(customerId).padStart(LEAST_ID_DIGITS, '0')
}

/** Reads whose code 19 or more digits claim to be; undefined when no code can look like this. */
export function parseDynamicCode(text: string): DynamicCode | undefined {
  const id = text.slice(CODE_DIGITS)
  if (id.length > MOST_ID_DIGITS || id.padStart(LEAST_ID_DIGITS, '0') !== id) return undefined
  const customerId = Number(id)
  return String(customerId).padStart(LEAST_ID_DIGITS, '0') === id ? { customerId, text } : undefined
}

/** The step for which a code was made: the present one or the one before, by any of the secrets; else undefined. */
export function judgeDynamicCode(
  code: DynamicCode,
  holder: CodeHolder,
  secrets: readonly Uint8Array[],
  now: Temporal.Instant,
): number | undefined {
  const step = stepAt(now)
  return [step, step - 1].find((each) =>
    secrets.some((secret) => isEqual(dynamicCode(secret, holder, each), code.text)),
  )
}

function isEqual(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))
}
