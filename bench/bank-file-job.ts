import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pino } from 'pino'
import { readBankFile } from '../src/payments/bank-files/imports.ts'
import { readConfig } from '../src/platform/config/config.ts'
import { openPlatform } from '../src/platform/platform.ts'
import type { RunUnit } from '../src/platform/units/work.ts'
import { ids, SECRET } from './world.ts'

// Reads a file of a bank as a command does, up to the bookings, in a process of its own: `node bench/bank-file-job.ts url path`.
// Prints the seconds that it took, and by how many megabytes the process has grown meanwhile.
const [url = '', path = ''] = process.argv.slice(2)
const config = readConfig({ PALESTRA_SECRET_KEY: SECRET, PALESTRA_DATABASE_URL: url })
const platform = openPlatform({ config, connectionString: url, log: pino({ level: 'warn' }) })
const caller = { actor: { kind: 'CLI', id: null }, tenantId: ids.tenant, traceId: '1'.repeat(32) } as const
const run: RunUnit = (work) => platform.units.write(caller, work)
const open = () => createReadStream(path) as AsyncIterable<Buffer>
const hash = createHash('sha256')
for await (const piece of open()) hash.update(piece)
const file = { fileName: 'camt.xml', sha256: hash.digest(), open }
const before = process.memoryUsage().rss
let most = before
const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 50)
const begun = performance.now()
const importId = await readBankFile(run, file, () => undefined)
const seconds = (performance.now() - begun) / 1000
clearInterval(watch)
// The server would book what was matched; it is to measure other rows.
await run(async ({ tx }) => void (await tx.execute(`update bank_imports set state = 'STOPPED' where id = ${importId}`)))
await platform.close()
console.log(JSON.stringify({ seconds, megabytes: (most - before) / 2 ** 20 }))
