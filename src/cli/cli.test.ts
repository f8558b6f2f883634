import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { runCommand, splitWords } from '../../test/support/command-line.ts'
import { type TestDatabase, testDatabase } from '../../test/support/database.ts'
import { guarded } from '../../test/support/guarded.ts'

const main = join(import.meta.dirname, 'main.ts')
const [oldKey, newKey] = ['the-old-root-key-of-more-than-32-characters', 'the-new-root-key-of-more-than-32-characters']

interface Outcome {
  readonly code: number | null
  readonly out: string
  readonly err: string
  // Commands answer in many shapes.
  readonly json: any
}

let database: TestDatabase
let folder: string
let client: pg.Client

before(async () => {
  database = await testDatabase()
  folder = await mkdtemp(join(tmpdir(), 'palestra-cli-'))
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
})
after(async () => {
  await client.end()
  await database.drop()
  await rm(folder, { recursive: true })
})

const settings = () => ({
  PALESTRA_DATABASE_URL: database.url,
  PALESTRA_DATA_DIR: folder,
  PALESTRA_SECRET_KEY: oldKey ?? '',
})

function start(args: readonly string[], environment: Record<string, string>) {
  const clean = Object.entries(process.env).filter(([name]) => !name.startsWith('PALESTRA_'))
  const env = { ...Object.fromEntries(clean), ...environment }
  return spawn(process.execPath, [...guarded, main, ...args], { env, stdio: ['pipe', 'pipe', 'pipe'] })
}

/** Runs the real command line on the test's database. */
async function palestra(
  args: string,
  options: { input?: string; env?: Record<string, string> } = {},
): Promise<Outcome> {
  const child = start(splitWords(args), { ...settings(), ...options.env })
  child.stdin.end(options.input ?? '')
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, out, err, json: /^[[{]/.test(out) ? JSON.parse(out) : undefined }
}

/** A command that has to succeed; answers its JSON. Runs in this process, which takes a tenth of the time. */
const run = (args: string, env: Record<string, string> = {}): Promise<any> =>
  runCommand(args, { ...settings(), ...env })

test('an operator sets a gym up from nothing, and the key of its partner is shown once', async () => {
  await run('tenant create acme --name "Acme Gyms" --language de')
  const { studioId } = await run(
    'studio create --name Mitte --zone Europe/Berlin --currency EUR --language de --country DE --capacity 80',
  )
  const { integrationId, signingSecret } = await run('integration create --name "Partner App" --scopes read --webhooks')
  assert.match(signingSecret, /^whsec_[\w+/]{43}=$/)
  const { activationId } = await run(`activation request --integration ${integrationId} --studio ${studioId}`)
  const { inboundKey, webhookKey } = await run(`activation approve ${activationId}`)
  assert.match(inboundKey, /^pal_in_\w{40}$/)
  assert.match(webhookKey, /^pal_wh_\w{40}$/)
  const keys = await palestra(`key list ${activationId}`)
  assert.ok(keys.out.includes(inboundKey.slice(-4)) && !keys.out.includes(inboundKey))
  const { key } = await run(`key rotate ${activationId} --grace-days 3`)
  assert.notEqual(key, inboundKey)
  assert.equal((await palestra(`key issue ${activationId}`)).code, 4, 'never more than two inbound keys: a conflict')
  const [oldest, imported] = [(await run(`key list ${activationId}`)).at(-1), 'a-key-that-the-partner-has-already']
  await run(`key revoke ${oldest.id}`)
  assert.equal((await palestra(`key import ${activationId}`, { input: `${imported}\n` })).code, 0)
  const { rows } = await client.query(
    `select count(*)::int as n from api_keys where status = 'ACTIVE' and kind = 'INBOUND'`,
  )
  assert.equal(rows[0].n, 2)
  const { rows: audited } = await client.query(
    `select distinct actor_kind, actor_detail->>'user' is not null as named from audit_log`,
  )
  assert.deepEqual(audited, [{ actor_kind: 'CLI', named: true }])
})

test('a partner with a contact is sent a link to the keys, and a new one with a new key', async () => {
  const { studioId } = await run(
    'studio create --name Nord --zone Europe/Berlin --currency EUR --language de --country DE --capacity 80',
  )
  const { integrationId } = await run('integration create --name Doors --scopes read --contact partner@app.example')
  const { activationId } = await run(`activation request --integration ${integrationId} --studio ${studioId}`)
  const { inboundKey, mailId } = await run(`activation approve ${activationId}`)
  const again = await run(`activation send-link ${activationId} --grace-days 0`)
  assert.notEqual(again.inboundKey, inboundKey)
  const mails = await run('mail list --state queued')
  assert.deepEqual(
    mails.map(({ id, purpose }: { id: number; purpose: string }) => [id, purpose]),
    [
      [again.mailId, 'studios.newKey'],
      [mailId, 'studios.activation'],
    ],
  )
  const keys = await run(`key list ${activationId}`)
  assert.deepEqual(
    keys.map(({ status }: { status: string }) => status),
    ['ACTIVE', 'REVOKED'],
  )
})

test('a gym words a text itself and takes it back', async () => {
  const [key, text] = ['errormessage.access.studioFull', 'Wir sind voll.']
  assert.deepEqual(await run(`text set ${key} de "${text}"`), { key, language: 'de', text })
  const [listed, ...more] = await run('text list')
  assert.deepEqual([listed.text, listed.catalogue, more], [text, 'Das Studio ist im Moment voll.', []])
  const refused = await palestra(`text set ${key} de "Wir sind zu {0} voll." --json`)
  assert.deepEqual([refused.code, JSON.parse(refused.err).error.code], [2, 'errormessage.text.placeholdersDiffer'])
  assert.deepEqual(await run(`text remove ${key} de`), { key, language: 'de' })
  assert.equal((await palestra(`text remove ${key} de`)).code, 3)
})

test('exit codes say what went wrong', async () => {
  const code = async (args: string, env: Record<string, string> = {}) => (await palestra(args, { env })).code
  assert.equal(await code('--help'), 0)
  assert.equal(await code('studio open'), 2)
  assert.equal(await code('key revoke abc'), 2)
  assert.equal(await code('key revoke 999'), 3)
  assert.equal(await code('tenant create acme --name Again'), 4)
  assert.equal(await code('tenant list', { PALESTRA_DATABASE_URL: 'postgres://nobody@127.0.0.1:1/x' }), 5)
  const unknown = await palestra('studio list --tenant nobody --json')
  assert.deepEqual([unknown.code, unknown.out], [3, ''])
  assert.deepEqual(JSON.parse(unknown.err), { error: { code: 'failure', message: 'There is no tenant nobody.' } })
  const refused = await palestra('studio create --name X --zone Mars/Base --currency EUR --language de --country DE')
  assert.equal(refused.code, 2)
  assert.match(refused.err, /timeZone/)
  const misspelt = await palestra('tenant list', { env: { PALESTRA_SECRETKEY: 'x' } })
  assert.deepEqual([misspelt.code, misspelt.err.includes('PALESTRA_SECRETKEY')], [2, true])
})

test('with several tenants the tenant has to be named', async () => {
  await run('tenant create beta --name Beta')
  const { code, err } = await palestra('studio list')
  assert.deepEqual([code, err.trim()], [2, 'Name the tenant with --tenant: acme, beta.'])
  assert.deepEqual(await run('studio list --tenant beta'), [])
})

test('opening hours come from a file, and the partner receives the event', async () => {
  const [{ id }] = await run('studio list --tenant acme')
  const file = join(folder, 'hours.json')
  const hours = [
    { dayFrom: 'MONDAY', dayTo: 'FRIDAY', timeFrom: '06:00', timeTo: '22:00' },
    { kind: 'INTERNAL', dayFrom: 'SATURDAY', timeFrom: '00:00', timeTo: '24:00' },
  ]
  await writeFile(
    file,
    JSON.stringify({ hours, closings: [{ reason: 'Xmas', from: '2026-12-24T00:00', to: '2026-12-27T00:00' }] }),
  )
  await run(`studio opening-hours ${id} --tenant acme --file ${file}`)
  const { rows } = await client.query(`select concat_ws(' ', kind, day_to, time_to) s from opening_hours order by id`)
  assert.deepEqual(rows, [{ s: 'PUBLIC FRIDAY 22:00:00' }, { s: 'INTERNAL SATURDAY 00:00:00' }])
  const [event] = await run('events tail --tenant acme -n 1')
  assert.deepEqual([event.type, event.entityId], ['STUDIO_OPENING_HOURS_UPDATED', id])
  const broken = await palestra(`studio opening-hours ${id} --tenant acme --file -`, {
    input: '{"hours":[{"dayFrom":"SUN"}]}',
  })
  assert.deepEqual([broken.code, /hours\[0\]\.dayFrom/.test(broken.err)], [2, true])
})

test('an endpoint is tried with a signed call, and only addresses that may be called are taken', async () => {
  const received: { path: string; signature: string }[] = []
  const receiver = createServer((request, response) => {
    received.push({ path: request.url ?? '', signature: String(request.headers['webhook-signature']) })
    response.writeHead(request.url === '/down' ? 503 : 204).end()
  })
  receiver.listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  const { port } = receiver.address() as AddressInfo
  const env = { PALESTRA_DEMO: 'true' }
  const tenant = '--tenant acme'
  try {
    const [{ id }] = await run(`integration list ${tenant}`)
    const add = `endpoint add http://127.0.0.1:${port}/up --integration ${id} ${tenant}`
    assert.equal((await palestra(add)).code, 2, 'outside the demo nothing of this machine is called')
    const { endpointId } = await run(add, env)
    const outcome = await run(`webhook test ${endpointId} ${tenant}`, env)
    assert.equal(outcome.httpStatus, 204)
    assert.match(received[0]?.signature ?? '', /^v1,/)
    await run(`endpoint change ${endpointId} --url http://127.0.0.1:${port}/down ${tenant}`, env)
    const down = await palestra(`webhook test ${endpointId} ${tenant}`, { env })
    assert.deepEqual([down.code, down.err.trim(), received[1]?.path], [1, 'Not accepted: 503.', '/down'])
    await run(`endpoint remove ${endpointId} ${tenant}`)
    assert.deepEqual(await run(`endpoint list ${tenant}`), [])
  } finally {
    receiver.close()
  }
})

test('secret rotate leaves nothing that needs the old key', async () => {
  const both = { PALESTRA_SECRET_KEY: `${newKey},${oldKey}` }
  const onlyNew = { PALESTRA_SECRET_KEY: newKey ?? '' }
  const [activation] = await run('activation list --tenant acme')
  const show = `key show-webhook ${activation.id} --tenant acme`
  assert.equal((await palestra(show, { env: onlyNew })).code, 1, 'the control: the new key alone opens nothing yet')
  const before = await run(show)
  const { resealed } = await run('secret rotate', both)
  assert.ok(resealed >= 4, `${resealed} values`)
  assert.deepEqual(await run(show, onlyNew), before)
  assert.deepEqual(await run('secret rotate', both), { resealed: 0 })
  await run('secret rotate', { PALESTRA_SECRET_KEY: `${oldKey},${newKey}` })
})

test('doctor finds nothing wrong, and with --audit names the row that was changed', async () => {
  const { checks } = await run('doctor')
  // No server runs here: what the tests before have written is neither sealed nor sent, however long that takes.
  const wrong = checks.filter(({ name, state }: any) => state !== 'ok' && !/^(audit sealing|outbox)$/.test(name))
  assert.deepEqual(wrong, [])
  const { rows } = await client.query('select id from audit_log order by id limit 1')
  await client.query(`insert into audit_seals (tenant_id, no, row_count, prev_hash, hash, row_ids, row_hashes, sealed_at)
    select tenant_id, 1, 1, decode(repeat('00', 32), 'hex'), sha256('x'), array[id], sha256('y'), at from audit_log where id = ${rows[0].id}`)
  await client.query('update audit_log set seal_no = 1 where id = $1', [rows[0].id])
  const { code, json } = await palestra('doctor --audit --json')
  assert.equal(code, 1)
  assert.ok(json.audit.some((problem: any) => problem.kind === 'ROW_CHANGED' && problem.rowId === Number(rows[0].id)))
  const wrongKey = await palestra('doctor --json', { env: { PALESTRA_SECRET_KEY: newKey ?? '' } })
  assert.deepEqual(
    [wrongKey.code, wrongKey.json.checks.find((check: any) => check.state === 'failed').name],
    [1, 'secret key'],
  )
})

test('migrate --check fails while migrations are missing', async () => {
  assert.deepEqual(await run('migrate --check'), { pending: 0 })
  await client.query(
    'delete from drizzle.__drizzle_migrations where created_at = (select max(created_at) from drizzle.__drizzle_migrations)',
  )
  const { code, json } = await palestra('migrate --check --json')
  assert.deepEqual([code, json], [1, { pending: 1 }])
  const other = await palestra('tenant list')
  assert.deepEqual([other.code, other.err.trim()], [1, '1 migrations are missing: run palestra migrate.'])
})

test('openapi print writes the document of this version without a database', async () => {
  const { json } = await palestra('openapi print', {
    env: { PALESTRA_DATABASE_URL: 'postgres://nobody@127.0.0.1:1/x' },
  })
  assert.ok(json.openapi.startsWith('3.') && json.paths['/v1/customers'])
})

test('beside a running server commands use its bundled database, and after it they start their own', async () => {
  const home = await mkdtemp(join(tmpdir(), 'palestra-cli-home-'))
  await chmod(home, 0o755)
  const env = { PALESTRA_DATABASE_URL: '', PALESTRA_DATA_DIR: home, PALESTRA_SECRET_KEY: '', PALESTRA_DEMO: 'true' }
  const server = start(['serve'], {
    ...env,
    PALESTRA_TEST_CLOCK: 'true',
    PALESTRA_PORT: '0',
    PALESTRA_LOG_LEVEL: 'warn',
  })
  try {
    const [greeting] = (await once(server.stdout, 'data')) as [Buffer]
    const [url] = /http:\/\/\S+/.exec(greeting.toString()) ?? []
    const clock = { ...env, PALESTRA_TEST_CLOCK: 'true' }
    const { now } = await run('clock get', clock)
    const tomorrow = Temporal.ZonedDateTime.from(now).add({ days: 1 }).round('second')
    await run(`clock set frozen ${tomorrow.toInstant()}`, clock)
    const moved = await run('clock advance P1D', clock)
    assert.deepEqual([moved.mode, moved.now], ['FROZEN', tomorrow.add({ days: 1 }).toString()])
    const headers = { 'x-api-key': `pal_in_${'demoBerlinFull'.padEnd(40, '0')}` }
    const answer = await fetch(`${url}/admin/v1/clock`, { headers })
    const wanted = tomorrow.add({ days: 1 }).toPlainDateTime().toString()
    assert.ok((await answer.text()).includes(wanted), 'the server sees what the command did')
    const person = await run('export person 1001', env)
    assert.deepEqual([person.customerId, person.data.customers[0].first_name], [1001, 'Edgar'])
    assert.equal((await palestra('export person 999999', { env })).code, 3)
  } finally {
    server.kill('SIGTERM')
    await once(server, 'close')
  }
  const keys = await run('demo reset', env)
  assert.ok(keys.some(({ name }: { name: string }) => name === 'demoBerlinFull'))
  const tenants = await run('tenant list', env)
  assert.deepEqual([tenants[0].slug, tenants[1].slug], ['demo', 'other'], 'both are planted anew')
  await rm(home, { recursive: true })
})
