import { execFile } from 'node:child_process'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import type pg from 'pg'
import { readCamt } from '../../src/payments/bank-files/camt-reader.ts'
import type { BenchRow, Setting } from '../report.ts'
import { ids } from '../world.ts'
import { growthRow, memoryFlags } from './memory.ts'

const ENTRIES = 100_000
/** A run has one collection per customer. */
const BOOKS = 800
const now = 'clock_timestamp()'

/** Reading a camt.054 file and finding the payment of each returned direct debit, against reading it alone. */
export async function measureBankFile({ client, customers, url }: Setting): Promise<readonly BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'palestra-bench-bank-'))
  const path = join(folder, 'camt.xml')
  try {
    await addCollections(client, customers)
    const { rows } = await client.query<{ name: string }>(
      `select end_to_end_id as name from payment_run_items where run_id >= ${BOOKS} order by id limit ${ENTRIES}`,
    )
    await pipeline(Readable.from(writeFile(rows.map(({ name }) => name))), createWriteStream(path))
    const floorSeconds = await time(async () => {
      for await (const _entries of readCamt(createReadStream(path)));
    })
    const { seconds, megabytes } = await matchFile(url, path)
    // The server may have begun to book them.
    const matched = await client.query('select from bank_entries where payment_id is not null')
    if (matched.rowCount !== ENTRIES) throw new Error(`Only ${matched.rowCount} entries were matched.`)
    const [ours, floor] = [ENTRIES / seconds, ENTRIES / floorSeconds]
    const work = `camt.054 with ${ENTRIES} entries matched, against parsing alone`
    return [
      { work, ours, floor, ratio: ours / floor, atLeast: 0.3, aim: 0.6 },
      growthRow('while a file of a bank is read', megabytes),
    ]
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return (performance.now() - begun) / 1000
}

/** In a process that was started like the server. */
async function matchFile(url: string, path: string): Promise<{ readonly seconds: number; readonly megabytes: number }> {
  const env = { ...process.env, MALLOC_ARENA_MAX: '2' }
  const args = [...memoryFlags, 'bench/bank-file-job.ts', url, path]
  const { stdout } = await promisify(execFile)(process.execPath, args, { env })
  return JSON.parse(stdout)
}

/** What payment runs have collected and booked: a payment for each. */
async function addCollections(client: pg.Client, customers: number) {
  const runs = Math.ceil(ENTRIES / customers)
  const customer = `${ids.firstCustomer} + n % ${customers}`
  const run = `${BOOKS} + n / ${customers}`
  const all = `generate_series(0, ${ENTRIES - 1}) n`
  const day = `'2026-06-01'`
  await client.query('begin')
  await client.query(`set session_replication_role = replica`)
  for (const statement of [
    `insert into payment_runs (id, studio_id, method_group, origin, target_date, collection_date, currency, state, exported_at,
       submitted_at, booked_at, created_at, updated_at)
     select ${BOOKS} + n, ${ids.studio}, 'SEPA', 'STAFF', ${day}, ${day}, 'EUR', 'BOOKED', ${now}, ${now}, ${now}, ${now}, ${now}
     from generate_series(0, ${runs - 1}) n`,
    `insert into payment_run_items (id, run_id, customer_id, instrument_id, state, amount, currency, sequence_type, created_at, updated_at)
     select 500000000 + n, ${run}, ${customer}, 1, 'BOOKED', 29.90, 'EUR', 'RCUR', ${now}, ${now} from ${all}`,
    `insert into credit_items (id, entity_id, studio_id, customer_id, kind, method, currency, amount, remaining, reversed,
       value_date, entry_id, created_at, updated_at)
     select 600000000 + n, ${BOOKS}, ${ids.studio}, ${customer}, 'PAYMENT', 'DIRECT_DEBIT', 'EUR', 29.90, 0, 0, ${day}, ${BOOKS},
       ${now}, ${now} from ${all}`,
    `insert into payments (id, customer_id, amount, currency, state, instrument_id, provider_key, run_item_id, created_at, updated_at)
     select 600000000 + n, ${customer}, 29.90, 'EUR', 'SETTLED', 1, gen_random_uuid(), 500000000 + n, ${now}, ${now} from ${all}`,
  ]) {
    await client.query(statement)
  }
  await client.query(`set session_replication_role = origin`)
  await client.query('commit')
  await client.query('vacuum analyze payment_run_items, payments, credit_items')
}

/** A notification as a German bank writes it. */
function* writeFile(names: readonly string[]): Generator<string> {
  yield `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn>
<GrpHdr><MsgId>BENCH</MsgId><CreDtTm>2026-06-04T06:00:00</CreDtTm></GrpHdr><Ntfctn><Id>BENCH-1</Id>
<Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct>`
  for (const [at, name] of names.entries()) {
    yield `<Ntry><NtryRef>${at}</NtryRef><Amt Ccy="EUR">33.10</Amt><CdtDbtInd>DBIT</CdtDbtInd><RvslInd>true</RvslInd>
<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-06-04</Dt></BookgDt><ValDt><Dt>2026-06-04</Dt></ValDt><AcctSvcrRef>20260604-${at}</AcctSvcrRef>
<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>IDDT</Cd><SubFmlyCd>UPDD</SubFmlyCd></Fmly></Domn><Prtry><Cd>NDDT+109+00931</Cd></Prtry></BkTxCd>
<NtryDtls><TxDtls><Refs><EndToEndId>${name}</EndToEndId><MndtId>10-${10_000 + at}-1</MndtId></Refs><Amt Ccy="EUR">33.10</Amt>
<CdtDbtInd>DBIT</CdtDbtInd><AmtDtls><InstdAmt><Amt Ccy="EUR">29.90</Amt></InstdAmt></AmtDtls>
<Chrgs><Rcrd><Amt Ccy="EUR">3.20</Amt><CdtDbtInd>DBIT</CdtDbtInd></Rcrd></Chrgs>
<RltdPties><Dbtr><Pty><Nm>Member ${at}</Nm></Pty></Dbtr><DbtrAcct><Id><IBAN>DE62370400440532013001</IBAN></Id></DbtrAcct>
<Cdtr><Pty><Nm>Studio</Nm></Pty></Cdtr></RltdPties><RmtInf><Ustrd>Membership fee June 2026</Ustrd></RmtInf>
<RtrInf><Rsn><Cd>AM04</Cd></Rsn></RtrInf></TxDtls></NtryDtls></Ntry>
`
  }
  yield '</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>\n'
}
