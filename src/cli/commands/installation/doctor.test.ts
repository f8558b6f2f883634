import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { openTestApp } from '../../../../test/support/app.ts'
import { keepServedUrl } from '../../../platform/deployment/served-url.ts'
import { putFile } from '../../../platform/files/files.ts'
import { runWords } from '../../../../test/support/command-line.ts'
import { inspectStoredFiles } from '../../file-checks.ts'

test('doctor reads every stored file of every tenant, counts the damaged ones and names them', async () => {
  await using app = await openTestApp()
  const put = async ({ tenantId }: { tenantId: number }, content: string) => {
    const caller = { actor: { kind: 'CLI', id: null }, tenantId, traceId: '1'.repeat(32) } as const
    const deps = { storage: app.platform.files, units: app.platform.units }
    const description = { mime: 'text/plain', originalName: 'a.txt', ownerKind: 'customerDocument' } as const
    return (await putFile(deps, caller, Buffer.from(content), description)).fileId
  }
  await put(app.berlin, 'whole')
  const torn = await put(app.berlin, 'torn')
  const [gone, other] = [await put(app.stranger, 'gone'), await put(app.stranger, 'other')]
  await put(app.stranger, '')
  const clean = await inspectStoredFiles(app.platform)
  assert.deepEqual([clean.files, clean.damaged, clean.named], [5, 0, []])
  const admin = new pg.Client({ connectionString: app.url })
  await admin.connect()
  const change = (id: number, content: string) =>
    admin.query(`update files set content = ${content} where id = $1`, [id])
  await change(torn, `'t'`)
  await change(gone, 'null')
  await change(other, `'OTHER'`)
  await admin.end()
  const { files, damaged, kinds, named } = await inspectStoredFiles(app.platform)
  assert.deepEqual([files, damaged], [5, 3])
  assert.deepEqual(kinds.split(', ').sort(), ['1 MISSING', '1 WRONG_HASH', '1 WRONG_SIZE'])
  assert.deepEqual(
    named.map((each) => each.split(' ').slice(1).join(' ')).sort(),
    [`${torn} WRONG_SIZE`, `${gone} MISSING`, `${other} WRONG_HASH`].sort(),
  )
})

test('doctor ends as the help promises: 5 without a database, 2 with a wrong setting, and reports both', async () => {
  const endWith = async (settings: Readonly<Record<string, string>>) => {
    const { exitCode: before } = process
    try {
      const { checks } = JSON.parse(await runWords(['doctor', '--json'], settings))
      const { name, state } = checks.at(-1)
      return [process.exitCode, name, state]
    } finally {
      process.exitCode = before
    }
  }
  const nowhere = { PALESTRA_DATABASE_URL: 'postgres://nobody@127.0.0.1:1/x', PALESTRA_DEMO: 'true' }
  assert.deepEqual(await endWith(nowhere), [5, 'server', 'failed'])
  assert.deepEqual(await endWith({ ...nowhere, PALESTRA_PORT: 'none' }), [2, 'configuration', 'failed'])
})

test('doctor warns of a proxy that nobody has named, until the server starts anew', async () => {
  await using app = await openTestApp()
  const proxies = async () => {
    const report = await runWords(['doctor', '--json'], { PALESTRA_DATABASE_URL: app.url, PALESTRA_DEMO: 'true' })
    return JSON.parse(report).checks.find(({ name }: { name: string }) => name === 'proxies')
  }
  const { exitCode: before } = process
  await keepServedUrl(app.url, { host: '127.0.0.1', port: 8080 })
  assert.equal((await proxies()).state, 'ok')
  await app.app.server.inject({ url: '/healthz', remoteAddress: '10.0.0.7', headers: { 'x-forwarded-for': '1.2.3.4' } })
  let found = await proxies()
  while (found.state === 'ok') found = await proxies()
  assert.deepEqual([found.state, /^10\.0\.0\.7 .*PALESTRA_TRUSTED_PROXIES/.test(found.detail)], ['warning', true])
  await keepServedUrl(app.url, { host: '127.0.0.1', port: 8080 })
  assert.equal((await proxies()).state, 'ok')
  process.exitCode = before
})
