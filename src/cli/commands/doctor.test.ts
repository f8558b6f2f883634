import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { openTestApp } from '../../../test/support/app.ts'
import { putFile } from '../../platform/files/files.ts'
import { runWords } from '../../../test/support/command-line.ts'
import { inspectStoredFiles } from '../file-checks.ts'

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
