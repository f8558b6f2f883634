import { setTimeout as sleep } from 'node:timers/promises'
import type { Command } from 'commander'
import { and, asc, desc, eq, gt, inArray } from 'drizzle-orm'
import type { Queryable } from '../../platform/database/database.ts'
import { outboxEvents } from '../../platform/tables.ts'
import { parseList, parseWhole, tenantCommand } from '../command.ts'
import { formatForPeople } from '../output.ts'
import type { TenantSession } from '../session.ts'

interface TailOptions {
  readonly lines: number
  readonly types?: string[]
  readonly follow?: boolean
  readonly json?: boolean
}

type EventRow = typeof outboxEvents.$inferSelect

const CHECK_EVERY_MS = 1000
/** Ids are given out before a commit: an event may appear behind one that has been shown already. */
const LOOK_BACK = 200
const AT_ONCE = 500

export function addEventCommands(program: Command) {
  const tail = program
    .command('events')
    .command('tail')
    .description('show the latest events')
    .option('-n, --lines <n>', 'how many', parseWhole, 20)
    .option('--types <list>', 'only these types, comma-separated', parseList)
    .option('-f, --follow', 'go on showing new ones until Ctrl-C; with --json one document per line')
  tenantCommand<TailOptions>(tail, async (session, { options }) => {
    const latest = await session.read(({ db }) => listLatest(db, session.tenant.id, options))
    if (!options.follow) return latest.map(present)
    await follow(session, options, latest)
    return undefined
  })
}

async function follow({ read, tenant }: TenantSession, options: TailOptions, latest: readonly EventRow[]) {
  const printed = new Set<number>()
  const show = (events: readonly EventRow[]) => {
    for (const event of events.filter(({ id }) => !printed.has(id))) {
      printed.add(event.id)
      console.log(options.json ? JSON.stringify(present(event)) : `${formatForPeople(present(event))}\n`)
    }
  }
  const start = latest[0]?.id ?? 0
  show(latest)
  const stopping = new AbortController()
  process.once('SIGINT', () => stopping.abort())
  process.once('SIGTERM', () => stopping.abort())
  while (!stopping.signal.aborted) {
    const from = Math.max(start, [...printed].at(-LOOK_BACK) ?? 0)
    show(await read(({ db }) => listAfter(db, tenant.id, from, options.types)))
    await sleep(CHECK_EVERY_MS, undefined, { signal: stopping.signal }).catch(() => undefined)
  }
}

async function listLatest(db: Queryable, tenantId: number, { lines, types }: TailOptions): Promise<EventRow[]> {
  const rows = await db
    .select()
    .from(outboxEvents)
    .where(and(eq(outboxEvents.tenantId, tenantId), types ? inArray(outboxEvents.type, types) : undefined))
    .orderBy(desc(outboxEvents.id))
    .limit(lines)
  return rows.reverse()
}

function listAfter(db: Queryable, tenantId: number, id: number, types?: string[]): Promise<EventRow[]> {
  return db
    .select()
    .from(outboxEvents)
    .where(
      and(
        eq(outboxEvents.tenantId, tenantId),
        gt(outboxEvents.id, id),
        types ? inArray(outboxEvents.type, types) : undefined,
      ),
    )
    .orderBy(asc(outboxEvents.id))
    .limit(AT_ONCE)
}

function present({ id, occurredAt, type, entityId, customerId, audienceStudioIds, content, actor, uuid }: EventRow) {
  return { id, occurredAt, type, entityId, customerId, studios: audienceStudioIds, content, actor, uuid }
}
