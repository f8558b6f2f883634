import type { PgPreparedQuery, PreparedQueryConfig } from 'drizzle-orm/pg-core'
import { type Queryable, type Ready, sqlState, type Tx } from './database.ts'

/** For this folder only: nothing checks that `send` keeps what `Ready` promises. */
export const readyBy = <R, D>(send: (db: D) => Promise<R>) => ({ send }) as Ready<R, D>

type Prepared<Rows> = Pick<PgPreparedQuery<PreparedQueryConfig>, 'getQuery'> & {
  execute(values?: Record<string, unknown>): Promise<Rows>
}

/** A statement of `prepared` or `preparedWrite` with its values; `read` makes the result of its rows. */
export function ready<D extends Queryable, Rows, R = Rows>(
  statement: (db: D) => Prepared<Rows>,
  values: Readonly<Record<string, unknown>>,
  read: (rows: Rows) => R = (rows) => rows as unknown as R,
): Ready<R, D> {
  return readyBy(async (db: D) => read(await statement(db).execute({ ...values })))
}

/** What a failure of a statement with one of our own SQLSTATEs means to the caller. */
export function whereRefused<R, D>(statement: Ready<R, D>, errors: Readonly<Record<string, () => Error>>): Ready<R, D> {
  return readyBy((db: D) =>
    statement.send(db).catch((error: unknown) => {
      throw errors[sqlState(error) ?? '']?.() ?? error
    }),
  )
}

/** Several statements as one, which leave in one turn and in this order; `undefined` is left out. */
export const sendAll = <R>(statements: readonly (Ready<R> | undefined)[]): Ready<readonly R[]> =>
  readyBy(async (tx: Tx) => {
    const sent = statements.filter((statement) => statement !== undefined)
    return (await inOrder(tx, sent)) as readonly R[]
  })

type Result<S> = S extends Ready<infer R> ? R : undefined
type Results<S extends readonly unknown[]> = { readonly [K in keyof S]: Result<S[K]> }

/**
 * Sends statements in one turn, one behind the other, and waits for all: the server carries them out in this order, so
 * that what is read behind a lock is what the winner before us committed. The first failure is the one that is thrown;
 * those behind it are its consequences. `undefined` is left out.
 */
export async function inOrder<const S extends readonly (Ready<unknown> | undefined)[]>(
  tx: Tx,
  statements: S,
): Promise<Results<S>> {
  const outcomes = await Promise.allSettled(statements.map((statement) => Promise.resolve(statement?.send(tx))))
  const results = outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason
    return outcome.value
  })
  return results as unknown as Results<S>
}
