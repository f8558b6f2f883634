import { execFile } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { BOOKING_SLOTS } from './world.ts'

const run = promisify(execFile)

/** The smallest booking that is one: lock a slot, insert the booking, insert the event. */
export const bookingScript = `
\\set slot random(0, ${BOOKING_SLOTS - 1})
\\set customer random(1, 10000)
begin;
select taken from floor_slots where id = :slot for update;
insert into floor_bookings (slot_id, customer_id, at) values (:slot, :customer, '2026-06-15T09:00Z');
insert into floor_outbox (uuid, type, entity_id, at) values ('0190163d-8694-739b-aea5-966c26f8ad91', 'CLASS_BOOKING_CREATED', :slot, '2026-06-15T09:00Z');
commit;
`

/** How many transactions per second can take one and the same row lock, one after the other. */
export const lockScript = `
begin;
select taken from floor_slots where id = 0 for update;
commit;
`

export interface PgbenchPlan {
  readonly script: string
  readonly clients: number
  readonly seconds: number
}

/** Transactions per second of a script by PostgreSQL's own bench; undefined where pgbench is not installed. */
export async function pgbench(
  databaseUrl: string,
  { script, clients, seconds }: PgbenchPlan,
): Promise<number | undefined> {
  const program = findPgbench()
  if (program === undefined) return undefined
  const folder = await mkdtemp(join(tmpdir(), 'palestra-bench-'))
  const file = join(folder, 'script.sql')
  await writeFile(file, script)
  const url = new URL(databaseUrl)
  const env = {
    PATH: process.env['PATH'],
    PGHOST: decodeURIComponent(url.hostname),
    PGPORT: url.port || '5432',
    PGUSER: decodeURIComponent(url.username),
    PGPASSWORD: decodeURIComponent(url.password),
    PGDATABASE: url.pathname.slice(1),
  }
  const args = ['-n', '-M', 'prepared', '-c', String(clients), '-j', '1', '-T', String(seconds), '-f', file]
  const { stdout } = await run(program, args, { env })
  await rm(folder, { recursive: true })
  const tps = /tps = ([\d.]+)/.exec(stdout)?.[1]
  if (tps === undefined) throw new Error(`pgbench said nothing of tps:\n${stdout}`)
  return Number(tps)
}

function findPgbench(): string | undefined {
  const fromPath = (process.env['PATH'] ?? '').split(':').map((folder) => join(folder, 'pgbench'))
  const debian = globSync('/usr/lib/postgresql/*/bin/pgbench').sort().reverse()
  return [...fromPath, ...debian].find((file) => existsSync(file))
}
