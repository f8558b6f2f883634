import { type SQL, sql } from 'drizzle-orm'

/**
 * SQLSTATEs with which a statement of ours refuses itself: of class PA, which neither the standard nor PostgreSQL uses.
 * A statement that has lost a race fails by one of them, and with it whatever was sent behind it without waiting.
 */
export const refusals = {
  /** Another request still works under the same key. */
  keyInUse: 'PA001',
  /** The key has been answered. */
  answeredBefore: 'PA002',
  /** What was to be taken is not to be had any more. */
  nothingLeft: 'PA003',
} as const

export type Refusal = (typeof refusals)[keyof typeof refusals]

/** An expression that fails the statement unless the condition holds. */
export const orRefuse = (condition: string, refusal: Refusal) =>
  `case when not (${condition}) then palestra_refuse('${refusal}') end`

/** The same within a statement of the query builder. */
export const orRefuseSql = (condition: SQL, refusal: Refusal) =>
  sql`case when not (${condition}) then palestra_refuse(${sql.raw(`'${refusal}'`)}) end`
