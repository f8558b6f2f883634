import assert from 'node:assert/strict'
import pg from 'pg'
import { openTestApp, type TestApp } from './app.ts'
import { Quiet } from './quiet.ts'

type Query = (this: pg.Client, ...args: unknown[]) => Promise<unknown>

/** What a control run takes away: row locks and the wait for equal candidates always, and the constraints that would still catch what slips through. */
export interface Control {
  /** Constraints and unique indexes to drop, as `table.constraint`. */
  readonly without?: readonly string[]
  /** Everybody stops before such a statement until all others have stopped too: all have read before the first one writes. */
  readonly pauseBefore: RegExp
}

/**
 * Runs a race on an application whose row locks do nothing. A race test counts only beside such a control: it shows
 * that the race is there to be lost.
 */
export async function runUnlocked(control: Control, race: (app: TestApp) => Promise<void>) {
  const prototype = pg.Client.prototype as unknown as { query: Query }
  const { query } = prototype
  const quiet = new Quiet()
  /** What a connection still has to send after its pause; only while it pauses. */
  const behind = new WeakMap<pg.Client, Promise<unknown>>()
  let pauses = 0
  prototype.query = function (this: pg.Client, ...[config, ...rest]: unknown[]) {
    const statement = unlock(config)
    const send = () => quiet.follow(query.call(this, statement, ...rest))
    const isPause = control.pauseBefore.test(readText(statement).trim())
    const before = behind.get(this)
    if (!isPause && before === undefined) return send()
    if (isPause) pauses += 1
    const turn = isPause ? Promise.resolve(before).then(() => quiet.wait()) : before
    behind.set(this, turn as Promise<unknown>)
    return (turn as Promise<unknown>).then(() => {
      if (behind.get(this) === turn) behind.delete(this)
      return send()
    })
  }
  try {
    await using app = await openTestApp()
    await dropConstraints(app.url, control.without ?? [])
    await race(app)
    assert.ok(pauses > 1, `nobody ever came to ${control.pauseBefore}`)
  } finally {
    prototype.query = query
  }
}

function readText(statement: unknown): string {
  return typeof statement === 'string' ? statement : ((statement as { text?: string } | null)?.text ?? '')
}

const locks = / for (?:no key )?update\b(?: skip locked)?/g
const waits = /\bpg_advisory_xact_lock\(/g

function unlock(config: unknown): unknown {
  if (typeof config === 'string') return withoutLocks(config)
  if (typeof config !== 'object' || config === null || !('text' in config)) return config
  return { ...config, text: withoutLocks(String(config.text)) }
}

function withoutLocks(statement: string): string {
  return statement.replaceAll(locks, '').replaceAll(waits, 'num_nulls(')
}

async function dropConstraints(url: string, names: readonly string[]) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const name of names) {
      const [table = '', constraint = ''] = name.split('.')
      const { rowCount } = await client.query('select from pg_constraint where conname = $1', [constraint])
      await client.query(
        rowCount
          ? `alter table ${client.escapeIdentifier(table)} drop constraint ${client.escapeIdentifier(constraint)}`
          : `drop index ${client.escapeIdentifier(constraint)}`,
      )
    }
  } finally {
    await client.end()
  }
}
