import { execFile } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { BOOKING_SLOTS, ids } from './world.ts'

const run = promisify(execFile)

/**
 * The smallest booking that is one: lock a slot, insert the booking, insert the event; the same rows as ours, in Palestra's
 * own tables with their constraints and indexes, as the role of the application. Each slot has an hour of its own, so that
 * nobody is booked twice at once. It lies far ahead: what is past would be settled by the sweeper of the server that is measured,
 * and an event that waits would be delivered by it.
 */
export const bookingScript = (customers: number) => `
\\set slot random(${ids.firstFloorSlot}, ${ids.firstFloorSlot + BOOKING_SLOTS - 1})
\\set customer random(${ids.firstCustomer + Math.floor(customers / 2)}, ${ids.firstCustomer + customers - 1})
begin;
select booked_count from class_slots where id = :slot for no key update;
insert into bookings (studio_id, kind, customer_id, class_slot_id, during, status, customer_exclusive, channel, created_at, updated_at)
  values (${ids.studio}, 'CLASS', :customer, :slot, tstzrange('2036-06-15T09:00Z'::timestamptz + :slot * interval '1 hour', '2036-06-15T09:45Z'::timestamptz + :slot * interval '1 hour'), 'BOOKED', true, 'API', '2026-06-15T09:00Z', '2026-06-15T09:00Z')
  on conflict do nothing;
insert into outbox_events (created_at, occurred_at, fanned_out_at, actor, trace_id, uuid, type, entity_id, customer_id, audience_studio_ids, content)
  values ('2026-06-15T09:00Z', '2026-06-15T09:00Z', '2026-06-15T09:00Z', 'bench', 'bench', gen_random_uuid(), 'CLASS_BOOKING_CREATED', :slot, :customer, '{${ids.studio}}', '{}');
commit;
`

/** The same in tables that have nothing but a key: neither constraints nor row-level security nor indexes to read by. */
export const bareBookingScript = `
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
  /** As the application connects, with row-level security; else as the superuser. */
  readonly asTenant: boolean
}

/** Transactions per second of a script by PostgreSQL's own bench; undefined where pgbench is not installed. */
export async function pgbench(
  databaseUrl: string,
  { script, clients, seconds, asTenant }: PgbenchPlan,
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
    PGOPTIONS: asTenant ? `-c role=palestra_app -c palestra.tenant_id=${ids.tenant}` : '',
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
