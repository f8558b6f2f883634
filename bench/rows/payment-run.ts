import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { pino } from 'pino'
import { draftRun } from '../../src/payments/runs/drafting.ts'
import { exportRun } from '../../src/payments/runs/exporting.ts'
import { readConfig } from '../../src/platform/config/config.ts'
import { openPlatform } from '../../src/platform/platform.ts'
import { addMandates } from '../mandates.ts'
import type { BenchRow, Setting } from '../report.ts'
import { ids, SECRET } from '../world.ts'
import { growthRow, watchGrowth } from './memory.ts'

/** At most so many mandates, each with one claim that is due. */
const MOST = 100_000
const PIECE = 300_000

/** Selecting what is due, fixing it and writing the file for the bank, against writing its bytes through a stream. */
export async function measurePaymentRun({
  client,
  customers,
  today,
  url,
  palestra,
}: Setting): Promise<readonly BenchRow[]> {
  const mandates = Math.min(customers, MOST)
  await addMandates(client, mandates, today.toString())
  const growth = await watchGrowth(palestra.pid)
  const { runId, drafted } = await draft(url, today)
  const exported = await exportByServer(client, runId)
  const grown = growth()
  const floorSeconds = await writeAgain(client, runId)
  const [ours, floor] = [mandates / (drafted + exported), mandates / floorSeconds]
  const work = 'Payment run: selection and pain.008 file, against a stream'
  const note = `${mandates} mandates, ${drafted.toFixed(1)} s draft, ${exported.toFixed(1)} s export`
  return [
    { work, ours, floor, ratio: ours / floor, atLeast: 0.2, aim: 0.5, note },
    growthRow('while a payment file is written', grown),
  ]
}

const actor = { kind: 'CLI', id: null, detail: { user: 'bench' } } as const
const caller = { actor, tenantId: ids.tenant, traceId: '1'.repeat(32) } as const

/** Drafts a run and has it exported; answers the seconds of the draft. */
async function draft(url: string, targetDate: Temporal.PlainDate) {
  const config = readConfig({ PALESTRA_SECRET_KEY: SECRET, PALESTRA_DATABASE_URL: url })
  const platform = openPlatform({ config, connectionString: url, log: pino({ level: 'silent' }) })
  try {
    const wish = { studioId: ids.studio, methodGroup: 'SEPA', targetDate } as const
    const begun = performance.now()
    const runId = await platform.units.write(caller, (work) => draftRun(work, wish, 'STAFF'))
    const drafted = (performance.now() - begun) / 1000
    if (runId === undefined) throw new Error('There was nothing to collect.')
    await platform.units.write(caller, (work) => exportRun(work, runId))
    return { runId, drafted }
  } finally {
    await platform.close()
  }
}

/** Seconds from the first items that are fixed to the file; a server looks for runs every 15 seconds. */
async function exportByServer(client: pg.Client, runId: number): Promise<number> {
  const isAt = async (condition: string) => {
    const { rowCount } = await client.query(`select from payment_runs where id = ${runId} and ${condition}`)
    return rowCount === 1
  }
  while (!(await isAt('fixed_to > 0'))) await sleep(5)
  const begun = performance.now()
  while (!(await isAt('file_id is not null'))) await sleep(20)
  return (performance.now() - begun) / 1000
}

/** Seconds for as many bytes, in pieces of the size that a page of collections has. */
async function writeAgain(client: pg.Client, runId: number): Promise<number> {
  const { rows } = await client.query<{ size: string }>(
    `select f.size from files f join payment_runs r on r.tenant_id = f.tenant_id and r.file_id = f.id where r.id = ${runId}`,
  )
  const piece = Buffer.alloc(PIECE, '<DrctDbtTxInf>')
  const pieces = Array.from({ length: Math.ceil(Number(rows[0]?.size) / PIECE) }, () => piece)
  const folder = await mkdtemp(join(tmpdir(), 'palestra-bench-run-'))
  try {
    const begun = performance.now()
    await pipeline(Readable.from(pieces), createWriteStream(join(folder, 'floor.xml'), { flush: true }))
    return (performance.now() - begun) / 1000
  } finally {
    await rm(folder, { recursive: true })
  }
}
