import type pg from 'pg'
import type { Server } from './processes.ts'

/** One line of the table: answers or transactions per second of Palestra and of its floor, measured in the same run. */
export interface BenchRow {
  readonly work: string
  readonly ours: number
  readonly floor: number
  readonly ratio: number
  readonly atLeast: number
  readonly aim: number
  readonly note?: string
  /** It finds more in a larger house: its rate there is no measure of growth. */
  readonly findsMore?: true
}

/** What a row needs to measure itself. */
export interface Setting {
  readonly palestra: Server
  readonly floor: Server
  readonly client: pg.Client
  readonly url: string
  readonly seconds: number
  readonly customers: number
  readonly today: Temporal.PlainDate
  readonly headers: Readonly<Record<string, string>>
}

export function formatTable(rows: readonly BenchRow[]): string {
  const lines = rows.map(({ work, ours, floor, ratio, atLeast, aim, note }) =>
    [
      work.padEnd(64),
      ours.toFixed(0).padStart(8),
      floor.toFixed(0).padStart(8),
      ratio.toFixed(2).padStart(7),
      String(atLeast).padStart(9),
      String(aim).padStart(6),
      ratio >= atLeast ? '  ok' : '  LOW',
      note ? `  ${note}` : '',
    ].join(''),
  )
  const head = `${'work'.padEnd(64)}${'ours/s'.padStart(8)}${'floor/s'.padStart(8)}${'ratio'.padStart(7)}${'at least'.padStart(9)}${'aim'.padStart(6)}`
  return [head, ...lines].join('\n')
}
