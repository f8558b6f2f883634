import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { openTestApp, type TestApp } from './app.ts'

type Query = (this: pg.Client, ...args: unknown[]) => unknown

/** What a control run takes away: row locks and the wait for equal candidates always, and the constraints that would still catch what slips through. */
export interface Control {
  /** Constraints and unique indexes to drop, as `table.constraint`. */
  readonly without?: readonly string[]
  /** Everybody stops a moment before such a statement, so that all have read before the first one writes. */
  readonly pauseBefore: RegExp
}

/** Longer than a busy machine needs to read what a race is about. */
const PAUSE_MS = 500

/**
 * Runs a race on an application whose row locks do nothing. A race test counts only beside such a control: it shows
 * that the race is there to be lost.
 */
export async function runUnlocked(control: Control, race: (app: TestApp) => Promise<void>) {
  const prototype = pg.Client.prototype as unknown as { query: Query }
  const { query } = prototype
  prototype.query = function (this: pg.Client, ...[config, ...rest]: unknown[]) {
    const statement = unlock(config)
    const text = typeof statement === 'string' ? statement : ((statement as { text?: string } | null)?.text ?? '')
    const send = () => query.call(this, statement, ...rest)
    return control.pauseBefore.test(text) ? sleep(PAUSE_MS).then(send) : send()
  }
  try {
    await using app = await openTestApp()
    await dropConstraints(app.url, control.without ?? [])
    await race(app)
  } finally {
    prototype.query = query
  }
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
